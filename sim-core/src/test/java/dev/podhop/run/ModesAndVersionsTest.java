package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.OddsResult.ResultOdds;
import dev.podhop.run.result.RunOptions;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.ResultKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Each behaviour of kube-proxy under each mode and version, asked of the simulator cell by cell;
 * the page in docs is what this test found. {@code -Dpodhop.regenerate=true} writes it anew.
 */
class ModesAndVersionsTest {

    private static final Path PAGE = Path.of("../docs/modes-and-versions.md");
    private static final List<String> MODES = List.of("iptables", "nftables", "ipvs");
    private static final int FIRST = 30;
    private static final int LAST = 38;
    private static final String VIP = "198.51.100.7:80";
    private static final String LOCAL = "externalTrafficPolicy: Local";

    private static final String HEAD = """
            # Modes and versions

            What becomes of a call under kube-proxy's three modes and Kubernetes 1.30 to 1.38.
            Every cell was asked of the simulator by `ModesAndVersionsTest`, which keeps this
            page current; where versions differ a cell says from which on. Addresses: `.1` is
            the bridge of the client's node, `node` its own; pods are web-1 beside the client
            and web-2 on the other node, unless a row says otherwise.

            """;

    /** A behaviour, with the cluster that shows it. */
    private record Row(String what, String from, String to, boolean timed,
            UnaryOperator<ClusterText> cluster) {}

    private static Row row(String what, String from, String to,
            UnaryOperator<ClusterText> cluster) {
        return new Row(what, from, to, false, cluster);
    }

    private static ClusterText pods(ClusterText text) {
        return text.pod("web-1", "n1", "web").pod("web-2", "n2", "web");
    }

    private static UnaryOperator<ClusterText> service(String more) {
        return text -> pods(text).service("web", "web", "10.96.0.10", more);
    }

    private static UnaryOperator<ClusterText> balanced(String ipMode, String more) {
        return text -> pods(text).balanced("web", "web", "10.96.0.10", ipMode, more);
    }

    /** The only pod is on n2. */
    private static UnaryOperator<ClusterText> elsewhere(String ipMode, String more) {
        return text -> text.pod("web-2", "n2", "web").balanced("web", "web", "10.96.0.10", ipMode,
                more);
    }

    private static UnaryOperator<ClusterText> nobody(String more) {
        return text -> text.balanced("web", "nobody", "10.96.0.10", "VIP", more);
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.add(row("a pod to a ClusterIP", "pod/client", "10.96.0.10:80", service("")));
        rows.add(row("a node to a ClusterIP", "node/n1", "10.96.0.10:80", service("")));
        rows.add(row("a ClusterIP's other port", "pod/client", "10.96.0.10:81", service("")));
        rows.add(row("a ClusterIP without endpoints", "pod/client", "10.96.0.10:80", nobody("")));
        rows.add(row("`internalTrafficPolicy: Local`, no pod on the node", "pod/client",
                "10.96.0.10:80", text -> text.pod("web-2", "n2", "web").service("web", "web",
                        "10.96.0.10", "internalTrafficPolicy: Local")));
        rows.add(row("a pod to itself by ClusterIP", "pod/web-1", "10.96.0.10:80",
                text -> text.pod("web-1", "n1", "web").service("web", "web", "10.96.0.10", "")));
        rows.add(row("`masqueradeAll`", "pod/client", "10.96.0.10:80",
                text -> service("").apply(text.kubeProxy("iptables: {masqueradeAll: true}")
                        .kubeProxy("nftables: {masqueradeAll: true}"))));
        rows.add(row("pods told by a prefix of devices", "pod/client", "10.96.0.10:80",
                text -> service("").apply(text.kubeProxy("detectLocalMode: InterfaceNamePrefix")
                        .kubeProxy("detectLocal: {interfaceNamePrefix: veth}"))));
        rows.add(row("outside to a node port", "external/ext", "10.0.0.11:30080",
                balanced("VIP", "")));
        rows.add(row("a node port at 127.0.0.1", "node/n1", "127.0.0.1:30080",
                balanced("VIP", "")));
        rows.add(row("a node port at the bridge's address", "pod/client", "10.244.1.1:30080",
                balanced("VIP", "")));
        rows.add(row("the same with `nodePortAddresses: [0.0.0.0/0]`", "pod/client",
                "10.244.1.1:30080", text -> balanced("VIP", "").apply(
                        text.kubeProxy("nodePortAddresses: [0.0.0.0/0]"))));
        rows.add(row("a node port without endpoints", "external/ext", "10.0.0.11:30080",
                nobody("")));
        rows.add(row("outside to a node port, Local", "external/ext", "10.0.0.11:30080",
                balanced("VIP", LOCAL)));
        rows.add(row("the same, no pod on the node", "external/ext", "10.0.0.11:30080",
                elsewhere("VIP", LOCAL)));
        rows.add(row("a pod to a load balancer's address", "pod/client", VIP,
                balanced("VIP", "")));
        rows.add(row("the same with `ipMode: Proxy`", "pod/client", VIP, balanced("Proxy", "")));
        rows.add(row("a pod to such an address, Local", "pod/client", VIP,
                balanced("VIP", LOCAL)));
        rows.add(row("the same, no pod on the node", "pod/client", VIP, elsewhere("VIP", LOCAL)));
        rows.add(row("a node to such an address, Local", "node/n1", VIP, balanced("VIP", LOCAL)));
        rows.add(row("the same, no pod on the node", "node/n1", VIP, elsewhere("VIP", LOCAL)));
        rows.add(row("a node to such an address without endpoints", "node/n1", VIP, nobody("")));
        rows.add(row("a pod that source ranges leave out", "pod/client", VIP,
                balanced("VIP", "loadBalancerSourceRanges: [203.0.113.0/24]")));
        rows.add(row("the same without endpoints", "pod/client", VIP,
                nobody("loadBalancerSourceRanges: [203.0.113.0/24]")));
        rows.add(row("a node that source ranges leave out", "node/n1", VIP,
                balanced("VIP", "loadBalancerSourceRanges: [203.0.113.0/24]")));
        rows.add(row("an external IP, a pod", "pod/client", "192.0.2.9:80",
                service("externalIPs: [192.0.2.9]")));
        rows.add(row("`trafficDistribution: PreferClose`, a pod in the zone", "pod/client",
                "10.96.0.10:80", service("trafficDistribution: PreferClose")));
        rows.add(new Row("a UDP sender whose Service loses its last pod", "pod/client",
                "10.96.0.10:80", true, text -> text.pod("web-2", "n2", "web")
                        .service("web", "web", "10.96.0.10", "").at("10s", "delete: pod/web-2")));
        return rows;
    }

