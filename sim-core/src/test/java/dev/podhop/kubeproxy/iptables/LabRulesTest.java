package dev.podhop.kubeproxy.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.Node;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.LabCase;
import dev.podhop.kubeproxy.ProxyTables;
import dev.podhop.net.IpFamily;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A node's rules, line by line what kube-proxy 1.30.3 wrote into a real kernel. */
class LabRulesTest {

    /** kube-proxy walks a Go map of Services: these chains have a random order. */
    private static final Set<String> UNORDERED = Set.of("KUBE-SERVICES", "KUBE-NODEPORTS",
            "KUBE-EXTERNAL-SERVICES", "KUBE-PROXY-FIREWALL");

    @TestFactory
    Stream<DynamicTest> everyNodeHasTheRulesThatTheKernelHad() {
        return LabCase.names().stream().map(LabCase::read).flatMap(test -> test.nodes().stream()
                .map(node -> DynamicTest.dynamicTest(test + ", " + node.metadata().name(),
                        () -> assertThat(normal(render(test, node))).containsExactlyElementsOf(
                                normal(test.observed(node.metadata().name()))))));
    }

    @Test
    void thereAreCasesToCompare() {
        assertThat(LabCase.names().size()).isGreaterThanOrEqualTo(31);
    }

    private static String render(LabCase test, Node node) {
        ProxyTables tables = test.tables();
        String v4 = save(test, node, tables, IpFamily.IPv4);
        if (!test.observed(node.metadata().name()).startsWith("# iptables-save")) {
            return v4;
        }
        return "# iptables-save\n" + v4 + "# ip6tables-save\n"
                + save(test, node, tables, IpFamily.IPv6);
    }

    private static String save(LabCase test, Node node, ProxyTables tables, IpFamily family) {
        FamilyNode own = FamilyNode.of(family, test.node(node), test.config());
        IptablesRuleset ruleset = IptablesProgram.of(tables.of(family), own, test.config())
                .ruleset();
        if (test.ipMasq()) {
            ruleset = ruleset.with("nat", "POSTROUTING", List.of("-s " + node.podCIDRs().getFirst()
                    + " ! -d " + test.config().clusterCidrs().getFirst() + " -j MASQUERADE"));
        }
        return ruleset.save();
    }

    /** The lines, those of each unordered chain sorted. */
    private static List<String> normal(String save) {
        List<String> lines = new ArrayList<>();
        List<String> chainLines = new ArrayList<>();
        String chain = "";
        for (String line : save.lines().toList()) {
            String own = line.startsWith("-A ") ? line.split(" ")[1] : "";
            if (!own.equals(chain)) {
                lines.addAll(chainLines);
                chainLines.clear();
                chain = own;
            }
            chainLines.add(line);
            if (UNORDERED.contains(chain)) {
                Collections.sort(chainLines);
            }
        }
        lines.addAll(chainLines);
        return lines;
    }
}
