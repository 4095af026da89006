package dev.podhop.kubeproxy.ipvs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.kubeproxy.FakePacket;
import dev.podhop.kubeproxy.KubeProxyReason;
import dev.podhop.kubeproxy.ProxyMode;
import dev.podhop.kubeproxy.ProxyTables;
import dev.podhop.kubeproxy.ProxyVersion;
import dev.podhop.kubeproxy.RandomCluster;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.kubeproxy.iptables.RuleWalker;
import dev.podhop.net.Hook;
import dev.podhop.net.IpFamily;
import dev.podhop.netstack.ipvs.IpvsTable;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.packet.CtState;
import dev.podhop.packet.Packet;
import dev.podhop.packet.PacketPool;
import dev.podhop.packet.TcpFlags;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The program answers from the Services' table; what the node's tools print is walked rule by rule,
 * set by set, server by server. Over many small clusters and packets both must say the same in
 * every chain, the scheduler chooses what a second reading of the kernel's file chooses, and the
 * trace quotes what the walk met.
 */
class ProgramAgainstDumpTest {

    private static final int CLUSTERS = 400;
    private static final int PACKETS = 150;
    private static final List<ProxyVersion> VERSIONS =
            List.of(ProxyVersion.NEWEST, ProxyVersion.of("1.30"));

    private final PacketPool pool = new PacketPool();
    private final Map<String, Integer> seen = new HashMap<>();
    private final Set<String> codes = new TreeSet<>();

    @Test
    void theProgramDoesWhatTheNodesToolsPrint() {
        for (int seed = 0; seed < CLUSTERS; seed++) {
            RandomCluster cluster = new RandomCluster(seed, ProxyMode.IPVS, VERSIONS);
            IpvsState state = new IpvsProxier(cluster.facts, cluster.config)
                    .sync(tables(cluster), null);
            IpvsTable kernel = new IpvsTable();
            kernel.apply(state.virtualServers(), List.of(), 0);
            NodeDump dump = new NodeDump(kernel.save(0), state.ruleText(List.of()));
            SecondReading schedulers = new SecondReading(dump);
            FakePacket packet = new FakePacket();
            for (int i = 0; i < PACKETS; i++) {
                fill(cluster, dump, packet, Hook.values()[i % Hook.values().length]);
                String context = "cluster %d: %s %s %s > %s:%d %s mark %x".formatted(seed,
                        packet.hook, packet.protocol, packet.source, packet.destination,
                        packet.destinationPort, packet.ctState, packet.mark);
                state.program().chains().stream()
                        .filter(chain -> chain.family() == cluster.family
                                && chain.hook() == packet.hook)
                        .forEach(chain -> check(chain, dump, packet, context));
                schedule(kernel, schedulers, packet, context);
            }
        }
        assertThat(seen.keySet()).as("what was compared").contains("nat continue", "nat accept",
                "nat masquerade", "filter continue", "filter accept", "filter drop",
                "filter reject", "ipvs rr", "ipvs wrr", "ipvs lc", "ipvs wlc", "ipvs sh",
                "ipvs dh", "ipvs mh", "ipvs sed", "ipvs nq", "ipvs lblc", "ipvs lblcr",
                "ipvs persistent", "ipvs nobody");
        seen.forEach((what, count) -> assertThat(count).as(what).isGreaterThan(20));
        assertThat(codes).as("every reason of this mode is given by somebody")
                .containsExactlyInAnyOrderElementsOf(REASONS.stream().map(KubeProxyReason::code)
                        .sorted().toList());
    }

    private static final List<KubeProxyReason> REASONS = List.of(KubeProxyReason.CHAIN_ENTERED,
            KubeProxyReason.MARK_SET, KubeProxyReason.SERVICE_LOAD_BALANCER,
            KubeProxyReason.EXTERNAL_LOCAL_KEPT, KubeProxyReason.MARK_MASQ_EXTERNAL,
            KubeProxyReason.MARK_MASQ_ALL, KubeProxyReason.MARK_MASQ_OFF_CLUSTER,
            KubeProxyReason.SERVICE_EXTERNAL_IP, KubeProxyReason.NODE_PORTS_ENTERED,
            KubeProxyReason.SERVICE_CLUSTER_IP, KubeProxyReason.MARK_MASQ_HAIRPIN,
            KubeProxyReason.MARK_CLEARED, KubeProxyReason.MASQUERADE,
            KubeProxyReason.REJECT_NOT_SERVED, KubeProxyReason.SOURCE_RANGES_ASKED,
            KubeProxyReason.DROP_SOURCE_RANGE, KubeProxyReason.ACCEPT_HEALTH_CHECK,
            KubeProxyReason.ACCEPT_MARKED, KubeProxyReason.ACCEPT_ESTABLISHED);

