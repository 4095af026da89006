package dev.podhop.cli;

import static dev.podhop.cli.Shell.file;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Whether it was expected: in words, as data, and in the exit code. */
class VerdictTest {

    @Test
    void whatWasExpectedAndCame() {
        Shell shell = Shell.run("run", file("loop.yaml"));

        assertThat(shell.out()).contains("all 3 expectations met");
        assertThat(shell.code()).isZero();
    }

    @Test
    void whatWasExpectedAndDidNotCome() {
        Shell shell = Shell.run("run", file("wrong.yaml"));

        assertThat(shell.out()).contains("NOT MET", "not met");
        assertThat(shell.code()).isEqualTo(1);
        assertThat(JsonMapper.shared()
                .readTree(Shell.run("run", file("wrong.yaml"), "-o", "json").out())
                .at("/0/expectations/0/verdict").asString()).isEqualTo("failed");
    }
}
