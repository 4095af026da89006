package dev.podhop.scenario;

import java.util.OptionalLong;
import org.apache.commons.math3.fraction.BigFraction;

/** When a flow's attempts start. */
public sealed interface Pacing {

    /** {@code count} attempts, {@code everyNanos} from start to start. */
    record Steady(int count, long everyNanos) implements Pacing {}

    /** Open loop: starts are a Poisson process, whatever became of earlier attempts. */
    record Poisson(BigFraction ratePerSecond, long forNanos) implements Pacing {}

    /**
     * Closed loop: each of the clients starts its next attempt a pause after its last one ended.
     *
     * @param count attempts of all clients together; empty where only time ends it
     * @param forNanos when no further attempt starts; empty where only the count ends it
     */
    record Closed(int clients, long thinkTimeNanos, OptionalLong count, OptionalLong forNanos)
            implements Pacing {}
}
