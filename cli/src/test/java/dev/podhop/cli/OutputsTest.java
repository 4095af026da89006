package dev.podhop.cli;

import static dev.podhop.cli.Shell.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outputs that are not taken, and a command that is ended: a process of its own each. */
@Timeout(120)
class OutputsTest {

    @TempDir
    Path folder;

    @BeforeEach
    void onASystemWithSuchDevicesAndSignals() {
        assumeTrue(Files.exists(Path.of("/dev/full")) && Files.exists(Path.of("/bin/sh")));
    }

    @Test
    void anOutputThatCannotBeWrittenIsAnError() throws Exception {
        for (String verb : List.of("odds " + file("loop.yaml"), "--help", "schema")) {
            assertThat(shell("\"$@\" > /dev/full", verb)).as(verb).isEqualTo(2);
            assertThat(err()).isEqualTo(
                    "podhop: cannot write to standard output: No space left on device\n");
        }
    }

    @Test
    void neitherIsAClosedOneAPlaceToWriteTo() throws Exception {
        assertThat(shell("\"$@\" >&-", "run " + file("loop.yaml"))).isEqualTo(2);
        assertThat(err()).startsWith("podhop: cannot write to standard output: ");
        assertThat(err().lines()).hasSize(1);
    }

    /** {@code head} has seen enough: no mistake, and nothing to say. */
    @Test
    void aReaderMayGoAway() throws Exception {
        assertThat(shell("{ \"$@\"; echo \"code $?\" >&2; } | { read line; }",
                "get rules " + file("loop.yaml"))).isZero();
        assertThat(err()).isEqualTo("code 0\n");
    }

    @Test
    void whoEndsACommandSeesWhatIsDone() throws Exception {
        String done = "podhop: interrupted, loop: [1-9]\\d* of 1000000 runs\n";
        String verb = "run " + file("loop.yaml") + " --runs 1000000 --report "
                + folder.resolve("report");
        long seconds = 2;
        do { // a busy machine has done nothing yet
            seconds *= 2;
            assertThat(interrupted(verb, seconds)).isEqualTo(130);
        } while (!err().matches(done) && seconds < 100);

        assertThat(err()).matches(done);
        assertThat(out()).contains("loop: pod/client to 198.51.100.7:80 over TCP",
                "expectations met");
        assertThat(folder.resolve("report")).isDirectoryContaining("glob:**/result.json")
                .isDirectoryNotContaining("glob:**.new");
    }

    /** Whatever a command is at: nothing is half told, and there is no stack trace. */
    @ParameterizedTest
    @CsvSource({"validate LOOP, 0", "odds LOOP, 1", "trace LOOP --flow loop, 1",
        "get rules LOOP, 2", "run LOOP, 1"})
    void endingACommandEndsIt(String verb, long seconds) throws Exception {
        int code = interrupted(verb.replace("LOOP", file("loop.yaml")), seconds);

        // a fast machine is done before
        assertThat(code).isIn(0, 1, 130);
        assertThat(err()).doesNotContain("Exception", "internal error", "\tat ");
        if (code == 130) {
            assertThat(out()).satisfiesAnyOf(
                    nothing -> assertThat(nothing).isEmpty(),
                    whole -> assertThat(whole).endsWith("\n"));
        }
    }

    private int interrupted(String verb, long seconds) throws Exception {
        Process run = start("exec \"$@\"", verb);
        if (!run.waitFor(seconds * 1000 + 300, TimeUnit.MILLISECONDS)) {
            new ProcessBuilder("kill", "-INT", String.valueOf(run.pid())).start().waitFor();
        }
        return run.waitFor();
    }

    private int shell(String script, String verb) throws IOException, InterruptedException {
        return start(script, verb).waitFor();
    }

    /** Runs a script of sh whose arguments are the command. */
    private Process start(String script, String verb) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                classPath(), Main.class.getName()));
        command.addAll(List.of(verb.split(" ")));
        return new ProcessBuilder(command).redirectError(folder.resolve("err").toFile())
                .redirectOutput(folder.resolve("out").toFile()).start();
    }

    /** Of this test: a launcher of tests may have a loader of its own. */
    private static String classPath() {
        return Main.class.getClassLoader() instanceof URLClassLoader loader
                ? Arrays.stream(loader.getURLs()).map(url -> Path.of(URI.create(url.toString())))
                        .map(Path::toString).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }
}
