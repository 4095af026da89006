package dev.podhop.run.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.RunWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every shipped scenario, at the moment that the table of docs/doctor.md gives: the doctor names
 * its fault then; of those whose fault is none of one moment, it says no wrong word.
 */
class ShippedFaultsTest {

    private static final Path FOLDER = Path.of("../scenarios");

    /** {@code | 15-etp-local-rolling-gap | 14 | PH202 | ... |}. */
    private record Row(String scenario, long seconds, String code) {

        static Row of(String line) {
            String[] cells = Arrays.stream(line.split("\\|")).map(String::strip)
                    .toArray(String[]::new);
            return new Row(cells[1], Long.parseLong(cells[2]), cells[3]);
        }
    }

    static List<Row> rows() throws IOException {
        return Files.readAllLines(Path.of("../docs/doctor.md")).stream()
                .filter(line -> line.matches("\\| \\d\\d-.*")).map(Row::of).toList();
    }

    @Test
    void theTableHasEveryScenario() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            assertThat(rows()).extracting(Row::scenario).containsExactlyElementsOf(folders
                    .filter(folder -> Files.exists(folder.resolve("scenario.yaml")))
                    .map(folder -> String.valueOf(folder.getFileName())).sorted().toList());
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isNamed(Row row) {
        DoctorReport report = new Doctor(
                DoctorTest.load(FOLDER.resolve(row.scenario()).resolve("scenario.yaml")),
                RunWatch.NONE, new DoctorRequest(null, null,
                        OptionalLong.of(row.seconds() * 1_000_000_000L), List.of(), Map.of()))
                .examine();

        if (row.code().equals("-")) {
            assertThat(report.faults()).as(row.scenario())
                    .allMatch(f -> f.severity() == Severity.HINT);
        } else {
            assertThat(report.faults()).as(row.scenario()).isNotEmpty();
            assertThat(report.faults().getFirst().code().id()).as(row.scenario())
                    .isEqualTo(row.code());
        }
    }
}
