package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podhop.run.result.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whom the server takes its client for, and who counts as local.
 *
 * <pre>
 *   n1 10.0.0.11: client .10, web-1 .11     n2 10.0.0.12: web-2 .10     n3 10.0.0.13: far .10
 * </pre>
 */
class SourceAddressTest {

    private static ClusterText cluster(String policies) {
        return ClusterText.nodes(3).pod("client", "n1", "client").pod("web-1", "n1", "web")
                .pod("web-2", "n2", "web").pod("far", "n3", "client")
                .balanced("web", "web", "10.96.0.10", "Proxy", policies).outside("ext");
    }

    /**
     * A routed pod's veth has no address of its own: MASQUERADE takes the node's for a pod of the
     * same node too, where a bridge would lend its own.
     */
    @ParameterizedTest(name = "{0}, {1} to {2}: {3}")
    @CsvSource(delimiter = '|', value = {
        "bridge | external/ext | 10.0.0.11:30080 | pod/web-1 10.244.1.1;pod/web-2 10.0.0.11",
        "routed | external/ext | 10.0.0.11:30080 | pod/web-1 10.0.0.11;pod/web-2 10.0.0.11",
        "bridge | node/n1      | 10.0.0.11:30080 | pod/web-1 10.244.1.1;pod/web-2 10.0.0.11",
        "routed | node/n1      | 10.0.0.11:30080 | pod/web-1 10.0.0.11;pod/web-2 10.0.0.11",
        "bridge | node/n1      | 127.0.0.1:30080 | pod/web-1 10.244.1.1;pod/web-2 10.0.0.11",
        "routed | node/n1      | 127.0.0.1:30080 | pod/web-1 10.0.0.11;pod/web-2 10.0.0.11",
        // a pod's call to a ClusterIP keeps its source
        "bridge | pod/far      | 10.96.0.10:80   | pod/web-1 10.244.3.10;pod/web-2 10.244.3.10",
        "routed | pod/far      | 10.96.0.10:80   | pod/web-1 10.244.3.10;pod/web-2 10.244.3.10",
        // a pod that meets itself is masqueraded, and only then
        "bridge | pod/web-1    | 10.96.0.10:80   | pod/web-1 10.244.1.1;pod/web-2 10.244.1.11",
        "routed | pod/web-1    | 10.96.0.10:80   | pod/web-1 10.0.0.11;pod/web-2 10.244.1.11",
    })
    void seenByTheServer(String attachment, String from, String to, String halves) {
        Answers answers = Answers.of(cluster("").network("podAttachment: " + attachment)
                .flow("f", from, to, 1));

        String[] each = halves.split(";");
        assertThat(answers.odds("f")).containsExactlyInAnyOrder("1/2 Answered " + each[0],
                "1/2 Answered " + each[1]);
    }

    /** What has no address is told with what to call instead. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', value = {
        "service/none:80 | headless, it has no ClusterIP; expected its name, none.default:80",
        "service/far:80  | ExternalName, which has no address; expected its name, far.default:80"})
    void aServiceWithoutAnAddress(String to, String message) {
        Answers answers = Answers.of(cluster("").document("""
                apiVersion: v1
                kind: Service
                metadata: {name: none}
                spec: {clusterIP: None, selector: {app: web}, ports: [{port: 80}]}
                """).document("""
                apiVersion: v1
                kind: Service
                metadata: {name: far}
                spec: {type: ExternalName, externalName: far.example.com, ports: [{port: 80}]}
                """).flow("f", "pod/client", to, 1));

        assertThatThrownBy(() -> answers.odds("f")).isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    /**
     * A plugin with blocks of its own gives a pod of n3 an address of n2's podCIDR: the way to it
     * is a route of its own, on a shared segment too.
     */
    @ParameterizedTest(name = "{0}, ipMasq {1}: {2}")
    @CsvSource({"vpc, false, 10.244.1.10", "l2, false, 10.244.1.10", "l2, true, 10.244.1.10"})
    void aPodWithAnAddressOfAnotherNodesRange(String fabric, boolean masquerade, String source) {
        Answers answers = Answers.of(cluster("").document("""
                apiVersion: v1
                kind: Pod
                metadata: {name: guest}
                spec:
                  nodeName: n3
                  containers: [{name: main, image: example/main, ports: [{containerPort: 8080}]}]
                status: {podIP: 10.244.2.200}
                """).network("podAttachment: routed").network("fabric: " + fabric)
                .network("ipMasq: " + masquerade)
                .flow("f", "pod/client", "10.244.2.200:8080", 1));

        assertThat(answers.odds("f")).containsExactly("Answered pod/guest " + source);
    }

