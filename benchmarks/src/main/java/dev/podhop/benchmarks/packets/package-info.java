/** A cluster of two nodes behind a load balancer, for measuring packets on their way. */
@NullMarked
package dev.podhop.benchmarks.packets;

import org.jspecify.annotations.NullMarked;
