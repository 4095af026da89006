package dev.podhop.scenario.expect;

import dev.podhop.engine.SimTime;
import dev.podhop.scenario.Amount;
import dev.podhop.scenario.Expectation;
import dev.podhop.scenario.NanosRange;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.AttemptResult;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.fraction.BigFraction;

/** Judges when attempts failed, and how long the answered ones took. */
final class TimeChecks {

    private TimeChecks() {}

    /** By intended start, as an open-loop client counts: a late answer belongs to its question. */
    static Check errors(FlowSample sample, Expectation.Errors errors) {
        long started = 0;
        long failed = 0;
        Long until = errors.untilNanos();
        for (AttemptResult attempt : sample.attempts()) {
            long start = attempt.startNanos();
            if (start >= errors.fromNanos() && (until == null || start < until)) {
                started++;
                failed += attempt.outcome() == Outcome.Answered ? 0 : 1;
            }
        }
        String statement = Statements.errors(errors);
        return isWithin(errors.atMost(), failed, started)
                ? ExpectReason.ERRORS_WITHIN.check(sample.flow(), statement, failed, started)
                : ExpectReason.ERRORS_TOO_MANY.check(sample.flow(), statement, errors.atMost(),
                        failed, started);
    }

    /** A share is of the attempts started in the span, not of all. */
    private static boolean isWithin(Amount atMost, long failed, long started) {
        BigFraction count = new BigFraction(failed);
        return switch (atMost) {
            case Amount.Count limit -> failed <= limit.value();
            case Amount.Share limit -> count
                    .compareTo(limit.value().multiply(new BigFraction(started))) <= 0;
            case Amount.Range range -> started > 0 && range.contains(
                    range.counts() ? count : count.divide(new BigFraction(started)));
        };
    }

    /** Of answered attempts only: a timeout would measure the client's patience. */
    static List<Check> latency(FlowSample sample, Map<String, NanosRange> expected) {
        long[] durations = sample.attempts().stream()
                .filter(attempt -> attempt.outcome() == Outcome.Answered)
                .mapToLong(AttemptResult::durationNanos).sorted().toArray();
        List<Check> checks = new ArrayList<>();
        expected.forEach((key, range) -> {
            String statement = Statements.latency(key, range);
            if (durations.length == 0) {
                checks.add(ExpectReason.NONE_ANSWERED.check(sample.flow(), statement,
                        sample.attempts().size()));
                return;
            }
            long found = statistic(key, durations);
            String text = SimTime.format(found);
            checks.add(range.contains(found)
                    ? ExpectReason.LATENCY_WITHIN.check(sample.flow(), statement, text,
                            durations.length)
                    : ExpectReason.LATENCY_OUTSIDE.check(sample.flow(), statement, range, text,
                            durations.length));
        });
        return checks;
    }

    /** {@code mean}, {@code min}, {@code max}, or a percentile such as {@code p99.9}. */
    private static long statistic(String key, long[] sorted) {
        return switch (key) {
            case "mean" -> Arrays.stream(sorted).sum() / sorted.length;
            case "min" -> sorted[0];
            case "max" -> sorted[sorted.length - 1];
            default -> percentile(new BigDecimal(key.substring(1)), sorted);
        };
    }

    /** By nearest rank: the smallest value that so many percent do not exceed. */
    private static long percentile(BigDecimal percent, long[] sorted) {
        int rank = percent.multiply(BigDecimal.valueOf(sorted.length))
                .divide(BigDecimal.valueOf(100), 0, RoundingMode.CEILING).intValueExact();
        return sorted[Math.max(rank, 1) - 1];
    }
}
