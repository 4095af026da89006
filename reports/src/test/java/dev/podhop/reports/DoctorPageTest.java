package dev.podhop.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.doctor.FaultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The catalogue in docs/doctor.md is the code's. */
class DoctorPageTest {

    @Test
    void everyCodeStandsThereWithItsTitleAndNoOther() throws IOException {
        Narrator narrator = new Narrator(Explanations.english());
        List<String> rows = Arrays.stream(FaultCode.values())
                .map(code -> "| " + code.id() + " | "
                        + code.severity().name().toLowerCase(Locale.ROOT) + " | "
                        + narrator.say(code) + " |")
                .sorted().toList();

        assertThat(Files.readAllLines(Path.of("../docs/doctor.md")).stream()
                .filter(line -> line.startsWith("| PH"))).containsExactlyElementsOf(rows);
        assertThat(Arrays.stream(FaultCode.values()).map(FaultCode::id)).doesNotHaveDuplicates();
    }
}
