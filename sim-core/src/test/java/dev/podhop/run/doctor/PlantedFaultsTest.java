package dev.podhop.run.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.FixLaw;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.result.TraceResult.Fix;
import dev.podhop.scenario.LoadedScenario;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each dump has one fault: it is named first, and what is said to help does. */
class PlantedFaultsTest {

    @TempDir
    private Path folder;

    static Stream<Planted> faults() {
        return Planted.all("faults.yaml").stream();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isNamedFirst(Planted planted) {
        Path file = planted.write(folder);
        LoadedScenario dump = DoctorTest.load(file);

        List<Fault> faults = new Doctor(dump, RunWatch.NONE, DoctorRequest.ALL).examine().faults();

        assertThat(faults).as(planted.name()).isNotEmpty();
        Fault first = faults.getFirst();
        assertThat(first.code().id() + " " + first.object()).as("%s: %s", planted.name(), faults)
                .startsWith(planted.text("code") + " "
                        + planted.text("object").replaceFirst("\\*+$", ""));
        for (Fix fix : first.fixes()) {
            mends(dump, fix, first);
            FixLaw.hold(file, fix, edited -> share(edited, first));
        }
    }

    private static BigFraction share(LoadedScenario edited, Fault fault) {
        return new Doctor(edited, RunWatch.NONE, DoctorRequest.ALL).examine().faults().stream()
                .filter(each -> each.code() == fault.code()
                        && each.object().equals(fault.object()))
                .map(Fault::share).findFirst().orElse(BigFraction.ZERO);
    }

    private static void mends(LoadedScenario dump, Fix fix, Fault fault) {
        if (fix.to() != null || !fix.failureAfter().equals(BigFraction.ZERO)) {
            return;
        }
        List<Fault> after = new Doctor(dump.set(fix.settings()).orElseThrow(), RunWatch.NONE,
                DoctorRequest.ALL).examine().faults();
        assertThat(after).as("%s, after %s", fault, fix.settings()).noneMatch(
                left -> left.code() == fault.code() && left.object().equals(fault.object()));
    }
}
