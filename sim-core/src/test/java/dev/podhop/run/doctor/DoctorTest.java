package dev.podhop.run.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podhop.k8s.source.Problems;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.result.UsageException;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.load.ScenarioLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cluster with ten faults in it, one a Service. */
class DoctorTest {

    private static final Path FAULTY = Path.of("src/test/resources/doctor/faulty.yaml");

    static LoadedScenario load(Path file) {
        Problems problems = new Problems();
        return ScenarioLoader.load(file, problems)
                .orElseThrow(() -> new AssertionError(problems.all().toString()));
    }

    private static DoctorReport examine(DoctorRequest request) {
        return new Doctor(load(FAULTY), RunWatch.NONE, request).examine();
    }

    @Test
    void eachServiceHasItsFaultAndNoOther() {
        DoctorReport report = examine(DoctorRequest.ALL);

        assertThat(report.faults().stream().map(f -> f.object() + " " + f.code().id())
                .collect(Collectors.toSet())).containsExactlyInAnyOrder(
                        "service/shop/selector-typo PH101", "service/shop/all-unready PH108",
                        "service/shop/no-endpoints-manual PH113", "service/shop/port-name PH121",
                        "service/shop/one-in-three PH124", "service/shop/stale-slice PH131",
                        "service/shop/internal-local PH201", "service/shop/nodeport-local PH202",
                        "service/shop/lb-local PH301", "service/shop/lb-loop PH301");
    }

    @Test
    void aShareIsExactAndAFixWasTried() {
        DoctorReport report =
                examine(new DoctorRequest("shop", "one-in-three", OptionalLong.empty(),
                        List.of(), Map.of()));

        Fault fault = report.faults().getFirst();
        assertThat(fault.share()).isEqualTo(new BigFraction(1, 3));
        assertThat(fault.where().line()).isEqualTo(527);
        assertThat(fault.fixes()).isNotEmpty();
        assertThat(fault.fixes().getFirst().failureAfter()).isEqualTo(BigFraction.ZERO);
        assertThat(report.tried().services()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"shop,lb-lopp,did you mean lb-loop?", "shpo,lb-loop,did you mean shop?"})
    void aServiceThatThereIsNotIsTold(String namespace, String service, String meant) {
        assertThatThrownBy(
                () -> examine(new DoctorRequest(namespace, service, OptionalLong.empty(),
                        List.of(), Map.of())))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("found no Service " + service).hasMessageEndingWith(meant);
    }
}
