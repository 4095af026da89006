package dev.podhop.run.result;

import dev.podhop.net.L4Protocol;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.Source;
import dev.podhop.trace.Outcome;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which attempt to trace.
 *
 * @param flow a flow of the scenario; null when {@code from} and {@code to} say it
 * @param outcome the outcome that the attempt must have; null for the likeliest failure, or, where
 *        nothing fails, the likeliest outcome
 * @param picks choices to force: chooser to choice, {@code lb/web} to {@code n1}
 * @param atNanos when the attempt starts; empty for the flow's own start, or for one that is in no
 *        file before anything happens
 */
public record TraceRequest(@Nullable String flow, @Nullable Source from, @Nullable FlowTarget to,
        L4Protocol protocol, @Nullable Outcome outcome, Map<String, String> picks,
        OptionalLong atNanos) {

    /** An attempt at the flow's own start. */
    public TraceRequest(@Nullable String flow, @Nullable Source from, @Nullable FlowTarget to,
            L4Protocol protocol, @Nullable Outcome outcome, Map<String, String> picks) {
        this(flow, from, to, protocol, outcome, picks, OptionalLong.empty());
    }
}
