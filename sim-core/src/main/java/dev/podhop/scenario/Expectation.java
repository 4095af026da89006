package dev.podhop.scenario;

import dev.podhop.k8s.source.YamlNode;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code expect}: a flow and what is expected of it. How each key is judged stands in
 * {@link dev.podhop.scenario.expect}.
 */
public record Expectation(
        @Key(value = "The flow meant.",
                otherwise = "none: the entry has only `state`")
        @Nullable String flow,
        @Key(value = "How often the client sees which outcome: an exact fraction (held against the"
                + " odds, the sample plausible), a range or a count (held against the sample).",
                otherwise = "not looked at")
        Map<Outcome, Amount> outcomes,
        @Key(value = "Which endpoints answer: a list of all of them, or amounts by endpoint.",
                otherwise = "not looked at")
        @Nullable Shares endpoints,
        @Key(value = "Which client addresses the server sees: a list of all, or amounts.",
                otherwise = "not looked at")
        @Nullable Shares sources,
        @Key(value = "The namespaces that every attempt's first packet visits, `*` for any letters,"
                + " `...` for any number of them.",
                otherwise = "not looked at")
        List<PlacePattern> path,
        @Key(value = "A drop that some attempt of the flow meets.",
                otherwise = "not looked at")
        @Nullable Drop dropped,
        @Key(value = "An answer that some attempt of the flow gets.",
                otherwise = "not looked at")
        @Nullable Reply reply,
        @Key(value = "How many attempts may fail.",
                otherwise = "not looked at")
        @Nullable Errors errors,
        @Key(value = "Durations of answered attempts: `p50`, `p99.9`, `mean`, `max`, each a"
                + " duration that is not exceeded, or a range.",
                otherwise = "not looked at")
        Map<String, NanosRange> latency,
        @Key(value = "How many questions every attempt asks DNS servers; one for A and one for AAAA"
                + " are two.", otherwise = "not looked at")
        @Nullable Integer questions,
        @Key(value = "A partial object at a time.",
                otherwise = "not looked at")
        @Nullable State state) {

    public Expectation {
        Map<Outcome, Amount> byOutcome = new EnumMap<>(Outcome.class);
        byOutcome.putAll(Amount.together(outcomes));
        outcomes = Collections.unmodifiableMap(byOutcome);
        path = List.copyOf(path);
        latency = Collections.unmodifiableMap(new LinkedHashMap<>(latency));
    }

    /** Where a packet is dropped, and why. */
    public record Drop(
            @Key(value = "The namespace, as in `path`.",
                    otherwise = "anywhere")
            @Nullable PlacePattern where,
            @Key(value = "The reason.", otherwise = "any")
            @Nullable DropReason reason) {}

    /** How the answer travels. */
    public record Reply(
            @Key(value = "The source that the client sees on it: `IP` or `IP:port`.",
                    otherwise = "any")
            @Nullable AddressPattern from,
            @Key(value = "A namespace that it does not visit, as in `path`.",
                    otherwise = "none")
            @Nullable PlacePattern skips) {}

    /** How many attempts started in a span of time may end other than Answered. */
    public record Errors(
            @Key(value = "A count, or a share of the attempts started then.",
                    required = true)
            Amount atMost,
            @Key(value = "Start of the span.", byDefault = "0s")
            long fromNanos,
            @Key(value = "End of the span, itself outside.",
                    otherwise = "the end of the run")
            @Nullable Long untilNanos) {

        public Errors {
            // Of errors, 1 is one attempt, not all of them.
            boolean one = atMost.equals(new Amount.Share(BigFraction.ONE));
            atMost = one ? new Amount.Count(1) : atMost;
        }
    }

    /**
     * Part of the state at a time, when all that happens at it has happened; each a
     * {@link PartialObject}.
     */
    public record State(
            @Key(value = "The time.", otherwise = "the end of the run")
            @Nullable Long atNanos,
            @Key(value = "By node, its conntrack entries: `protocol`, `src`, `dst`, `sport`,"
                    + " `dport`, the same of `reply`, `state`, `assured`, `seenReply`, `dnat`,"
                    + " `snat`, `timeout` in seconds, `mark`.",
                    otherwise = "not looked at")
            YamlNode.@Nullable Mapping conntrack,
            @Key(value = "By Service, its EndpointSlices, as the API has them.",
                    otherwise = "not looked at")
            YamlNode.@Nullable Mapping slices,
            @Key(value = "By Service or by id, a load balancer: `id`, `access`, `addresses`,"
                    + " `tags`, the controller's `objection`, and of each of its `listeners`"
                    + " `protocol`, `port`, `name` and `targets` with `name`, `address`, `weight`"
                    + " and `healthy`.",
                    otherwise = "not looked at")
            YamlNode.@Nullable Mapping loadBalancer,
            @Key(value = "By name, its DNS records: `A`, `AAAA`, `CNAME`, `SRV`, `PTR`, a list"
                    + " each.",
                    otherwise = "not looked at")
            YamlNode.@Nullable Mapping dns) {

        /** What is looked at, by its key. */
        public Map<String, YamlNode.Mapping> parts() {
            Map<String, YamlNode.@Nullable Mapping> all = new LinkedHashMap<>();
            all.put("conntrack", conntrack);
            all.put("slices", slices);
            all.put("loadBalancer", loadBalancer);
            all.put("dns", dns);
            Map<String, YamlNode.Mapping> given = new LinkedHashMap<>();
            all.forEach((key, part) -> {
                if (part != null) {
                    given.put(key, part);
                }
            });
            return given;
        }
    }
}
