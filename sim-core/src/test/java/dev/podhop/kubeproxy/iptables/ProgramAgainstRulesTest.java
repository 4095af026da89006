package dev.podhop.kubeproxy.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.kubeproxy.FakePacket;
import dev.podhop.kubeproxy.KubeProxyReason;
import dev.podhop.kubeproxy.RandomCluster;
import dev.podhop.net.Hook;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.packet.CtState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The program finds its answers by hashing; the rules it prints are walked one by one. Over many
 * small clusters and packets both must say the same, and the trace must quote what the walk met.
 */
class ProgramAgainstRulesTest {

    private static final int CLUSTERS = 400;
    private static final int PACKETS = 150;

    private final Map<String, Integer> seen = new HashMap<>();
    private final Set<String> codes = new TreeSet<>();

    @Test
    void theProgramDoesWhatItsRulesSay() {
        for (int seed = 0; seed < CLUSTERS; seed++) {
            RandomCluster cluster = new RandomCluster(seed);
            IptablesProgram program = IptablesProgram.of(cluster.table, cluster.node,
                    cluster.config);
            RuleWalker walker = new RuleWalker(program.ruleset().save());
            FakePacket traced = new FakePacket();
            FakePacket silent = new FakePacket();
            silent.tracing = false;
            FakePacket walked = new FakePacket();
            for (int i = 0; i < PACKETS; i++) {
                fill(cluster, traced, i);
                copy(traced, silent);
                copy(traced, walked);
                check(program, walker, List.of(traced, silent, walked), seed);
            }
        }
        assertThat(seen).as("what was compared")
                .containsKeys("nat DNAT", "nat CONTINUE", "filter DROP", "filter REJECT",
                        "filter ACCEPT", "filter CONTINUE", "nat MASQUERADE");
        assertThat(seen.get("nat DNAT")).isGreaterThan(1000);
        Set<KubeProxyReason> others = Set.of(KubeProxyReason.REJECT_WRONG_PORT,
                KubeProxyReason.DROP_UNALLOCATED, KubeProxyReason.SOURCE_RANGES_ASKED,
                KubeProxyReason.EXTERNAL_LOCAL_KEPT, KubeProxyReason.REJECT_NOT_SERVED);
        assertThat(codes).as("every reason of this mode is given by somebody")
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(KubeProxyReason.values())
                        .filter(reason -> !others.contains(reason)).map(KubeProxyReason::code)
                        .toList());
    }

    private void check(IptablesProgram program, RuleWalker walker, List<FakePacket> packets,
            int seed) {
        FakePacket packet = packets.getFirst();
        String table = switch (packet.hook) {
            case PREROUTING, POSTROUTING -> "nat";
            case OUTPUT -> packet.ctState == CtState.NEW && packet.mark == 0 ? "nat" : "filter";
            case INPUT, FORWARD -> "filter";
        };
        Verdict verdict = ask(program, packet, table);
        Verdict untraced = ask(program, packets.get(1), table);
        RuleWalker.Outcome outcome = walker.ask(table, packets.getLast());
        String context = "cluster %d: %s %s %s > %s:%d %s mark %x".formatted(seed, table,
                packet.hook, packet.source, packet.destination, packet.destinationPort,
                packet.ctState, packet.mark);
        assertThat(text(verdict)).as(context).isEqualTo(outcome.action() + outcome.target()
                + " mark " + outcome.mark());
        assertThat(text(untraced)).as("without tracing, " + context).isEqualTo(text(verdict));
        assertThat(untraced.costNanos).as(context).isEqualTo(verdict.costNanos);
        List<String> logged = packet.logged.stream().map(FakePacket.Logged::rule).toList();
        if (!logged.isEmpty()) {
            assertThat(outcome.matched()).as(context).containsSubsequence(logged);
        }
        if (verdict.action != Verdict.Action.CONTINUE) {
            assertThat(logged.getLast()).as(context).isEqualTo(outcome.matched().getLast());
        }
        codes.addAll(packet.codes());
        seen.merge(table + " " + verdict.action, 1, Integer::sum);
    }

    private static Verdict ask(IptablesProgram program, FakePacket packet, String table) {
        Verdict verdict = new Verdict();
        verdict.begin(packet.mark);
        if (table.equals("filter")) {
            program.filter(packet, verdict);
        } else if (packet.hook == Hook.POSTROUTING) {
            program.source(packet, verdict);
        } else {
            program.translate(packet, verdict);
        }
        return verdict;
    }

    private static String text(Verdict verdict) {
        String detail = switch (verdict.action) {
            case DNAT -> verdict.address.withPort(verdict.port);
            case MASQUERADE -> verdict.randomFully ? "--random-fully" : "";
            default -> "";
        };
        return verdict.action + detail + " mark " + verdict.mark;
    }

    private static void fill(RandomCluster cluster, FakePacket packet, int i) {
        packet.hook = Hook.values()[i % Hook.values().length];
        packet.protocol = RandomCluster.PROTOCOLS.get(cluster.random.nextInt(3));
        packet.source = cluster.source();
        packet.destination = cluster.destination();
        packet.destinationPort = cluster.destinationPort();
        if (cluster.oneIn(2)) {
            // aim: protocol and port of Service i belong to its addresses
            int service = cluster.random.nextInt(6);
            packet.protocol = RandomCluster.PROTOCOLS.get(service % 3);
            packet.destination = cluster.address(3 + cluster.random.nextInt(3), service + 1);
            packet.destinationPort = 80 + service;
            // a node that has the virtual address bound calls from it
            packet.source = cluster.oneIn(6) ? packet.destination : packet.source;
        }
        packet.ctState = List.of(CtState.NEW, CtState.ESTABLISHED, CtState.RELATED, CtState.INVALID)
                .get(cluster.random.nextInt(4));
        if (packet.hook == Hook.PREROUTING || cluster.oneIn(2)) {
            packet.ctState = CtState.NEW;
        }
        // an INVALID packet belongs to no connection
        packet.ctDnat = packet.ctState != CtState.INVALID && cluster.oneIn(4);
        packet.mark = cluster.oneIn(3) ? 0x4000 | 0x1 : 0;
        packet.inputDevice = switch (packet.hook) {
            case OUTPUT, POSTROUTING -> null;
            default -> List.of("cni0", "eth0", "veth12").get(cluster.random.nextInt(3));
        };
        packet.choice = cluster.random.nextInt(4);
        packet.nowNanos += cluster.random.nextLong(3_000_000_000L);
        packet.local.clear();
        packet.local.addAll(cluster.locals);
        packet.logged.clear();
    }

    private static void copy(FakePacket from, FakePacket to) {
        to.hook = from.hook;
        to.protocol = from.protocol;
        to.source = from.source;
        to.destination = from.destination;
        to.destinationPort = from.destinationPort;
        to.ctState = from.ctState;
        to.ctDnat = from.ctDnat;
        to.mark = from.mark;
        to.inputDevice = from.inputDevice;
        to.choice = from.choice;
        to.nowNanos = from.nowNanos;
        to.local.clear();
        to.local.addAll(from.local);
    }
}
