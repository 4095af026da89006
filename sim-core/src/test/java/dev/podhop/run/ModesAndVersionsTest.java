package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.OddsResult.ResultOdds;
import dev.podhop.run.result.RunOptions;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.ResultKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
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

    /** What is asked of a cell's cluster. */
    private interface Question {

        String ask(ClusterText text, String from, String to);
    }

    /** A behaviour, with the cluster that shows it. */
    private record Row(String what, String from, String to, Question question, boolean dualStack,
            UnaryOperator<ClusterText> cluster) {

        Row dual() {
            return new Row(what, from, to, question, true, cluster);
        }

        Row asked(Question other) {
            return new Row(what, from, to, other, dualStack, cluster);
        }
    }

    private static Row row(String what, String from, String to,
            UnaryOperator<ClusterText> cluster) {
        return new Row(what, from, to, ModesAndVersionsTest::odds, false, cluster);
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
        List<Row> rows = new ArrayList<>(clusterIps());
        rows.addAll(nodePorts());
        rows.addAll(balancers());
        rows.addAll(endpoints());
        rows.addAll(overIpv6());
        rows.addAll(inTime());
        rows.add(row("what is told of the mode", "", "", service(""))
                .asked(ModesAndVersionsTest::told));
        return rows;
    }

    private static List<Row> clusterIps() {
        return List.of(
                row("a pod to a ClusterIP", "pod/client", "10.96.0.10:80", service("")),
                row("a node to a ClusterIP", "node/n1", "10.96.0.10:80", service("")),
                row("a ClusterIP's other port", "pod/client", "10.96.0.10:81", service("")),
                row("a ClusterIP without endpoints", "pod/client", "10.96.0.10:80", nobody("")),
                row("`internalTrafficPolicy: Local`, no pod on the node", "pod/client",
                        "10.96.0.10:80",
                        text -> text.pod("web-2", "n2", "web").service("web", "web",
                                "10.96.0.10", "internalTrafficPolicy: Local")),
                row("a pod to itself by ClusterIP", "pod/web-1", "10.96.0.10:80",
                        text -> text.pod("web-1", "n1", "web").service("web", "web", "10.96.0.10",
                                "")),
                row("`masqueradeAll`", "pod/client", "10.96.0.10:80",
                        text -> service("").apply(text.kubeProxy("iptables: {masqueradeAll: true}")
                                .kubeProxy("nftables: {masqueradeAll: true}"))),
                row("pods told by a prefix of devices", "pod/client", "10.96.0.10:80",
                        text -> service("")
                                .apply(text.kubeProxy("detectLocalMode: InterfaceNamePrefix")
                                        .kubeProxy("detectLocal: {interfaceNamePrefix: veth}"))),
                row("the same without hairpin mode", "pod/web-1", "10.96.0.10:80",
                        text -> text.network("hairpinMode: none").pod("web-1", "n1", "web")
                                .service("web", "web", "10.96.0.10", "")),
                row("a node's datagram to an address that no Service has", "node/n1",
                        "10.96.0.99:80", service("")).asked(ModesAndVersionsTest::datagram),
                row("a pod to a ClusterIP, `sessionAffinity: ClientIP`, the second call",
                        "pod/client", "10.96.0.10:80", service("sessionAffinity: ClientIP"))
                        .asked(ModesAndVersionsTest::secondCall));
    }

    private static List<Row> nodePorts() {
        return List.of(
                row("outside to a node port", "external/ext", "10.0.0.11:30080",
                        balanced("VIP", "")),
                row("a node port at 127.0.0.1", "node/n1", "127.0.0.1:30080",
                        balanced("VIP", "")),
                row("a node port at the bridge's address", "pod/client", "10.244.1.1:30080",
                        balanced("VIP", "")),
                row("the same with `nodePortAddresses: [0.0.0.0/0]`", "pod/client",
                        "10.244.1.1:30080", text -> balanced("VIP", "").apply(
                                text.kubeProxy("nodePortAddresses: [0.0.0.0/0]"))),
                row("a node port without endpoints", "external/ext", "10.0.0.11:30080",
                        nobody("")),
                row("outside to a node port, Local", "external/ext", "10.0.0.11:30080",
                        balanced("VIP", LOCAL)),
                row("the same, no pod on the node", "external/ext", "10.0.0.11:30080",
                        elsewhere("VIP", LOCAL)),
                row("the second call with affinity, the first was to the ClusterIP",
                        "pod/client", "10.0.0.11:30080",
                        balanced("VIP", "sessionAffinity: ClientIP"))
                        .asked(ModesAndVersionsTest::secondCall));
    }

    private static List<Row> balancers() {
        return List.of(
                row("a pod to a load balancer's address", "pod/client", VIP,
                        balanced("VIP", "")),
                row("the same with `ipMode: Proxy`", "pod/client", VIP, balanced("Proxy", "")),
                row("a pod to such an address, Local", "pod/client", VIP,
                        balanced("VIP", LOCAL)),
                row("the same, no pod on the node", "pod/client", VIP, elsewhere("VIP", LOCAL)),
                row("a node to such an address, Local", "node/n1", VIP, balanced("VIP", LOCAL)),
                row("the same, no pod on the node", "node/n1", VIP, elsewhere("VIP", LOCAL)),
                row("a node to such an address without endpoints", "node/n1", VIP, nobody("")),
                row("a pod that source ranges leave out", "pod/client", VIP,
                        balanced("VIP", "loadBalancerSourceRanges: [203.0.113.0/24]")),
                row("the same without endpoints", "pod/client", VIP,
                        nobody("loadBalancerSourceRanges: [203.0.113.0/24]")),
                row("a node that source ranges leave out", "node/n1", VIP,
                        balanced("VIP", "loadBalancerSourceRanges: [203.0.113.0/24]")),
                row("a health check node port", "external/ext", "10.0.0.11:32000",
                        balanced("VIP", LOCAL + ", healthCheckNodePort: 32000")),
                row("the same, no pod on the node", "external/ext", "10.0.0.11:32000",
                        elsewhere("VIP", LOCAL + ", healthCheckNodePort: 32000")));
    }

    private static List<Row> endpoints() {
        return List.of(
                row("an external IP, a pod", "pod/client", "192.0.2.9:80",
                        service("externalIPs: [192.0.2.9]")),
                row("`trafficDistribution: PreferClose`, a pod in the zone", "pod/client",
                        "10.96.0.10:80", service("trafficDistribution: PreferClose")),
                row("`PreferSameZone`, a pod in the zone", "pod/client", "10.96.0.10:80",
                        service("trafficDistribution: PreferSameZone")),
                row("`PreferSameNode`, a pod on the node", "pod/client", "10.96.0.10:80",
                        service("trafficDistribution: PreferSameNode")),
                row("hints of one zone that name nodes, too", "pod/client", "10.96.0.10:80",
                        slices("ready: true", "forNodes: [{name: n%s}]")),
                row("all pods terminate, and serve", "pod/client", "10.96.0.10:80",
                        slices("ready: false, serving: true, terminating: true", "")),
                row("all pods terminate, none serves", "pod/client", "10.96.0.10:80",
                        slices("ready: false, serving: false, terminating: true", "")));
    }

    /** Pods as the endpoints of a Service without a selector, each with conditions and hints. */
    private static UnaryOperator<ClusterText> slices(String conditions, String hints) {
        String endpoint = "{addresses: [10.244.%1$s.%2$s], nodeName: n%1$s, conditions: {"
                + conditions + "}" + (hints.isEmpty() ? ""
                        : ", hints: {forZones: [{name: z2}], "
                                + hints.replace("%s", "%1$s") + "}")
                + "}";
        return text -> pods(text).document("""
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {clusterIP: 10.96.0.10, ports: [{port: 80, targetPort: 8080}]}
                """).document("""
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: web-1, labels: {kubernetes.io/service-name: web}}
                addressType: IPv4
                ports: [{port: 8080}]
                endpoints: [%s, %s]
                """.formatted(endpoint.formatted("1", "11"), endpoint.formatted("2", "10")));
    }

    private static List<Row> overIpv6() {
        UnaryOperator<ClusterText> v6 = text -> pods(text).document("""
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec:
                  type: NodePort
                  clusterIP: "fd00:10:96::10"
                  ipFamilies: [IPv6]
                  selector: {app: web}
                  ports: [{port: 80, targetPort: 8080, nodePort: 30080}]
                """);
        return List.of(
                row("IPv6: a pod to a ClusterIP", "pod/client", "[fd00:10:96::10]:80", v6).dual(),
                row("IPv6: a node to a ClusterIP", "node/n1", "[fd00:10:96::10]:80", v6).dual(),
                row("IPv6: a ClusterIP's other port", "pod/client", "[fd00:10:96::10]:81", v6)
                        .dual(),
                row("IPv6: another node to a node port", "node/n2", "[fd00:10::11]:30080", v6)
                        .dual(),
                row("IPv6: a node port at ::1", "node/n1", "[::1]:30080", v6).dual());
    }

    private static List<Row> inTime() {
        return List.of(
                row("a UDP sender whose Service loses its last pod", "pod/client",
                        "10.96.0.10:80", text -> text.pod("web-2", "n2", "web")
                                .service("web", "web", "10.96.0.10", "")
                                .at("10s", "delete: pod/web-2"))
                        .asked(
                                ModesAndVersionsTest::sender),
                row("a UDP sender whose pod goes, and another is left", "pod/client",
                        "10.96.0.10:80", text -> text.pod("web-2", "n2", "web")
                                .service("web", "web", "10.96.0.10", "")
                                .at("5s", ADDED).at("10s", "delete: pod/web-2"))
                        .asked(
                                ModesAndVersionsTest::sender),
                row("a UDP sender whose Service is deleted", "pod/client", "10.96.0.10:80",
                        text -> text.pod("web-2", "n2", "web")
                                .service("web", "web", "10.96.0.10", "")
                                .at("10s", "delete: service/web"))
                        .asked(
                                ModesAndVersionsTest::sender));
    }

    private static final String ADDED = "apply: {apiVersion: v1, kind: Pod, metadata: {name: web-1,"
            + " labels: {app: web}}, spec: {nodeName: n1, containers: [{name: main, image: e/m,"
            + " ports: [{containerPort: 8080, protocol: UDP}]}]}}";

    private static String cell(Row row, String mode, int minor) {
        ClusterText text = row.dualStack() ? ClusterText.dualStack(2) : ClusterText.nodes(2);
        text.outside("ext").pod("client", "n1", "client").mode(mode)
                .spec("kubernetesVersion: \"1." + minor + "\"")
                .network("sysctls: {net.ipv4.icmp_ratelimit: 0}");
        return row.question().ask(row.cluster().apply(text), row.from(), row.to());
    }

    /** How the last datagrams of a sender end that never pauses. */
    private static String sender(ClusterText text, String from, String to) {
        text.at("0s", "send: {flow: f, from: " + from + ", to: \"" + to
                + "\", protocol: UDP, sourcePort: 40000, count: 40, every: 2s,"
                + " timeout: 400ms}");
        return switch (new ScenarioRunner(text.load()).run(RunOptions.OUTCOMES).attempts()
                .getLast().outcome()) {
            case Refused -> "refused";
            case Answered -> "answered";
            default -> "times out";
        };
    }

    /** Whom a client meets that was at the ClusterIP before, over ten seeds. */
    private static String secondCall(ClusterText text, String from, String to) {
        text.flow("other", "pod/web-1", to, 1).flow("first", from, "10.96.0.10:80", 1)
                .at("2s", ClusterText.send("second", from, to, 1, ""));
        LoadedScenario scenario = text.load();
        Set<Boolean> same = new TreeSet<>();
        for (long seed = 1; seed <= 10; seed++) {
            Map<String, String> met = new HashMap<>();
            new ScenarioRunner(scenario).run(new RunOptions(OptionalLong.of(seed), 0)).attempts()
                    .forEach(each -> met.put(each.flow(), String.valueOf(each.endpoint())));
            same.add(Objects.equals(met.get("first"), met.get("second")));
        }
        return same.contains(false) ? "any pod" : "the same pod";
    }

    /** The mode's own warning; nothing where there is none. */
    private static String told(ClusterText text, String from, String to) {
        return text.load().warnings().stream().filter(line -> line.contains("mode"))
                .map(line -> line.substring(line.indexOf("mode"))).findFirst().orElse("nothing");
    }

    private static String odds(ClusterText text, String from, String to) {
        return odds(text.flow("f", from, to, 1));
    }

    private static String datagram(ClusterText text, String from, String to) {
        return odds(text.flow("f", from, to, 1, "protocol: UDP"));
    }

    private static String odds(ClusterText text) {
        return Loaded.of(text.yaml()).map(ModesAndVersionsTest::odds)
                .orElse("the API server refuses it");
    }

    private static String odds(LoadedScenario scenario) {
        FlowOdds odds = new ScenarioRunner(scenario).odds(null).flows().getFirst();
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
            case Unreachable -> "is not sent";
            default -> key.outcome().name();
        };
    }

    private static String served(ResultKey key) {
        String source = String.valueOf(key.source()).replace("10.244.1.1/", "").replaceAll(
                "^10\\.0\\.0\\.1[12]$", "node").replaceAll("^10\\.244\\.[12]\\.1$", ".1")
                .replaceAll("^fd00:10::1[12]$", "node")
                .replaceAll("^fd00:10:244:[12]::1$", ".1");
        if (key.outcome() == Outcome.Answered && !key.endpoint().contains("/")) {
            return "by kube-proxy";
        }
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
