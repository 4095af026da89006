package dev.podhop.scenario.expect;

import dev.podhop.scenario.Amount;
import dev.podhop.scenario.Fractions;
import dev.podhop.scenario.Shares;
import dev.podhop.workload.ResultKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** Judges how often something occurred. */
final class ShareCheck {

    private final FlowSample sample;

    ShareCheck(FlowSample sample) {
        this.sample = sample;
    }

    Check check(String statement, Predicate<ResultKey> way, Amount amount) {
        long count = sample.count(way);
        int attempts = sample.attempts().size();
        return switch (amount) {
            case Amount.Share share -> share(statement, share.value(), count, way);
            case Amount.Count wanted -> amount(statement, amount, wanted.value() == count, count);
            case Amount.Range range -> amount(statement, amount,
                    range.contains(range.counts() ? new BigFraction(count)
                            : new BigFraction(count).divide(new BigFraction(attempts))),
                    count);
        };
    }

    /** Endpoints or sources. */
    List<Check> check(String key, Function<ResultKey, @Nullable String> name, Shares shares) {
        if (shares.complete()) {
            return List.of(names(Statements.names(key, shares), shares.amounts().keySet(),
                    sample.names(name)));
        }
        List<Check> checks = new ArrayList<>();
        shares.amounts().forEach((wanted, amount) -> checks.add(check(
                Statements.amount(key, wanted, amount),
                result -> wanted.equals(name.apply(result)), amount)));
        return checks;
    }

    /** Sets are compared, so that an endpoint too many is told like one too few. */
    private Check names(String statement, Set<String> wanted, Set<String> found) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(found);
        Set<String> unexpected = new TreeSet<>(found);
        unexpected.removeAll(wanted);
        return missing.isEmpty() && unexpected.isEmpty()
                ? ExpectReason.NAMES_HOLD.check(sample.flow(), statement, found)
                : ExpectReason.NAMES_OTHER.check(sample.flow(), statement, missing, unexpected);
    }

    private Check amount(String statement, Amount expected, boolean holds, long count) {
        int attempts = sample.attempts().size();
        return holds
                ? ExpectReason.AMOUNT_HOLDS.check(sample.flow(), statement, count, attempts)
                : ExpectReason.AMOUNT_OTHER.check(sample.flow(), statement, expected, count,
                        attempts);
    }

    /** First the odds, which are exact, then the sample: wrong odds make any sample look wrong. */
    private Check share(String statement, BigFraction expected, long count,
            Predicate<ResultKey> way) {
        String flow = sample.flow();
        int attempts = sample.attempts().size();
        String text = Fractions.format(expected);
        BigFraction odds = sample.probability(way);
        if (odds != null && !odds.equals(expected)) {
            return ExpectReason.SHARE_OTHER_ODDS.check(flow, statement, text,
                    Fractions.format(odds), count, attempts);
        }
        if (!Plausibility.isPossible(count, attempts, expected)) {
            return ExpectReason.SHARE_IMPOSSIBLE.check(flow, statement, text, count, attempts);
        }
        if (sample.independent() && !Plausibility.isPlausible(count, attempts, expected)) {
            return ExpectReason.SHARE_IMPLAUSIBLE.check(flow, statement, text, count, attempts,
                    Plausibility.format(count, attempts, expected));
        }
        if (odds == null) {
            return ExpectReason.SHARE_ODDS_UNKNOWN.check(flow, statement, text, count, attempts);
        }
        return (sample.independent() ? ExpectReason.SHARE_HOLDS : ExpectReason.SHARE_POSSIBLE)
                .check(flow, statement, text, count, attempts);
    }
}
