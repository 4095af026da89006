package dev.podhop.kubeproxy.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Service;
import dev.podhop.kubeproxy.Corpus;
import dev.podhop.kubeproxy.CorpusObjects;
import dev.podhop.kubeproxy.FakePacket;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.ProxyTables;
import dev.podhop.kubeproxy.ProxyVersion;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.netfilter.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every flow that kube-proxy's own unit tests trace through its iptables rules. Upstream's tracer
 * runs all chains for every packet; so these are asked at INPUT, FORWARD and OUTPUT in turn.
 */
class CorpusFlowsTest {

    @TestFactory
    Stream<DynamicTest> flowsEndWhereUpstreamSaysTheyEnd() {
        return cases().stream().flatMap(test -> Corpus.list(test.facts.path("flows")).stream()
                .map(flow -> DynamicTest.dynamicTest(test.name + ": " + flow.get("name").asString(),
                        () -> check(test, flow))));
    }

    @Test
    void everyFlowOfTheCorpusIsRead() {
        assertThat(cases().stream().mapToInt(test -> test.facts.path("flows").size()).sum())
                .isEqualTo(247);
    }

    @TestFactory
    Stream<DynamicTest> theMartianGuardStandsWhereLocalhostNodePortsAreInForce() {
        return cases().stream().filter(test -> test.facts.has("facts"))
                .map(test -> DynamicTest.dynamicTest(test.name, () -> assertThat(
                        program(test).ruleset().save().contains("block incoming localnet"))
                        .isEqualTo(test.facts.path("facts")
                                .path("antiMartianLocalnetDropRule").asBoolean())));
    }

    private record Case(String name, JsonNode facts) {}

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String file : Corpus.files("iptables_")) {
            JsonNode facts = Corpus.read(file);
            if (facts.has("kind")) {
                continue;
            }
            if (!facts.has("cases")) {
                cases.add(new Case(file, facts));
            }
            for (JsonNode own : facts.path("cases")) {
                ObjectNode merged = ((ObjectNode) facts.deepCopy());
                ObjectNode node = (ObjectNode) merged.get("node");
                own.properties().forEach(entry -> {
                    if (entry.getKey().equals("node")) {
                        node.setAll((ObjectNode) entry.getValue());
                    } else {
                        merged.set(entry.getKey(), entry.getValue());
                    }
                });
                cases.add(new Case(file + ", " + own.get("name").asString(), merged));
            }
        }
        return cases;
    }

    private static IptablesProgram program(Case test) {
        List<Service> services = Corpus.list(test.facts.path("services")).stream()
                .map(CorpusObjects::service).toList();
        List<EndpointSlice> slices = new ArrayList<>();
        for (JsonNode slice : test.facts.path("endpoints")) {
            slices.add(CorpusObjects.slice(slice, slices.size()));
        }
        JsonNode node = test.facts.get("node");
        IpFamily family = IpFamily.valueOf(node.get("family").asString());
        ProxyTables tables = ProxyTables.of(ProxyVersion.NEWEST, services, slices);
        return IptablesProgram.of(tables.of(family), FamilyNode.of(family,
                CorpusObjects.node(node), CorpusObjects.config(node)), CorpusObjects.config(node));
    }

    private static void check(Case test, JsonNode flow) {
        IptablesProgram program = program(test);
        Set<String> endpoints = new TreeSet<>();
        String outcome = "NONE";
        boolean masquerade = false;
        int choices = 1;
        for (int choice = 0; choice < choices; choice++) {
            FakePacket packet = packet(test.facts.get("node"), flow);
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

    private static FakePacket packet(JsonNode node, JsonNode flow) {
        FakePacket packet = new FakePacket();
        packet.from(flow.get("sourceIP").asString()).to(flow.get("destIP").asString(),
                flow.get("destPort").asInt());
        packet.protocol = L4Protocol.valueOf(flow.get("protocol").asString());
        Corpus.texts(node.path("localIPs")).forEach(ip -> packet.local.add(IpAddress.of(ip)));
        packet.hook = packet.isLocalAddress(packet.source) ? Hook.OUTPUT : Hook.PREROUTING;
        return packet;
    }
}
