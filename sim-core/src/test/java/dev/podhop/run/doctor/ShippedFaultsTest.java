package dev.podhop.run.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.RunWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shipped scenarios that demonstrate a fault of one moment: the doctor names it then. */
class ShippedFaultsTest {

    @ParameterizedTest
    @CsvSource({
        "01-lb-loopback, 0, PH301",
        "02-fix-matrix, 0, PH301",
        "03-self-clusterip, 0, -",
        "04-source-address, 0, -",
        "05-membership-decoder, 0, PH101",
        "26-externalname, 0, PH603",
        "27-service-types, 0, -",
        "29-proxy-protocol-bypass, 0, PH307",
    })
    void isNamed(String scenario, long seconds, String code) {
        DoctorReport report = new Doctor(
                DoctorTest.load(Path.of("../scenarios", scenario, "scenario.yaml")),
                RunWatch.NONE, new DoctorRequest(null, null,
                        OptionalLong.of(seconds * 1_000_000_000L), List.of(), Map.of()))
                .examine();

        assertThat(report.faults()).as(scenario)
                .allMatch(f -> !code.equals("-") || f.severity() == Severity.HINT);
        if (!code.equals("-")) {
            assertThat(report.faults().getFirst().code().id()).isEqualTo(code);
        }
    }
}
