/**
 * The discrete-event kernel: virtual time, pending events, luck. It knows no networking.
 *
 * <pre>
 *   scheduleAt(time, type, target, arg)
 *        |
 *        v
 *   EventSlab ---- slot ----&gt; EventQueue (radix ladder, ordered by time, FIFO on equal times)
 *   (what to do)                   |
 *        ^                         | earliest slot
 *        +------- Simulation &lt;-----+----&gt; handlers[type].onEvent(now, target, arg)
 * </pre>
 *
 * <p>Modelled: time as a {@code long} of nanoseconds, so that a transmission of 824 ns takes 824 ns
 * and no tick rounds it; order among equal times is the order of scheduling. All luck goes through
 * a {@link dev.podhop.engine.Chooser}: sampled it is a pure function of seed and keys, enumerated
 * it is every branch with its exact probability. The control plane's lags are
 * {@link dev.podhop.engine.Delay}s, drawn from seed and name alone, and never branches.
 *
 * <p>Left out: parallel execution of one run (runs are replicated instead), negative time, and
 * priorities among events of the same instant.
 *
 * <p>Validated against a binary heap with sequence numbers over random histories of scheduling,
 * cancelling and resetting ({@code SimulationDifferentialTest}), with the same events in the same
 * order.
 */
@NullMarked
package dev.podhop.engine;

import org.jspecify.annotations.NullMarked;
