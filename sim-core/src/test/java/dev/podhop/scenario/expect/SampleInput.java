package dev.podhop.scenario.expect;

import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlReader;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.ResultKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** One flow of attempts, made up for a test. */
final class SampleInput implements ExpectationInput {

    private static final SocketAddress LOCAL = new SocketAddress(IpAddress.of("10.244.1.5"), 40000);
    private static final SocketAddress REMOTE = new SocketAddress(IpAddress.of("198.51.100.7"), 80);

    private final List<AttemptResult> attempts = new ArrayList<>();
    private final Map<String, Map<ResultKey, BigFraction>> odds = new LinkedHashMap<>();
    private final List<Hop> hops = new ArrayList<>();
    private final Map<String, Mapping> states = new LinkedHashMap<>();
    private boolean independent = true;
    private boolean ran = true;

    /** Attempts of {@code pod/client} that end the same way, a second apart, each taking 1 ms. */
    SampleInput attempts(int count, Outcome outcome, @Nullable String endpoint,
            @Nullable String source) {
        return attempts("pod/client", count, outcome, endpoint, source, 1_000_000L);
    }

    SampleInput attempts(String client, int count, Outcome outcome, @Nullable String endpoint,
            @Nullable String source, long durationNanos) {
        for (int i = 0; i < count; i++) {
            int number = attempts.size();
            long start = number * 1_000_000_000L;
            attempts.add(new AttemptResult(number, "to-vip", number, client, LOCAL, REMOTE,
                    L4Protocol.TCP, outcome, endpoint,
                    source == null ? null : IpAddress.of(source), start, start + durationNanos));
        }
        return this;
    }

    SampleInput odds(String client, Outcome outcome, @Nullable String endpoint,
            @Nullable String source, int numerator, int denominator) {
        odds.computeIfAbsent(client, none -> new LinkedHashMap<>()).put(
                new ResultKey(outcome, endpoint, source), new BigFraction(numerator, denominator));
        return this;
    }

    SampleInput dependent() {
        independent = false;
        return this;
    }

    /** Some part of the state, at whatever time. */
    SampleInput state(String what, String tree) {
        states.put(what, YamlReader.read("state.yaml", tree, new Problems()).getFirst());
        return this;
    }

    SampleInput notRun() {
        ran = false;
        return this;
    }

    SampleInput hops(List<Hop> more) {
        hops.addAll(more);
        return this;
    }

    @Override
    public boolean ran(String flow) {
        return ran;
    }

    @Override
    public List<AttemptResult> attempts(String flow) {
        return attempts;
    }

    @Override
    public Map<ResultKey, BigFraction> odds(String flow, String client) {
        return odds.getOrDefault(client, Map.of());
    }

    @Override
    public boolean independent(String flow) {
        return independent;
    }

    @Override
    public List<Hop> hops(String flow) {
        return hops;
    }

    @Override
    public Mapping state(@Nullable Long atNanos, String what) {
        return states.getOrDefault(what, new Mapping(Location.startOf("state.yaml"), List.of()));
    }
}
