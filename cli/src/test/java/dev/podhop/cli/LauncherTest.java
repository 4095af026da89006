package dev.podhop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher says where it cannot do what it is for: one sentence, no shell's errors. */
@Timeout(60)
class LauncherTest {

    @TempDir
    Path home;

    @BeforeEach
    void aSourceTreeAlone() throws IOException {
        assumeTrue(Files.exists(Path.of("/bin/bash")));
        Files.copy(Path.of("../podhop"), home.resolve("podhop"));
        for (String module : List.of("sim-core", "reports", "cli")) {
            Files.createDirectories(home.resolve(module));
            Files.writeString(home.resolve(module).resolve("pom.xml"), "");
        }
        Files.writeString(home.resolve("pom.xml"), "");
    }

    @Test
    void aCheckoutThatCannotBeWritten() throws Exception {
        Files.writeString(home.resolve("cli/target"), "a file where a folder has to be");

        assertThat(launch("exit 1")).isEqualTo(2);
        assertThat(err().lines()).singleElement().asString()
                .startsWith("podhop: is not built yet, and cannot be: ");
    }

    @Test
    void aBuildThatFails() throws Exception {
        assertThat(launch("echo 'no such plugin'; exit 1")).isEqualTo(70);
        assertThat(err()).contains("builds itself, because this is its first start",
                "no such plugin", "the build failed");
    }

    /** Whoever has built the rest already is not told again that it is the first start. */
    @Test
    void theViewerIsBuiltByItself() throws Exception {
        assertThat(launch("exit 1", "view")).isEqualTo(70);
        assertThat(err()).contains("because this is the viewer's first start");
    }

    /** A jar that is older than its sources, in a folder where nothing can be made anew. */
    @Test
    void whatIsBuiltRuns() throws Exception {
        Path target = Files.createDirectories(home.resolve("cli/target/launcher"));
        Files.writeString(target.resolve("podhop.jar"), "no jar, so that Java refuses it");
        Files.writeString(home.resolve("reports/target"), "");

        assertThat(launch("exit 1")).isEqualTo(1);
        assertThat(err()).startsWith("podhop: its sources changed since it was built, but ")
                .contains(" cannot be written: runs what is built.", "podhop.jar");
    }

    /** Flows of the file that stands on the line; what a shell would run is none of them. */
    @Test
    void completionKnowsFlowsAndTheViewer() throws Exception {
        Path file = Files.writeString(home.resolve("x.yaml"), "flow: loop, flow: \"lost\", "
                + "flow: l$(touch evil), flow: other");
        Path script = Files.writeString(home.resolve("complete.sh"),
                Shell.run("completion").out() + "COMP_WORDS=(podhop trace " + file
                        + " --flow lo); COMP_CWORD=4; _podhop podhop; echo \"${COMPREPLY[@]}\"\n"
                        + "COMP_WORDS=(podhop vi); COMP_CWORD=1; _podhop podhop;"
                        + " echo \"${COMPREPLY[@]}\"\n");

        Process bash = new ProcessBuilder("/bin/bash", script.toString())
                .directory(home.toFile()).start();

        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("loop lost\nview\n");
        assertThat(home.resolve("evil")).doesNotExist();
    }

    private int launch(String maven) throws IOException, InterruptedException {
        return launch(maven, "run");
    }

    private int launch(String maven, String verb) throws IOException, InterruptedException {
        Path tools = Files.createDirectories(home.resolve("tools"));
        Path mvn = Files.writeString(tools.resolve("mvn"), "#!/bin/sh\n" + maven + "\n");
        assertThat(mvn.toFile().setExecutable(true)).isTrue();
        ProcessBuilder bash = new ProcessBuilder("/bin/bash", home.resolve("podhop").toString(),
                verb, "x.yaml");
        bash.environment().put("JAVA_HOME", System.getProperty("java.home"));
        bash.environment().merge("PATH", "", (path, nothing) -> tools + ":" + path);
        return bash.redirectError(home.resolve("err").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    private String err() throws IOException {
        return Files.readString(home.resolve("err"));
    }
}
