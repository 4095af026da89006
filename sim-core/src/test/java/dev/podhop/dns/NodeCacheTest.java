package dev.podhop.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlReader;
import dev.podhop.net.IpAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pods are NodeLocal DNSCaches, and what their flags and Corefile say. */
class NodeCacheTest {

    private static Optional<NodeCache> read(boolean hostNetwork, String words) {
        Problems problems = new Problems();
        String yaml = """
                apiVersion: v1
                kind: Pod
                metadata: {name: cache, namespace: kube-system}
                spec:
                  hostNetwork: %s
                  containers:
                  - {name: sidecar, image: i}
                  - {name: node-cache, image: i, %s}
                """.formatted(hostNetwork, words);
        Pod pod = (Pod) ManifestReader.read(YamlReader.read("f.yaml", yaml, problems), problems)
                .objects().getFirst();
        return NodeCache.of(pod);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "args: [-localip, \"169.254.20.10,10.96.0.10\"]"
                + " | 169.254.20.10, 10.96.0.10 | | 8080 | false",
        "args: [\"-localip=169.254.25.10\", \"-upstreamsvc=coredns\"]"
                + " | 169.254.25.10 | coredns | 8080 | false",
        "args: [--localip, 169.254.20.10, --skipteardown, -health-port, \"8081\"]"
                + " | 169.254.20.10 | | 8081 | true",
        "command: [/node-cache, -localip, \"fd00::a\"], args: [\"-skipteardown=false\"]"
                + " | fd00::a | | 8080 | false",
    })
    void flagsAreReadAsGoReadsThem(String words, String addresses, String upstream, int health,
            boolean stays) {
        NodeCache cache = read(true, words).orElseThrow();

        assertThat(cache.container()).isEqualTo("node-cache");
        assertThat(cache.addresses()).extracting(IpAddress::toString)
                .isEqualTo(List.of(addresses.split(", ")));
        assertThat(cache.upstream()).isEqualTo(upstream == null ? "" : upstream);
        assertThat(cache.healthPort()).isEqualTo(health);
        assertThat(cache.staysBehind()).isEqualTo(stays);
    }

    @Test
    void otherPodsAreNone() {
        assertThat(read(true, "args: [-conf, /etc/Corefile]")).isEmpty();
        assertThat(read(true, "args: [-localip, __PILLAR__LOCAL__DNS__]")).isEmpty();
        assertThat(read(false, "args: [-localip, 169.254.20.10]")).isEmpty();
    }

    /** Each is inserted at the top, so that they stand the other way round. */
    @Test
    void rulesStandAsIptablesSavePrintsThem() {
        NodeCache cache = read(true, "args: [-localip, \"169.254.20.10,10.96.0.10\"]")
                .orElseThrow();
        List<NodeCacheRules.Printed> rules = new NodeCacheRules(cache).rules();

        assertThat(rules).hasSize(24);
        assertThat(rules).filteredOn(r -> r.chain().equals("PREROUTING"))
                .allMatch(r -> r.table().equals("raw")).extracting(NodeCacheRules.Printed::text)
                .containsExactly(untracked("-d 10.96.0.10/32 -p udp -m udp --dport 53"),
                        untracked("-d 10.96.0.10/32 -p tcp -m tcp --dport 53"),
                        untracked("-d 169.254.20.10/32 -p udp -m udp --dport 53"),
                        untracked("-d 169.254.20.10/32 -p tcp -m tcp --dport 53"));
        assertThat(rules).filteredOn(r -> r.table().equals("raw") && r.chain().equals("OUTPUT"))
                .extracting(NodeCacheRules.Printed::text).hasSize(12)
                .startsWith(untracked("-s 10.96.0.10/32 -p tcp -m tcp --sport 8080"));
        assertThat(rules).filteredOn(r -> r.table().equals("filter"))
                .extracting(NodeCacheRules.Printed::chain)
                .containsOnly("INPUT", "OUTPUT");
    }

    private static String untracked(String match) {
        return match + " -m comment --comment \"NodeLocal DNS Cache: skip conntrack\" -j NOTRACK";
    }

    /** Names of the cluster go to the Service over TCP, all others to whom the node asks. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', value = {
        "web.default.svc.cluster.local | true  | true  | 30",
        "10.1.168.192.in-addr.arpa     | true  | true  | 30",
        "api.example.com               | false | false | 30",
    })
    void theManifestsCorefile(String name, boolean upstream, boolean tcp, int most) {
        CacheBlocks.Block block = block(CacheBlocks.usual(), name);

        assertThat(block.upstream()).isEqualTo(upstream);
        assertThat(block.tcp()).isEqualTo(tcp);
        assertThat(block.plugins().positive().mostSeconds()).isEqualTo(most);
        assertThat(block.plugins().negative().mostSeconds())
                .isEqualTo(name.endsWith(".local") ? 5 : most);
    }

    @Test
    void aCorefileOfItsOwn() {
        CacheBlocks.Block block = block("""
                corp.example {
                    cache 3600 # an hour
                    forward . dns://10.1.2.3 {
                        prefer_udp
                    }
                }
                .:53 { # the rest
                    forward . /etc/resolv.conf
                }
                """, "wiki.corp.example");

        assertThat(block.address()).hasToString("10.1.2.3");
        assertThat(block.tcp()).isFalse();
        assertThat(block.plugins().positive().seconds("wiki.corp.example", 300)).isEqualTo(300);
    }

    private static CacheBlocks.Block block(String text, String name) {
        return CacheBlocks.parse(text, "cluster.local").stream()
                .filter(b -> b.holds(name) >= 0)
                .max((a, b) -> Integer.compare(a.holds(name), b.holds(name))).orElseThrow();
    }
}
