package dev.podhop.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.Trees;
import dev.podhop.run.doctor.Doctor;
import dev.podhop.run.doctor.DoctorRequest;
import dev.podhop.run.doctor.Fault;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.result.TraceResult.Fix;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.load.ScenarioLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the doctor prints to be pasted, a real kubectl takes, and it does what was tried. */
@Timeout(120)
class FixCommandsTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    @BeforeAll
    static void aKubectl() throws InterruptedException {
        try {
            assumeTrue(new ProcessBuilder("kubectl", "version", "--client").start().waitFor() == 0);
        } catch (IOException absent) {
            assumeTrue(false, "no kubectl here: " + absent);
        }
    }

    @Test
    void everyCommandIsTakenAndDoesWhatTheSettingDoes() throws Exception {
        Path file = Path.of("../sim-core/src/test/resources/doctor/faulty.yaml");
        LoadedScenario dump = ScenarioLoader.load(file, new Problems()).orElseThrow();
        List<Fault> faults =
                new Doctor(dump, RunWatch.NONE, DoctorRequest.ALL).examine().faults();
        TreeSet<String> verbs = new TreeSet<>();
        try (ApiServer server = new ApiServer()) {
            server.serve(file);
            Path config = server.kubeconfig(folder, server.port(), "default");
            for (Fault fault : faults) {
                for (Fix fix : fault.fixes()) {
                    LoadedScenario after = dump.set(fix.settings()).orElseThrow();
                    for (String command : fix.kubectl()) {
                        verbs.add(command.split(" ")[1]);
                        takes(command, config, after);
                    }
                }
            }
        }
        assertThat(verbs).containsExactly("delete", "patch");
    }

    /** Runs a command as a shell does, without its effect, and reads what it would leave. */
    private void takes(String command, Path config, LoadedScenario after) throws Exception {
        boolean patch = command.startsWith("kubectl patch");
        ProcessBuilder shell = new ProcessBuilder("sh", "-c",
                command + " --dry-run=client -o " + (patch ? "json" : "name"));
        shell.environment().put("KUBECONFIG", config.toString());
        Process kubectl = shell.redirectError(folder.resolve("err").toFile()).start();
        String out = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kubectl.waitFor()).as(command + "\n"
                + Files.readString(folder.resolve("err"))).isZero();
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        List<ApiObject> left = after.objects().stream()
                .filter(o -> o.kind().singular().equals(words.get(2))
                        && o.metadata().name().equals(words.get(3))
                        && o.metadata().namespace().equals(words.get(5)))
                .toList();
        if (!patch) {
            assertThat(left).as(command).isEmpty();
            return;
        }
        JsonNode wanted = JSON.readTree(Trees.json(left.getFirst().source()));
        String part = command.contains("--subresource=status") ? "/status" : "/spec";
        assertThat(JSON.readTree(out).at(part)).as(command).isEqualTo(wanted.at(part));
    }
}
