package dev.podhop.run.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.RunWatch;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of a cluster that works the doctor says nothing: a false alarm is worse than silence. */
class HealthyClustersTest {

    @TempDir
    private Path folder;

    static Stream<Planted> clusters() {
        return Planted.all("healthy.yaml").stream();
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void hasNothingAboveAHint(Planted healthy) {
        DoctorReport report = new Doctor(DoctorTest.load(healthy.write(folder)), RunWatch.NONE,
                DoctorRequest.ALL).examine();

        assertThat(report.faults()).as(healthy.name())
                .noneMatch(f -> f.severity().isAtLeast(Severity.WARNING));
        assertThat(report.tried().calls()).isGreaterThan(20);
    }
}