    /**
     * An answer for a routed pod is routed even to a neighbour on its node: nothing like a bridge
     * lets it slip past netfilter.
     */
    @ParameterizedTest(name = "{0}, bridge-nf {1}: {2}")
    @CsvSource({"bridge, 0, 1/2 TimedOut", "bridge, 1, 1/2 Answered pod/web-1 10.244.1.10",
        "routed, 0, 1/2 Answered pod/web-1 10.244.1.10"})
    void aRoutedPodsAnswerNeverSlipsPast(String attachment, int bridgeNf, String neighbour) {
        Answers answers = Answers.of(cluster("").network("podAttachment: " + attachment)
                .network("sysctls: {net.bridge.bridge-nf-call-iptables: " + bridgeNf + "}")
                .flow("f", "pod/client", "10.96.0.10:80", 1));

        assertThat(answers.odds("f")).contains(neighbour);
    }

    /**
     * The client's call comes back to its own node, n1, or to n2, by the balancer. Who finds a
     * pod's source local takes it to all endpoints, though the policy is Local.
     */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', value = {
        "ClusterCIDR          | 3/4 TimedOut;1/4 Answered pod/web-2 10.244.1.10",
        // only n1's own podCIDR is local to n1
        "NodeCIDR             | 1/2 TimedOut;1/2 Answered pod/web-2 10.244.1.10",
    })
    void whoIsLocal(String detector, String odds) {
        Answers answers = Answers.of(cluster("externalTrafficPolicy: Local")
                .kubeProxy("detectLocalMode: " + detector)
                .flow("f", "pod/client", "198.51.100.7:80", 1));

        assertThat(answers.odds("f")).containsExactlyInAnyOrder(odds.split(";"));
    }

    /**
     * With masqueradeAll off, a ClusterIP called from where kube-proxy does not find pods is
     * masqueraded; a node's podCIDR decides, or the cluster's, or a device.
     */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', value = {
        "detectLocalMode: ClusterCIDR | 10.244.1.10",
        "detectLocalMode: NodeCIDR    | 10.244.1.10",
        "detectLocalMode: BridgeInterface,detectLocal: {bridgeInterface: cni0} | 10.244.1.10",
        "detectLocalMode: BridgeInterface,detectLocal: {bridgeInterface: br9}  | 10.0.0.11",
        "detectLocalMode: InterfaceNamePrefix,detectLocal: {interfaceNamePrefix: cni} "
                + "| 10.244.1.10",
        "iptables: {masqueradeAll: true} | 10.0.0.11",
    })
    void whoIsMasqueradedOnTheWayToAClusterIp(String lines, String source) {
        ClusterText text = cluster("").flow("f", "pod/client", "10.96.0.10:80", 1);
        for (String line : lines.split(",(?=detectLocal:)")) {
            text.kubeProxy(line);
        }

        assertThat(Answers.of(text).odds("f")).contains("1/2 Answered pod/web-2 " + source);
    }

    /** A call that INPUT delivers passes no POSTROUTING: what was marked is not masqueraded. */
    @Test
    void aBackendInTheNodesNetworkSeesTheClientWhereverItsOwnNodeIsCalled() {
        ClusterText text = ClusterText.nodes(2).hostPod("web-1", "n1", "web")
                .balanced("web", "web", "10.96.0.10", "Proxy", "").outside("ext")
                .flow("own", "external/ext", "10.0.0.11:30080", 1)
                .flow("other", "external/ext", "10.0.0.12:30080", 1);
        Answers answers = Answers.of(text);

        assertThat(answers.odds("own")).containsExactly("Answered pod/web-1 203.0.113.2");
        assertThat(answers.odds("other")).containsExactly("Answered pod/web-1 10.0.0.12");
    }

    /** The balancer's own word for its loop, over UDP: who hears an answer from a stranger? */
    @ParameterizedTest(name = "connected {0}: {1}")
    @CsvSource(delimiter = '|', value = {"true | 1/3 TimedOut", "false | Answered"})
    void aDatagramsAnswerFromTheWrongAddress(boolean connected, String odds) {
        Answers answers = Answers.of(ClusterText.nodes(3).pod("client", "n1", "client")
                .pod("web-3", "n3", "web").balanced("web", "web", "10.96.0.10", "Proxy", "")
                .flow("f", "pod/client", "198.51.100.7:80", 9, "protocol: UDP, connected: "
                        + connected));

        assertThat(answers.odds("f").stream().map(line -> line.replaceAll(" pod/.*", "")))
                .contains(connected ? odds : "1/3 " + odds)
                .allMatch(line -> connected || line.endsWith(odds));
        if (connected) {
            assertThat(Answers.story(answers.traced().hops())).anyMatch(line -> line
                    .matches("client UDP 10.0.0.11:30081 > 10.244.1.10:\\d+: NO_SOCKET"));
        }
    }
}
