/**
 * Packets as they travel, and headers as they were.
 *
 * <p>A {@link dev.podhop.packet.Packet} is the kernel's {@code sk_buff}: header fields that stages
 * rewrite, plus the metadata that stages leave for each other (mark, conntrack reference, devices).
 * It is pooled and mutable, because a visit to a node must not allocate. A
 * {@link dev.podhop.packet.Header} is a snapshot of the header, for the trace.
 *
 * <p>Left out: payload bytes, sequence numbers (a segment carries what it means to the application
 * instead), IP options, fragments.
 */
@NullMarked
package dev.podhop.packet;

import org.jspecify.annotations.NullMarked;
