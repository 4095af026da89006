package dev.podhop.kubeproxy.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.kubeproxy.Corpus;
import dev.podhop.kubeproxy.CorpusCase;
import dev.podhop.kubeproxy.FakePacket;
import dev.podhop.kubeproxy.ProxyMode;
import dev.podhop.net.Hook;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * Every flow that kube-proxy's own unit tests trace through its nftables rules. Upstream's tracer
 * runs the chains of PREROUTING, then those of INPUT, FORWARD and OUTPUT, for every packet.
 */
class NftablesCorpusTest {

    @TestFactory
    Stream<DynamicTest> flowsEndWhereUpstreamSaysTheyEnd() {
        // the gate of KEP-1860 is locked on since 1.32: Podhop has no case without it
        return CorpusCase.of("nftables_").stream()
                .filter(test -> test.node().path("featureGates").path("LoadBalancerIPMode")
                        .asBoolean(true))
                .flatMap(test -> test.flows().stream()
                        .map(flow -> DynamicTest.dynamicTest(
                                test.name() + ": " + flow.get("name").asString(),
                                () -> check(test, flow))));
    }

    @Test
    void everyFlowOfTheCorpusIsRead() {
        assertThat(CorpusCase.of("nftables_").stream().mapToInt(test -> test.flows().size())
                .sum()).isGreaterThan(70);
    }

    private static void check(CorpusCase test, JsonNode flow) {
        NftablesProgram program = NftablesProgram.of(test.table(),
                test.familyNode(ProxyMode.NFTABLES), test.config(ProxyMode.NFTABLES));
        Set<String> endpoints = new TreeSet<>();
        String outcome = "NONE";
        boolean masquerade = false;
        int choices = 1;
        for (int choice = 0; choice < choices; choice++) {
            FakePacket packet = test.packet(flow);
            packet.choice = choice;
            Verdict verdict = ask(program, Hook.PREROUTING, packet);
            if (verdict.action == Verdict.Action.CONTINUE) {
                verdict = Stream.of(Hook.INPUT, Hook.FORWARD, Hook.OUTPUT)
                        .map(hook -> ask(program, hook, packet))
                        .filter(each -> each.action == Verdict.Action.DROP
                                || each.action == Verdict.Action.REJECT)
                        .findFirst().orElseGet(Verdict::new);
            }
            outcome = verdict.action == Verdict.Action.CONTINUE ? "NONE" : verdict.action.name();
            if (verdict.action == Verdict.Action.DNAT) {
                choices = packet.possibilities;
                endpoints.add(verdict.address.withPort(verdict.port));
                packet.destination = verdict.address;
                packet.mark = verdict.mark;
                masquerade |= ask(program, Hook.POSTROUTING,
                        packet).action == Verdict.Action.MASQUERADE;
            }
        }
        JsonNode expect = flow.get("expect");
        assertThat(outcome).isEqualTo(expect.get("outcome").asString());
        assertThat(endpoints)
                .containsExactlyInAnyOrderElementsOf(Corpus.texts(expect.path("endpoints")));
        assertThat(masquerade).isEqualTo(expect.get("masquerade").asBoolean());
    }

    /** All chains of a hook, by priority, until one decides. */
    private static Verdict ask(NftablesProgram program, Hook hook, FakePacket packet) {
        packet.hook = hook;
        List<BaseChain> chains = program.chains().stream().filter(chain -> chain.hook() == hook)
                .sorted(Comparator.comparingInt(BaseChain::priority)).toList();
        Verdict verdict = new Verdict();
        for (BaseChain chain : chains) {
            verdict.begin(packet.mark);
            chain.rules().ask(packet, verdict);
            if (verdict.action != Verdict.Action.CONTINUE) {
                break;
            }
        }
        return verdict;
    }
}
