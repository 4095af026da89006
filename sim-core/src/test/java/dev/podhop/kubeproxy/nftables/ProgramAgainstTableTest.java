package dev.podhop.kubeproxy.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.kubeproxy.FakePacket;
import dev.podhop.kubeproxy.KubeProxyReason;
import dev.podhop.kubeproxy.ProxyMode;
import dev.podhop.kubeproxy.ProxyVersion;
import dev.podhop.kubeproxy.RandomCluster;
import dev.podhop.net.Hook;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.packet.CtState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The program finds its answers by hashing; the table it prints is walked rule by rule. Over many
 * small clusters and packets both must say the same at every base chain, and the trace must quote
 * what the walk met.
 */
class ProgramAgainstTableTest {

    private static final int CLUSTERS = 400;
    private static final int PACKETS = 150;
    private static final List<ProxyVersion> VERSIONS =
            List.of(ProxyVersion.of("1.35"), ProxyVersion.of("1.30"));

    private final Map<String, Integer> seen = new HashMap<>();
    private final Set<String> codes = new TreeSet<>();

    @Test
    void theProgramDoesWhatItsTableSays() {
        for (int seed = 0; seed < CLUSTERS; seed++) {
            RandomCluster cluster = new RandomCluster(seed, ProxyMode.NFTABLES, VERSIONS);
            NftablesProgram program = NftablesProgram.of(cluster.table, cluster.node,
                    cluster.config);
            TableWalker walker = new TableWalker(program.text());
            assertThat(program.chains().stream().map(ProgramAgainstTableTest::place))
                    .containsExactlyElementsOf(
                            walker.bases.stream().map(ProgramAgainstTableTest::place).toList());
            FakePacket traced = new FakePacket();
            FakePacket silent = new FakePacket();
            silent.tracing = false;
            for (int i = 0; i < PACKETS; i++) {
                int chain = i % walker.bases.size();
                fill(cluster, traced, program.chains().get(chain).hook());
                copy(traced, silent);
                check(program.chains().get(chain), walker, walker.bases.get(chain), traced,
                        silent, seed);
            }
        }
        assertThat(seen).as("what was compared").containsKeys("dnat", "drop", "reject",
                "masquerade", "continue");
        assertThat(seen.get("dnat")).isGreaterThan(1000);
        assertThat(codes).as("every reason of this mode is given by somebody")
                .containsExactlyInAnyOrderElementsOf(reasons());
    }

    /** The same as in iptables mode, but for what only one of the two has. */
    private static List<String> reasons() {
        Set<KubeProxyReason> others = Set.of(KubeProxyReason.NODE_PORTS_ENTERED,
                KubeProxyReason.SOURCE_RANGE_ALLOWED, KubeProxyReason.SOURCE_RANGE_VIP,
                KubeProxyReason.SOURCE_RANGE_NONE, KubeProxyReason.DROP_INVALID,
                KubeProxyReason.DROP_MARTIAN_GUARD, KubeProxyReason.ACCEPT_HEALTH_CHECK,
                KubeProxyReason.ACCEPT_MARKED, KubeProxyReason.ACCEPT_ESTABLISHED,
                KubeProxyReason.EXTERNAL_LOCAL_KEPT, KubeProxyReason.REJECT_NOT_SERVED);
        return Arrays.stream(KubeProxyReason.values()).filter(each -> !others.contains(each))
                .map(KubeProxyReason::code).toList();
    }

    private static String place(BaseChain chain) {
        return (chain.type() + " " + chain.hook()).toLowerCase(Locale.ROOT) + " "
                + chain.priority();
    }

    /** {@code nft} has names for the priorities that a hook usually has. */
    private static String place(TableWalker.Base base) {
        String priority = base.priority().equals("dstnat - 10") ? "-110"
                : Map.of("dstnat", "-100", "srcnat", "100", "filter", "0")
                        .getOrDefault(base.priority(), base.priority());
        return base.type() + " " + base.hook() + " " + priority;
    }

