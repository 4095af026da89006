package dev.podhop.cni;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.cni.PortMap.Entry;
import dev.podhop.kubeproxy.FakePacket;
import dev.podhop.kubeproxy.iptables.RuleWalker;
import dev.podhop.net.Cidr;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Host ports: what the compiled rules do, what their text does, and what they are called. */
class PortMapsTest {

    private static final int NODES = 300;
    private static final int PACKETS = 100;
    private static final List<L4Protocol> PROTOCOLS =
            List.of(L4Protocol.TCP, L4Protocol.UDP, L4Protocol.SCTP);
    private static final List<String> LOCALS =
            List.of("10.0.0.11", "10.244.1.1", "127.0.0.1", "fd00::11", "::1");
    private static final List<String> OTHERS =
            List.of("203.0.113.2", "10.0.0.12", "10.244.1.7", "10.244.2.7", "fd00:1::7");

    /** As the plugin named them when it was run. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ctr-web-1,  CNI-DN-54cf73a8322b68352d93f",
        "ctr-ing-1,  CNI-DN-9f7c1169366854bdca23a",
        "ctr-edge-1, CNI-DN-0f5faddc93086a9f88bd7",
    })
    void aPodsChainIsNamedAfterItsContainer(String container, String chain) {
        assertThat(new PortMap("pod/p", container, List.of()).chain()).isEqualTo(chain);
    }

    /** Over many nodes and packets the constant-time answer is what the printed rules say. */
    @Test
    void theProgramDoesWhatItsRulesSay() {
        Map<String, Integer> seen = new TreeMap<>();
        for (int seed = 0; seed < NODES; seed++) {
            Random random = new Random(seed);
            PortMaps maps = new PortMaps(pods(random), seed % 4 != 0);
            for (int i = 0; i < PACKETS; i++) {
                FakePacket packet = packet(random, i);
                RuleWalker walker = new RuleWalker(save(maps, packet.source.family()));
                check(maps, walker, packet, seen, "node " + seed);
            }
        }
        assertThat(seen).as("what was compared").containsKeys("DNAT", "DNAT marked", "CONTINUE",
                "MASQUERADE marked");
    }

    private static void check(PortMaps maps, RuleWalker walker, FakePacket packet,
            Map<String, Integer> seen, String context) {
        String about = context + ": " + packet.hook + " " + packet.protocol + " " + packet.source
                + " > " + packet.destination + ":" + packet.destinationPort;
        Verdict verdict = ask(maps, packet);
        RuleWalker.Outcome outcome = walker.ask("nat", packet);
        String target = switch (verdict.action) {
            case DNAT -> verdict.address.withPort(verdict.port);
            default -> "";
        };
        assertThat(verdict.action + target + " mark " + verdict.mark).as(about)
                .isEqualTo(outcome.action() + outcome.target() + " mark " + outcome.mark());
        List<String> logged = packet.logged.stream().map(FakePacket.Logged::rule).toList();
        if (verdict.action != Verdict.Action.CONTINUE) {
            assertThat(logged).as("the trace quotes the rules, " + about)
                    .endsWith(outcome.matched().getLast());
            assertThat(outcome.matched()).as(about).containsSubsequence(logged);
        }
        FakePacket silent = packet;
        silent.tracing = false;
        assertThat(ask(maps, silent).action).as("without tracing, " + about)
                .isEqualTo(verdict.action);
        seen.merge(verdict.action + (verdict.mark == 0 ? "" : " marked"), 1, Integer::sum);
    }

    private static Verdict ask(PortMaps maps, FakePacket packet) {
        Verdict verdict = new Verdict();
        verdict.begin(packet.mark);
        for (BaseChain chain : maps.chains()) {
            if (chain.hook() == packet.hook && chain.family() == packet.source.family()) {
                chain.rules().ask(packet, verdict);
            }
        }
        return verdict;
    }

    private static String save(PortMaps maps, IpFamily family) {
        StringBuilder text = new StringBuilder("*nat\n");
        maps.rules(family, (chain, rule) -> text.append("-A ").append(chain).append(' ')
                .append(rule).append('\n'));
        return text.toString();
    }

    private static List<PortMap> pods(Random random) {
        List<PortMap> pods = new ArrayList<>();
        for (int pod = 0; pod < random.nextInt(4); pod++) {
            List<Entry> entries = new ArrayList<>();
            // -m multiport takes fifteen ports a rule
            int count = random.nextInt(8) == 0 ? 20 : 1 + random.nextInt(3);
            for (int port = 0; port < count; port++) {
                boolean six = random.nextInt(3) == 0;
                IpAddress own = IpAddress.of((six ? "fd00:1::" : "10.244.1.") + (20 + pod));
                Cidr subnet = random.nextInt(4) == 0 ? Cidr.host(own)
                        : random.nextInt(8) == 0 ? Cidr.of(six ? "::/0" : "0.0.0.0/0")
                        : Cidr.of(six ? "fd00:1::/64" : "10.244.1.0/24");
                entries.add(new Entry(PROTOCOLS.get(random.nextInt(3)), 8000 + random.nextInt(6),
                        hostIp(random, six), new SocketAddress(own, 80 + port), subnet));
            }
            pods.add(new PortMap("pod/p" + pod, "ctr-p" + pod, entries));
        }
        return pods;
    }

    private static @Nullable IpAddress hostIp(Random random, boolean six) {
        if (random.nextInt(3) > 0) {
            return null;
        }
        return six ? IpAddress.of(LOCALS.get(3 + random.nextInt(2)))
                : IpAddress.of(LOCALS.get(random.nextInt(3)));
    }

    private static FakePacket packet(Random random, int i) {
        FakePacket packet = new FakePacket();
        packet.hook = List.of(Hook.PREROUTING, Hook.OUTPUT, Hook.POSTROUTING).get(i % 3);
        packet.protocol = PROTOCOLS.get(random.nextInt(3));
        packet.mark = packet.hook == Hook.POSTROUTING && random.nextBoolean() ? 0x2000 : 0;
        List<String> all = new ArrayList<>(LOCALS);
        all.addAll(OTHERS);
        all.add("10.244.1.20");
        packet.destination = IpAddress.of(all.get(random.nextInt(all.size())));
        do {
            packet.source = IpAddress.of(all.get(random.nextInt(all.size())));
        } while (packet.source.family() != packet.destination.family());
        packet.destinationPort = 8000 + random.nextInt(6);
        LOCALS.forEach(local -> packet.local.add(IpAddress.of(local)));
        return packet;
    }
}
