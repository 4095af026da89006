package dev.podhop.cli;

import static dev.podhop.cli.Shell.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each verb prints, and what it exits with. */
class VerbsTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    Path folder;

    @Test
    void runTellsOutcomesAndWhetherTheyWereExpected() {
        Shell shell = Shell.run("run", file("loop.yaml"));

        assertThat(shell.err()).isEmpty();
        assertThat(shell.out()).contains(
                "loop: pod/client to 198.51.100.7:80 over TCP, 60 attempts", "TimedOut",
                "why ");
        assertThat(shell.code()).isZero();
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        String first = Shell.run("run", file("loop.yaml"), "-o", "json").out();

        assertThat(Shell.run("run", file("loop.yaml"), "-o", "json").out()).isEqualTo(first);
        assertThat(Shell.run("run", file("loop.yaml"), "-o", "json", "--seed", "7").out())
                .isNotEqualTo(first);
    }

    @Test
    void runPrintsOneObjectForEachFile() {
        JsonNode json = JSON.readTree(
                Shell.run("run", file("loop.yaml"), file("wrong.yaml"), "-o", "json").out());

        assertThat(json).hasSize(2);
        assertThat(json.at("/0/flows/0/attempts").asInt()).isEqualTo(60);
        assertThat(json.at("/1/scenario").asString()).isEqualTo("wrong");
    }

    @Test
    void chineseIsForReadersAndJsonForProgramsStaysAsItIs() {
        String file = file("loop.yaml");

        assertThat(Shell.run("run", file, "--lang", "zh").out()).contains("60 次调用", "TimedOut",
                "的原因：");
        assertThat(Shell.run("trace", file, "--flow", "loop", "--lang", "zh").out())
                .contains("哪里出了问题");
        assertThat(Shell.run("--lang", "zh", "odds", file).out()).contains("概率", "看到的源地址");
        assertThat(Shell.run("diff", file, "--set", "network.ipMasq=true", "--lang", "zh").out())
                .contains("A: " + file, "看到的源地址");
        assertThat(Shell.run("run", file, "-o", "json", "--lang", "zh").out())
                .isEqualTo(Shell.run("run", file, "-o", "json").out());
    }

    @Test
    void aLanguageThatPodhopDoesNotSpeakIsAMistakeOfUse() {
        Shell shell = Shell.run("run", file("loop.yaml"), "--lang", "fr");

        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).contains("--lang", "[en, zh]", "'fr'");
    }

    @Test
    void severalRunsAddUp() {
        JsonNode json = JSON.readTree(
                Shell.run("run", file("loop.yaml"), "-o", "json", "--runs", "3").out());

        assertThat(json.at("/0/flows/0/attempts").asInt()).isEqualTo(180);
        int counted = 0;
        for (JsonNode result : json.at("/0/flows/0/results")) {
            counted += result.get("count").asInt();
        }
        assertThat(counted).isEqualTo(180);
    }

    @Test
    void aReportIsAFolderWithAPageAndTheData() throws IOException {
        Path report = folder.resolve("deep/report");

        Shell shell = Shell.run("run", file("loop.yaml"), "--report", report.toString());

        assertThat(shell.code()).isZero();
        assertThat(Files.readString(report.resolve("report.md"))).contains("# loop",
                "| attempts | share | outcome | endpoint | source seen |");
        assertThat(Files.readString(report.resolve("result.json")))
                .isEqualTo(Shell.run("run", file("loop.yaml"), "-o", "json").out());
    }

    @Test
    void oddsAreExact() {
        JsonNode json = JSON.readTree(
                Shell.run("odds", file("loop.yaml"), "--flow", "loop", "-o", "json").out());

        assertThat(json.get("flows")).hasSize(1);
        JsonNode last = json.at("/flows/0/results").get(json.at("/flows/0/results").size() - 1);
        assertThat(last).isEqualTo(JSON.readTree(
                "{\"outcome\": \"TimedOut\", \"endpoint\": null, \"source\": null,"
                        + " \"probability\": \"1/3\"}"));
    }

    @Test
    void aTraceTellsWhatWentWrongAndWhatWasTried() {
        Shell shell = Shell.run("trace", file("loop.yaml"), "--flow", "loop");

        assertThat(shell.code()).isZero();
        assertThat(shell.out()).contains("TimedOut after 3 s", "--- 1. request: SYN",
                "skipped   edge", "fails 1/3 -> 0").doesNotContain("\u001b");
        assertThat(shell.out().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }

    @Test
    void aTraceOfAnotherOutcomeAndAnotherPick() {
        Shell shell = Shell.run("trace", file("loop.yaml"), "--flow", "loop", "--outcome",
                "answered", "--pick", "lb/web=n3");

        assertThat(shell.out()).contains("picks n3", "answered; it saw");
    }

    /** No outcome is asked for: what was picked says how it ends. */
    @Test
    void aPickThatLeadsToAnAnswerNeedsNoOutcome() {
        Shell shell = Shell.run("trace", file("loop.yaml"), "--flow", "loop", "--pick",
                "lb/web=n3");

        assertThat(shell.out()).contains("picks n3", "answered; it saw");
    }

    @Test
    void aFilterThatNothingPassesIsTold() {
        assertThat(Shell.run("trace", file("loop.yaml"), "--flow", "loop", "--filter",
                "node==nowhere").out()).contains("No hop of this attempt passes the filter.");
    }

    @Test
    void podsThatNoNodeTakesAreTold() throws IOException {
        Path file = Files.writeString(folder.resolve("pending.yaml"),
                Files.readString(Path.of(file("loop.yaml"))) + """

                        ---
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: choosy}
                        spec:
                          nodeSelector: {disk: fast}
                          containers: [{name: main, image: example/main}]
                        """);

        assertThat(Shell.run("run", file.toString()).out())
                .contains("pending at the end: pod/choosy. No node takes them");
    }

    @Test
    void aFilterLeavesOtherHopsOut() {
        Shell text = Shell.run("trace", file("loop.yaml"), "--flow", "loop", "--filter",
                "node==n1 && dropped");
        JsonNode json = JSON.readTree(Shell.run("trace", file("loop.yaml"), "--flow", "loop",
                "--filter", "dropped", "-o", "json").out());

        assertThat(text.out()).contains("--- 2. reply: SYN-ACK", "DROPPED", "what would help")
                .doesNotContain("1. request");
        assertThat(json.get("hops")).isNotEmpty().allSatisfy(hop -> assertThat(
                hop.get("steps").get(hop.get("steps").size() - 1).get("type").asString())
                .isEqualTo("Dropped"));
    }

    @Test
    void aDumpIsTracedWithItsAssumptionsTold() {
        Shell text = Shell.run("trace", file("dump.yaml"), "--from", "pod/client", "--to",
                "service/web:80");
        Shell json = Shell.run("trace", file("dump.yaml"), "--from", "pod/client", "--to",
                "service/web:80", "-o", "json");

        assertThat(text.out()).startsWith("assumed: ");
        assertThat(JSON.readTree(json.out()).get("hops")).isNotEmpty();
        assertThat(json.err()).startsWith("assumed: ");
    }

    @Test
    void settingsChangeWhatIsRun() {
        Shell shell = Shell.run("diff", file("loop.yaml"), "--set",
                "service/web.status.loadBalancer.ingress[0].ipMode=VIP");

        assertThat(shell.out()).contains("B: src/test/resources/loop.yaml --set service/web",
                "fails 1/3 -> 0", "no difference: named");
    }

    @Test
    void aDiffTellsWhereTheWaysPartAndWhy() throws IOException {
        assertThat(Shell.run("diff", file("loop.yaml"), "--set",
                "network.ipMasq=true").out()).contains("they part at ", "A: ", "why A fails: ");
        assertThat(Shell.run("diff", file("loop.yaml"), "--modes", "--lang", "zh").out())
                .contains("kubeProxy.mode=nftables", "kubeProxy.mode=ipvs");
    }

    @Test
    void getPrintsWhatTheRealToolsPrint() {
        assertThat(Shell.run("get", "rules", file("loop.yaml"), "--node", "n1").out())
                .contains("*nat", "-A KUBE-SERVICES -d 10.96.0.10/32", "COMMIT");
        assertThat(Shell.run("get", "routes", file("loop.yaml")).out()).contains("# n2\n",
                "default via 10.0.0.1 dev eth0");
        assertThat(Shell.run("get", "services", file("dump.yaml")).out())
                .startsWith("NAME   TYPE           CLUSTER-IP   EXTERNAL-IP ");
        assertThat(Shell.run("get", "conntrack", file("loop.yaml"), "--node", "n1").out())
                .contains("src=10.244.1.5 dst=198.51.100.7");
        assertThat(Shell.run("get", "conntrack", file("loop.yaml"), "--at", "0s", "--node", "n1")
                .out()).isEmpty();
    }

    @Test
    void validateTakesPlainManifests() {
        Shell shell = Shell.run("validate", file("loop.yaml"), file("dump.yaml"));

        assertThat(shell.out().lines()).startsWith(
                "src/test/resources/loop.yaml: valid, Scenario loop, 2 flows, 3 Node, 3 Pod,"
                        + " 1 Service",
                "src/test/resources/dump.yaml: valid, 3 Node, 3 Pod, 1 Service")
                .contains("assumed: kubernetesVersion: 1.38 (the newest modelled)");
    }

    @Test
    void theSchemaIsJson() {
        JsonNode schema = JSON.readTree(Shell.run("schema").out());

        assertThat(schema.get("title").asString()).isEqualTo("Podhop scenario");
    }

    @Test
    void completionIsAScript() {
        assertThat(Shell.run("completion").out()).contains("complete -F _complete_podhop");
    }

    @Test
    void asManyThreadsAsYouLikePrintTheSameBytes() {
        String alone = Shell.run("run", file("loop.yaml"), "-o", "json", "--runs", "5",
                "--threads", "1").out();

        assertThat(Shell.run("run", file("loop.yaml"), "-o", "json", "--runs", "5", "--threads",
                "3").out()).isEqualTo(alone);
        assertThat(Shell.run("run", file("loop.yaml"), "-o", "json", "--runs", "5").out())
                .isEqualTo(alone);
        assertThat(Shell.run("run", file("loop.yaml"), "--threads", "0").code()).isEqualTo(2);
    }

    @Test
    void aGeneratedClusterRuns() throws IOException {
        Shell shell = Shell.run("generate", "--nodes", "4", "--pods", "12", "--services", "3",
                "--deployments", "--flows", "2");
        Path cluster = Files.writeString(folder.resolve("generated.yaml"), shell.out());

        assertThat(shell.code()).isZero();
        assertThat(Shell.run("run", cluster.toString()).out()).contains(
                "flow-1: pod/client-1 to service/app-", "100       100 %   Answered");
    }

    @Test
    void aClusterThatCannotBeIsNotGenerated() {
        assertThat(Shell.run("generate", "--pods", "9").err()).contains(
                "found --pods 9, expected 10 to 1100: at least one a Service, at most 110 a node");
        assertThat(Shell.run("generate", "--nodes", "0").code()).isEqualTo(2);
    }
}
