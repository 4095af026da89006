package dev.podhop.benchmarks.ratio;

import dev.podhop.benchmarks.ratio.Measurements.Measured;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The promises and the numbers behind them, as Markdown. */
public final class MarkdownTable {

    private MarkdownTable() {}

    /** Both tables, with the conditions of the run. */
    public static String of(List<Row> rows, Measurements measurements, JmhRun.Length length) {
        StringBuilder text = new StringBuilder();
        text.append(conditions(length)).append("\n\n");
        text.append("| what | measured | floor | goal | |\n|---|---|---|---|---|\n");
        for (Row row : rows) {
            text.append(line(row, measurements.valueOf(row)));
        }
        text.append("\n| benchmark | parameters | ns/op | worst | B/op |\n|---|---|---|---|---|\n");
        measurements.times().forEach((cell, time) -> text.append(line(cell, time, measurements)));
        return text.toString();
    }

    private static String conditions(JmhRun.Length length) {
        return String.format(Locale.ROOT, "JDK %s, %d processors, `%s`, JMH %s.",
                Runtime.version().feature(),
                Runtime.getRuntime().availableProcessors(),
                String.join(" ", JmhRun.JVM_ARGUMENTS),
                length);
    }

    private static String line(Row row, double value) {
        String times = row.per() == null ? "" : "x";
        String bound = row.sense() == Row.Sense.AT_LEAST ? ">= " : "<= ";
        return String.format(Locale.ROOT, "| %s | %s%s | %s%s%s | %s%s%s | %s |\n",
                row.name(),
                number(value),
                times,
                bound,
                number(row.floor()),
                times,
                bound,
                number(row.goal()),
                times,
                verdict(row, value));
    }

    private static String verdict(Row row, double value) {
        if (!row.holds(value)) {
            return "**below floor**";
        }
        return row.reachesGoal(value) ? "goal" : "floor";
    }

    private static String line(Cell cell, Measured time, Measurements measurements) {
        StringBuilder params = new StringBuilder();
        for (Map.Entry<String, String> param : cell.params().entrySet()) {
            params.append(params.isEmpty() ? "" : ", ");
            params.append(param.getKey()).append('=').append(param.getValue());
        }
        double bytes = measurements.get(cell.allocation()).best();
        return String.format(Locale.ROOT, "| %s | %s | %s | %s | %s |\n",
                cell.benchmark(),
                params,
                number(time.best()),
                number(time.worst()),
                number(bytes));
    }

    /** Three digits that mean something; more would be noise. */
    static String number(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 0.1 || value == 0 ? 2 : 4;
        String fixed = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return fixed.contains(".") ? fixed.replaceAll("\\.?0+$", "") : fixed;
    }
}
