package dev.podhop.kubeproxy.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.kubeproxy.Corpus;
import dev.podhop.kubeproxy.CorpusCase;
import dev.podhop.kubeproxy.FakePacket;
import dev.podhop.kubeproxy.ProxyMode;
import dev.podhop.net.Hook;
import dev.podhop.netstack.netfilter.Verdict;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * Every flow that kube-proxy's own unit tests trace through its iptables rules. Upstream's tracer
 * runs all chains for every packet; so these are asked at INPUT, FORWARD and OUTPUT in turn.
 */
class CorpusFlowsTest {

    @TestFactory
    Stream<DynamicTest> flowsEndWhereUpstreamSaysTheyEnd() {
        return CorpusCase.of("iptables_").stream().flatMap(test -> test.flows().stream()
                .map(flow -> DynamicTest.dynamicTest(
                        test.name() + ": " + flow.get("name").asString(),
                        () -> check(test, flow))));
    }

    @Test
    void everyFlowOfTheCorpusIsRead() {
        assertThat(CorpusCase.of("iptables_").stream().mapToInt(test -> test.flows().size())
                .sum())
                .isEqualTo(247);
    }

    @TestFactory
    Stream<DynamicTest> theMartianGuardStandsWhereLocalhostNodePortsAreInForce() {
        return CorpusCase.of("iptables_").stream().filter(test -> test.facts().has("facts"))
                .map(test -> DynamicTest.dynamicTest(test.name(), () -> assertThat(
                        program(test).ruleset().save().contains("block incoming localnet"))
                        .isEqualTo(test.facts().path("facts")
                                .path("antiMartianLocalnetDropRule").asBoolean())));
    }

    private static IptablesProgram program(CorpusCase test) {
        return IptablesProgram.of(test.table(), test.familyNode(ProxyMode.IPTABLES),
                test.config(ProxyMode.IPTABLES));
    }

    private static void check(CorpusCase test, JsonNode flow) {
        IptablesProgram program = program(test);
        Set<String> endpoints = new TreeSet<>();
        String outcome = "NONE";
        boolean masquerade = false;
        int choices = 1;
        for (int choice = 0; choice < choices; choice++) {
            FakePacket packet = test.packet(flow);
            packet.choice = choice;
            Verdict verdict = ask(packet);
            program.translate(packet, verdict);
            packet.mark = verdict.mark;
            if (verdict.action == Verdict.Action.DNAT) {
                outcome = "DNAT";
                choices = packet.possibilities;
                endpoints.add(verdict.address.withPort(verdict.port));
                packet.destination = verdict.address;
                packet.hook = Hook.POSTROUTING;
                verdict = ask(packet);
                program.source(packet, verdict);
                masquerade |= verdict.action == Verdict.Action.MASQUERADE;
            } else {
                outcome = filtered(program, packet);
            }
        }
        JsonNode expect = flow.get("expect");
        assertThat(outcome).isEqualTo(expect.get("outcome").asString());
        assertThat(endpoints)
                .containsExactlyInAnyOrderElementsOf(Corpus.texts(expect.path("endpoints")));
        assertThat(masquerade).isEqualTo(expect.get("masquerade").asBoolean());
    }

    private static String filtered(IptablesProgram program, FakePacket packet) {
        for (Hook hook : List.of(Hook.INPUT, Hook.FORWARD, Hook.OUTPUT)) {
            packet.hook = hook;
            Verdict verdict = ask(packet);
            program.filter(packet, verdict);
            if (verdict.action != Verdict.Action.CONTINUE) {
                return verdict.action.name();
            }
        }
        return "NONE";
    }

    private static Verdict ask(FakePacket packet) {
        Verdict verdict = new Verdict();
        verdict.begin(packet.mark);
        return verdict;
    }
}