    private static ProxyTables tables(RandomCluster cluster) {
        ProxyVersion version = cluster.config.version();
        ServiceTable none = ServiceTable.of(
                cluster.family == IpFamily.IPv4 ? IpFamily.IPv6 : IpFamily.IPv4, List.of());
        return cluster.family == IpFamily.IPv4 ? new ProxyTables(version, cluster.table, none)
                : new ProxyTables(version, none, cluster.table);
    }

    private void check(BaseChain chain, NodeDump dump, FakePacket packet, String context) {
        String table = chain.type().toString().toLowerCase(Locale.ROOT);
        packet.logged.clear();
        packet.tracing = true;
        Verdict verdict = ask(chain, packet);
        packet.tracing = false;
        Verdict untraced = ask(chain, packet);
        RuleWalker.Outcome outcome = dump.rules.ask(table, packet);
        assertThat(text(verdict)).as(table + " " + context)
                .isEqualTo(outcome.action() + outcome.target() + " mark " + outcome.mark());
        assertThat(text(untraced)).as("without tracing, " + context).isEqualTo(text(verdict));
        List<String> logged = packet.logged.stream().map(FakePacket.Logged::rule).toList();
        if (!logged.isEmpty()) {
            assertThat(outcome.matched()).as(context).containsSubsequence(logged);
        }
        if (verdict.action != Verdict.Action.CONTINUE) {
            assertThat(logged.getLast()).as(context).isEqualTo(outcome.matched().getLast());
        }
        codes.addAll(packet.codes());
        seen.merge(table + " " + verdict.action.name().toLowerCase(Locale.ROOT), 1,
                Integer::sum);
    }

    private static Verdict ask(BaseChain chain, FakePacket packet) {
        Verdict verdict = new Verdict();
        verdict.begin(packet.mark);
        chain.rules().ask(packet, verdict);
        return verdict;
    }

    private static String text(Verdict verdict) {
        return verdict.action
                + (verdict.action == Verdict.Action.MASQUERADE && verdict.randomFully
                        ? "--random-fully"
                        : "")
                + " mark " + verdict.mark;
    }

    private void schedule(IpvsTable kernel, SecondReading schedulers, FakePacket packet,
            String context) {
        Packet real = pool.allocate();
        real.protocol = packet.protocol;
        real.source = packet.source;
        real.sourcePort = packet.sourcePort;
        real.destination = packet.destination;
        real.destinationPort = packet.destinationPort;
        real.tcpFlags = TcpFlags.SYN;
        IpvsTable.Choice choice = kernel.in(packet, real, false);
        String chosen = switch (choice.answer()) {
            case PASS -> "none of its business";
            case REFUSE -> "nobody";
            case DROP -> "dropped";
            case FORWARD -> String.valueOf(choice.server());
        };
        SecondReading.Answer expected = schedulers.ask(packet);
        assertThat(chosen).as(expected.how() + ": " + context).isEqualTo(expected.server());
        seen.merge("ipvs " + expected.how(), 1, Integer::sum);
        pool.release(real);
    }

    private static void fill(RandomCluster cluster, NodeDump dump, FakePacket packet, Hook hook) {
        packet.hook = hook;
        packet.protocol = RandomCluster.PROTOCOLS.get(cluster.random.nextInt(3));
        packet.source = cluster.source();
        packet.sourcePort = 40_000 + cluster.random.nextInt(20_000);
        packet.destination = cluster.destination();
        packet.destinationPort = cluster.destinationPort();
        if (cluster.oneIn(2)) {
            int service = cluster.random.nextInt(6);
            packet.protocol = RandomCluster.PROTOCOLS.get(service % 3);
            packet.destination = cluster.address(3 + cluster.random.nextInt(3), service + 1);
            packet.destinationPort = 80 + service;
            packet.source = cluster.oneIn(6) ? packet.destination : packet.source;
        } else if (hook == Hook.OUTPUT || hook == Hook.POSTROUTING) {
            // what IPVS has given a server's address already
            packet.destination = cluster.address(10, 20 + cluster.random.nextInt(4));
            packet.destinationPort = 8080 + cluster.random.nextInt(4);
            packet.source = cluster.oneIn(3) ? packet.destination : packet.source;
        }
        packet.ctState = List.of(CtState.NEW, CtState.NEW, CtState.ESTABLISHED, CtState.RELATED)
                .get(cluster.random.nextInt(4));
        packet.mark = cluster.oneIn(3) ? cluster.config.masqueradeMark() | 0x1 : 0;
        packet.inputDevice = switch (hook) {
            case OUTPUT, POSTROUTING -> null;
            default -> List.of("cni0", "eth0", "veth12").get(cluster.random.nextInt(3));
        };
        packet.choice = 0;
        packet.nowNanos += 2_000_000L + cluster.random.nextLong(3_000_000_000L);
        packet.local.clear();
        packet.local.addAll(cluster.locals);
        packet.local.addAll(dump.bound);
    }
}