    private void check(BaseChain chain, TableWalker walker, TableWalker.Base base,
            FakePacket packet, FakePacket silent, int seed) {
        Verdict verdict = ask(chain, packet);
        Verdict untraced = ask(chain, silent);
        TableWalker.Outcome outcome = walker.ask(base.name(), packet);
        String context = "cluster %d: %s %s %s > %s:%d %s mark %x".formatted(seed, base.name(),
                packet.protocol, packet.source, packet.destination, packet.destinationPort,
                packet.ctState, packet.mark);
        assertThat(text(verdict)).as(context)
                .isEqualTo(outcome.action() + outcome.target() + " mark " + outcome.mark());
        assertThat(text(untraced)).as("without tracing, " + context).isEqualTo(text(verdict));
        List<String> logged = packet.logged.stream()
                .map(each -> each.rule().replaceFirst("^-A (\\S+) ", "$1: ")).toList();
        if (!logged.isEmpty()) {
            assertThat(outcome.matched()).as(context).containsSubsequence(logged);
        }
        if (verdict.action != Verdict.Action.CONTINUE
                && verdict.action != Verdict.Action.REJECT) {
            assertThat(logged.getLast()).as(context).isEqualTo(outcome.matched().getLast());
        }
        codes.addAll(packet.codes());
        seen.merge(verdict.action.name().toLowerCase(Locale.ROOT), 1, Integer::sum);
    }

    private static Verdict ask(BaseChain chain, FakePacket packet) {
        Verdict verdict = new Verdict();
        verdict.begin(packet.mark);
        chain.rules().ask(packet, verdict);
        return verdict;
    }

    private static String text(Verdict verdict) {
        String detail = switch (verdict.action) {
            case DNAT -> verdict.address.withPort(verdict.port);
            case MASQUERADE -> verdict.randomFully ? "fully-random" : "";
            default -> "";
        };
        return verdict.action + detail + " mark " + verdict.mark;
    }

    private static void fill(RandomCluster cluster, FakePacket packet, Hook hook) {
        packet.hook = hook;
        packet.protocol = RandomCluster.PROTOCOLS.get(cluster.random.nextInt(3));
        packet.source = cluster.source();
        packet.destination = cluster.destination();
        packet.destinationPort = cluster.destinationPort();
        if (cluster.oneIn(2)) {
            int service = cluster.random.nextInt(6);
            packet.protocol = RandomCluster.PROTOCOLS.get(service % 3);
            packet.destination = cluster.address(3 + cluster.random.nextInt(3), service + 1);
            packet.destinationPort = 80 + service;
            packet.source = cluster.oneIn(6) ? packet.destination : packet.source;
        }
        packet.ctState = cluster.oneIn(5) ? CtState.ESTABLISHED : CtState.NEW;
        packet.mark = cluster.oneIn(3) ? 0x4000 | 0x1 : 0;
        packet.inputDevice = switch (hook) {
            case OUTPUT, POSTROUTING -> null;
            default -> List.of("cni0", "eth0", "veth12").get(cluster.random.nextInt(3));
        };
        packet.choice = cluster.random.nextInt(4);
        packet.nowNanos += cluster.random.nextLong(3_000_000_000L);
        packet.local.clear();
        packet.local.addAll(cluster.locals);
        if (hook == Hook.INPUT) {
            // else it would not be here
            packet.local.add(packet.destination);
        }
        packet.logged.clear();
    }

    private static void copy(FakePacket from, FakePacket to) {
        to.hook = from.hook;
        to.protocol = from.protocol;
        to.source = from.source;
        to.destination = from.destination;
        to.destinationPort = from.destinationPort;
        to.ctState = from.ctState;
        to.mark = from.mark;
        to.inputDevice = from.inputDevice;
        to.choice = from.choice;
        to.nowNanos = from.nowNanos;
        to.local.clear();
        to.local.addAll(from.local);
    }
}
