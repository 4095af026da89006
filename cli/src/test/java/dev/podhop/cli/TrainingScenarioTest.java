package dev.podhop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/**
 * The launcher runs a scenario once after each build, unheard, so that the JVM can cache what it
 * loads. A scenario that failed would only make every later start slower; nobody would notice.
 */
class TrainingScenarioTest {

    @Test
    void runs() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int code = Main.execute(new String[] {"run", "src/training/scenario.yaml"},
                new PrintWriter(out), new PrintWriter(err));

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString()).contains("Answered", "Refused");
    }
}
