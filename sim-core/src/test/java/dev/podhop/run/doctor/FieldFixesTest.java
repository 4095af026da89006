package dev.podhop.run.doctor;

import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.source.Problems;
import dev.podhop.run.FixLaw;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.result.TraceResult.Fix;
import dev.podhop.run.result.UsageException;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.load.ScenarioLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a doctor prescribes for the files of people who run clusters, held against the law. */
class FieldFixesTest {

    static List<Path> files() throws IOException {
        try (Stream<Path> field = Files.list(Path.of("src/test/resources/field"))) {
            return Stream.concat(field.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.toString().endsWith(".expect.yaml"))
                    .filter(FieldFixesTest::isPrinted).sorted(),
                    Stream.of(Path.of("src/test/resources/doctor/faulty.yaml"))).toList();
        }
    }

    /** Whether a server has printed objects of it: of those the law asks most. */
    private static boolean isPrinted(Path file) {
        try {
            String text = Files.readString(file);
            return text.contains("uid:") || text.contains(EndpointSlice.CONTROLLER);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFixIsTakenAndHelpsByItself(Path file) {
        Optional<LoadedScenario> loaded = ScenarioLoader.load(file, new Problems());
        List<Fault> faults = loaded.map(FieldFixesTest::faults).orElse(List.of());
        for (Fault fault : faults) {
            for (Fix fix : fault.fixes()) {
                FixLaw.hold(file, fix, edited -> faults(edited).stream()
                        .filter(each -> each.code() == fault.code()
                                && each.object().equals(fault.object()))
                        .map(Fault::share).findFirst().orElse(BigFraction.ZERO));
            }
        }
    }

    private static List<Fault> faults(LoadedScenario scenario) {
        try {
            return new Doctor(scenario, RunWatch.NONE, DoctorRequest.ALL).examine().faults();
        } catch (UsageException cannotBeRun) {
            return List.of();
        }
    }
}