    private static String cell(Row row, String mode, int minor) {
        ClusterText text = row.cluster().apply(ClusterText.nodes(2).outside("ext")
                .pod("client", "n1", "client").mode(mode)
                .spec("kubernetesVersion: \"1." + minor + "\"")
                .network("sysctls: {net.ipv4.icmp_ratelimit: 0}"));
        if (row.timed()) {
            text.at("0s", "send: {flow: f, from: " + row.from() + ", to: \"" + row.to()
                    + "\", protocol: UDP, sourcePort: 40000, count: 10, every: 2s,"
                    + " timeout: 400ms}");
            return new ScenarioRunner(text.load()).run(RunOptions.OUTCOMES).attempts().getLast()
                    .outcome() == Outcome.Refused ? "refused" : "times out";
        }
        text.flow("f", row.from(), row.to(), 1);
        FlowOdds odds = new ScenarioRunner(text.load()).odds(null).flows().getFirst();
        Map<String, TreeSet<String>> ends = new LinkedHashMap<>();
        for (ResultOdds result : odds.results()) {
            ends.computeIfAbsent(outcome(result.key()), end -> new TreeSet<>())
                    .add(served(result.key()));
        }
        List<String> parts = new ArrayList<>();
        ends.forEach((end, by) -> parts.add((end + " " + String.join(", ", by)).strip()));
        return String.join(" or ", parts);
    }

    private static String outcome(ResultKey key) {
        return switch (key.outcome()) {
            case Answered -> "answered:";
            case TimedOut -> "times out";
            case Refused -> "refused";
            case Reset -> "reset";
            default -> key.outcome().name();
        };
    }

    private static String served(ResultKey key) {
        String source = String.valueOf(key.source()).replace("10.244.1.1/", "").replaceAll(
                "^10\\.0\\.0\\.1[12]$", "node").replaceAll("^10\\.244\\.[12]\\.1$", ".1");
        return key.endpoint() == null ? ""
                : key.endpoint().replace("pod/", "") + " sees " + (source.matches("[.n].*")
                        ? source
                        : source.equals("198.51.100.7") || source.equals("192.0.2.9")
                                ? "the address itself"
                        : "the caller");
    }

    /** Versions that say the same are told once: {@code refused; since 1.34: answered}. */
    private static String cells(Row row, String mode) {
        List<String> parts = new ArrayList<>();
        String last = "";
        for (int minor = FIRST; minor <= LAST; minor++) {
            String now = cell(row, mode, minor);
            if (!now.equals(last)) {
                parts.add((minor == FIRST ? "" : "since 1." + minor + ": ") + now);
                last = now;
            }
        }
        return String.join("; ", parts);
    }

    private static String page() {
        StringBuilder page = new StringBuilder(HEAD)
                .append("| call | iptables | nftables | ipvs |\n|---|---|---|---|\n");
        for (Row row : rows()) {
            page.append("| ").append(row.what());
            MODES.forEach(mode -> page.append(" | ").append(cells(row, mode)));
            page.append(" |\n");
        }
        return page.toString();
    }

    @Test
    void thePageSaysWhatTheSimulatorDoes() throws IOException {
        String page = page();
        if (Boolean.getBoolean("podhop.regenerate")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }
}
