/**
 * A recorded run as the viewer's view models read it: hops by index and by time, packets between
 * hops, what stays behind, the file's text. Made once, on a background thread, and never changed
 * after that; nothing here decides anything about a packet.
 *
 * <pre>
 *   file -> RecordingLoader -> Recording +- Flights  packets on wires, by time
 *                                        +- Journal  state at a time: keyframes and changes
 *                                        '- Legs     the ways of single packets
 * </pre>
 */
@NullMarked
package dev.podhop.viz.recording;

import org.jspecify.annotations.NullMarked;
