package dev.podhop.run.result;

import dev.podhop.workload.AttemptResult;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Spans of time as sentences have them: {@code 3 s}, {@code 0.2 ms}. */
public final class Waited {

    private Waited() {}

    /** The same to three digits. */
    public static String about(long nanos) {
        return text(BigDecimal.valueOf(nanos).round(new MathContext(3)).longValue());
    }

    /** How long an attempt's client waited. */
    public static String of(AttemptResult attempt) {
        return text(attempt.durationNanos());
    }

    public static String text(long nanos) {
        boolean seconds = nanos >= 1_000_000_000L;
        return BigDecimal.valueOf(nanos, seconds ? 9 : 6).stripTrailingZeros().toPlainString()
                + (seconds ? " s" : " ms");
    }

    /** The span that two of them, or spans of them, lie in: {@code 0.58 ms - 1.46 ms}. */
    static String range(String one, String other) {
        List<String> all = Stream.of(one, other).flatMap(t -> Stream.of(t.split(" - ")))
                .sorted(Comparator.comparing(Waited::nanos)).toList();
        String least = all.getFirst();
        String most = all.getLast();
        return least.equals(most) ? least : least + " - " + most;
    }

    private static BigDecimal nanos(String text) {
        String[] parts = text.split(" ");
        return new BigDecimal(parts[0]).movePointRight(parts[1].equals("s") ? 9 : 6);
    }
}
