package dev.podhop.run;

import dev.podhop.workload.AttemptResult;
import java.math.BigDecimal;
import java.math.MathContext;

/** Spans of time as sentences have them: {@code 3 s}, {@code 0.2 ms}. */
final class Waited {

    private Waited() {}

    /** The same to three digits. */
    static String about(long nanos) {
        return text(BigDecimal.valueOf(nanos).round(new MathContext(3)).longValue());
    }

    /** How long an attempt's client waited. */
    static String of(AttemptResult attempt) {
        return text(attempt.durationNanos());
    }

    static String text(long nanos) {
        boolean seconds = nanos >= 1_000_000_000L;
        return BigDecimal.valueOf(nanos, seconds ? 9 : 6).stripTrailingZeros().toPlainString()
                + (seconds ? " s" : " ms");
    }
}
