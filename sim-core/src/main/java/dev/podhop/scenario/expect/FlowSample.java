package dev.podhop.scenario.expect;

import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.ResultKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * A flow's attempts beside the odds of one.
 *
 * @param odds of an attempt of the flow, whoever makes it; null where they are not known
 */
record FlowSample(String flow, List<AttemptResult> attempts,
        @Nullable Map<ResultKey, BigFraction> odds,
        boolean independent) {

    static FlowSample of(String flow, ExpectationInput input) {
        List<AttemptResult> attempts = input.attempts(flow);
        return new FlowSample(flow, attempts, mixed(flow, attempts, input),
                input.independent(flow));
    }

    /** How many attempts ended in a way. */
    long count(Predicate<ResultKey> way) {
        return attempts.stream().map(ResultKey::of).filter(way).count();
    }

    /** The probability of a way to end; null where it is not known. */
    @Nullable BigFraction probability(Predicate<ResultKey> way) {
        if (odds == null) {
            return null;
        }
        BigFraction sum = BigFraction.ZERO;
        for (Map.Entry<ResultKey, BigFraction> entry : odds.entrySet()) {
            sum = way.test(entry.getKey()) ? sum.add(entry.getValue()) : sum;
        }
        return sum;
    }

    /** The names that occurred or can occur, sorted. */
    Set<String> names(Function<ResultKey, @Nullable String> name) {
        Set<String> names = new TreeSet<>();
        for (AttemptResult attempt : attempts) {
            addIfAny(names, name.apply(ResultKey.of(attempt)));
        }
        if (odds != null) {
            odds.forEach((result, probability) -> {
                if (probability.compareTo(BigFraction.ZERO) > 0) {
                    addIfAny(names, name.apply(result));
                }
            });
        }
        return names;
    }

    /** Attempts that nobody answered met no endpoint. */
    private static void addIfAny(Set<String> names, @Nullable String name) {
        if (name != null) {
            names.add(name);
        }
    }

    /** Clients have odds of their own; the flow's are theirs, each weighed by its attempts. */
    private static @Nullable Map<ResultKey, BigFraction> mixed(String flow,
            List<AttemptResult> attempts, ExpectationInput input) {
        Map<String, Integer> clients = new LinkedHashMap<>();
        attempts.forEach(attempt -> clients.merge(attempt.client(), 1, Integer::sum));
        Map<ResultKey, BigFraction> mixed = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> client : clients.entrySet()) {
            Map<ResultKey, BigFraction> own = input.odds(flow, client.getKey());
            if (own.isEmpty()) {
                return null;
            }
            BigFraction weight = new BigFraction(client.getValue(), attempts.size());
            own.forEach((result, probability) -> mixed.merge(result,
                    probability.multiply(weight), BigFraction::add));
        }
        return mixed.isEmpty() ? null : mixed;
    }
}
