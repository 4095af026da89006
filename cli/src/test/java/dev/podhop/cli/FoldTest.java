package dev.podhop.cli;

import static dev.podhop.cli.Shell.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Large answers fold, and one word unfolds them. */
class FoldTest {

    private static final String LOOP = "../scenarios/01-lb-loopback/scenario.yaml";

    @TempDir
    Path folder;

    /** Three screens of fifty lines; with everything it is three times as long. */
    @Test
    void theFirstScenariosTraceFitsOnThreeScreens() {
        Shell folded = Shell.run("trace", LOOP, "--flow", "loop");
        Shell all = Shell.run("trace", LOOP, "--flow", "loop", "--all");

        assertThat(folded.out().lines()).hasSizeLessThanOrEqualTo(150);
        assertThat(folded.out()).contains("as 1, from another drawn port; delivered at pod/web-1");
        assertThat(all.out().lines()).hasSizeGreaterThan(400);
        assertThat(all.out()).contains("--- 9. reset: RST", "kube-proxy's rules are asked");
    }

    /** A hundred and fifty nodes masquerade: each address is rare, the pods are not. */
    @Test
    void rareRowsAreOneRowForEachEndpoint() throws IOException {
        String many = manyNodes(150);

        String folded = Shell.run("odds", many, "--flow", "loop").out();
        String all = Shell.run("odds", many, "--flow", "loop", "--all").out();

        assertThat(folded.lines()).hasSizeLessThan(10);
        assertThat(folded).contains("pod/web-1  ", " addresses, each below 1 %");
        assertThat(all.lines()).hasSizeGreaterThan(150);
        int rows = JsonMapper.shared().readTree(
                Shell.run("odds", many, "--flow", "loop", "-o", "json").out())
                .at("/flows/0/results").size();
        assertThat(all.lines().filter(line -> line.contains(" pod/web-"))).hasSize(rows - 1);
    }

    /** Sixty nodes: a sixtieth is more than one in a hundred, and each row stays. */
    @Test
    void whatIsNotBelowOneInAHundredIsARowOfItsOwn() throws IOException {
        String folded = Shell.run("odds", manyNodes(36), "--flow", "loop").out();

        assertThat(folded).contains("1.4 %").doesNotContain("each below");
    }

    @Test
    void diffFoldsWhatIsRareOnBothSides() throws IOException {
        String many = manyNodes(150);
        String set = "network.ipMasq=true";

        String folded = Shell.run("diff", many, "--set", set).out();
        String all = Shell.run("diff", many, "--set", set, "--all").out();

        assertThat(folded.lines().filter(line -> line.contains(" pod/web-")))
                .hasSizeLessThan(10);
        assertThat(folded).contains(" addresses, each below 1 %");
        assertThat(all.lines().filter(line -> line.contains(" pod/web-")))
                .hasSizeGreaterThan(150);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "get services LOOP -n default     | web  ",
        "get endpoints LOOP web           | 10.244.2.23",
        "get endpoints LOOP default/web   | 10.244.1.22",
        "get services LOOP -A             | web  ",
        "get rules LOOP web --node n1     | -A KUBE-SVC-LOLE4ISW44XBNF3G",
        "get rules LOOP web --node n1     | -A KUBE-EXT-LOLE4ISW44XBNF3G -j KUBE-SVC",
        "get loadbalancers LOOP web       | lb-",
        "get conntrack LOOP web --node n1 | dst=198.51.100.7",
        "get conntrack LOOP 10.244.1.22 --node n1 | src=10.244.1.22"})
    void whatIsAskedForIsThere(String line, String found) {
        assertThat(run(line).out()).contains(found);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "get services LOOP -n shop        | web",
        "get endpoints LOOP -n shop       | 10.244.",
        "get rules LOOP db                | -A ",
        "get rules LOOP web --node n1     | KUBE-FIREWALL",
        "get conntrack LOOP db            | src=",
        "get loadbalancers LOOP -n shop   | 198.51.100.7"})
    void whatIsNotAskedForIsNot(String line, String absent) {
        Shell shell = run(line);

        assertThat(shell.code()).isZero();
        assertThat(shell.out()).doesNotContain(absent);
    }

    @Test
    void whatBelongsToNoServiceIsNotAskedForByOne() {
        assertThat(run("get routes LOOP web").err()).contains("belong to none");
        assertThat(run("get services LOOP -A -n x").err()).contains("expected one of them");
    }

    @Test
    void everyHelpHasExamplesAndExitCodes() {
        for (String verb : List.of("run", "trace", "odds", "get", "diff", "validate")) {
            assertThat(Shell.run(verb, "--help").out())
                    .contains("Examples:", "  podhop " + verb + " ", "Exit codes: 0 ");
        }
    }

    @Test
    void theTerminalsWidthIsColumns() {
        assertThat(Screen.of(Map.of("COLUMNS", "72"), true, true).sheet().width()).isEqualTo(72);
        assertThat(Screen.of(Map.of(), true, true).sheet().width()).isEqualTo(120);
        assertThat(Screen.of(Map.of("COLUMNS", "wide"), true, true).sheet().width())
                .isEqualTo(120);
        assertThat(Screen.of(Map.of("COLUMNS", "9999"), true, true).sheet().width())
                .isEqualTo(200);
        assertThat(Screen.of(Map.of("NO_COLOR", "1"), true, true).colours()).isFalse();
        assertThat(Screen.of(Map.of(), false, true).colours()).isFalse();
        assertThat(Screen.of(Map.of(), true, true).colours()).isTrue();
    }

    private static Shell run(String line) {
        return Shell.run(line.strip().replace("LOOP", file("loop.yaml")).split(" +"));
    }

    private String manyNodes(int count) throws IOException {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        for (int i = 4; i < count; i++) {
            out.println("apiVersion: v1\nkind: Node\nmetadata: {name: n" + i + "}\n"
                    + "spec: {podCIDR: 10.244." + i + ".0/24}\nstatus:\n"
                    + "  addresses: [{type: InternalIP, address: 10.0.0." + (10 + i) + "}]\n---");
        }
        return Files.writeString(folder.resolve("many.yaml"),
                text + Files.readString(Path.of(file("loop.yaml")))).toString();
    }
}
