package dev.podhop.benchmarks;

import dev.podhop.benchmarks.ratio.JmhRun;
import dev.podhop.benchmarks.ratio.MarkdownTable;
import dev.podhop.benchmarks.ratio.Measurements;
import dev.podhop.benchmarks.ratio.Promises;
import dev.podhop.benchmarks.ratio.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures what {@link Promises} lists, ours and peers in one run, and writes the table of ratios.
 * Exits with 1 if a floor does not hold, with 2 if asked for what it does not know.
 */
public final class Ratios {

    private static final String USAGE =
            """
            usage: java -jar benchmarks/target/benchmarks.jar [--quick] [--into FILE] [REGEX]
              --quick      one short process for each row: floors, not numbers to be quoted
              --into FILE  replace what stands in FILE between the two marker lines
                           <!-- measured: begin --> and <!-- measured: end -->
              REGEX        only rows whose name contains a match, such as 'queue, 1M'
            JMH itself: java -cp benchmarks/target/benchmarks.jar org.openjdk.jmh.Main -h
            """;

    private static final Pattern MEASURED =
            Pattern.compile(
                    "(?<=<!-- measured: begin -->\n).*?(?=<!-- measured: end -->)", Pattern.DOTALL);

    private JmhRun.Length length = JmhRun.Length.FULL;
    private final List<Path> targets = new ArrayList<>();
    private Pattern filter = Pattern.compile("");

    private Ratios() {}

    public static void main(String[] arguments) throws IOException, RunnerException {
        Ratios ratios = new Ratios();
        try {
            ratios.read(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            System.exit(2);
        }
        System.exit(ratios.run() ? 0 : 1);
    }

    private void read(String[] arguments) throws IOException {
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> length = JmhRun.Length.QUICK;
                case "--into" -> targets.add(target(arguments, ++i));
                default -> filter = filter(arguments[i]);
            }
        }
        if (rows().isEmpty()) {
            throw new IllegalArgumentException("no row's name contains a match of " + filter);
        }
    }

    private static Pattern filter(String argument) {
        if (argument.startsWith("-")) {
            throw new IllegalArgumentException("unknown option " + argument);
        }
        return Pattern.compile(argument);
    }

    /** Looked at before measuring: half an hour is long to learn of a misspelt name. */
    private static Path target(String[] arguments, int index) throws IOException {
        if (index == arguments.length) {
            throw new IllegalArgumentException("--into needs a file");
        }
        Path target = Path.of(arguments[index]);
        if (!Files.isRegularFile(target) || !MEASURED.matcher(Files.readString(target)).find()) {
            throw new IllegalArgumentException(target + " is no file with the two marker lines");
        }
        return target;
    }

    private List<Row> rows() {
        return Promises.all().stream().filter(row -> filter.matcher(row.name()).find()).toList();
    }

    /** Returns whether all floors hold. */
    private boolean run() throws IOException, RunnerException {
        List<Row> rows = rows();
        Measurements measurements = JmhRun.measure(rows, length);
        String table = MarkdownTable.of(rows, measurements, length);
        System.out.println("\n" + table);
        for (Path target : targets) {
            String text = Files.readString(target);
            Files.writeString(target, MEASURED.matcher(text).replaceFirst("\n" + table + "\n"));
        }
        return rows.stream().allMatch(row -> row.holds(measurements.valueOf(row)));
    }
}
