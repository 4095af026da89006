package dev.podhop.kubeproxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Service;
import dev.podhop.kubeproxy.iptables.IptablesProxier;
import dev.podhop.kubeproxy.ipvs.IpvsProxier;
import dev.podhop.kubeproxy.nftables.NftablesProxier;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.ipvs.IpvsTable;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.RecentLists;
import dev.podhop.netstack.netfilter.Verdict;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A node's program is not made anew when an endpoint changes. After any writes it is the program of
 * what is there, in every mode; and what it takes does not grow with the number of Services.
 */
class TableUpdatesTest {

    private static final int CLUSTERS = 25;
    private static final int WRITES = 40;
    private static final int PACKETS = 20;
    private static final ProxyNode NODE = new ProxyNode("n1", "z1",
            List.of(IpAddress.of("10.0.0.11")), List.of(),
            List.of(IpAddress.of("10.0.0.11"), IpAddress.of("10.244.1.1"),
                    IpAddress.LOOPBACK_V4),
            Set.of("cni0"));
    private static final ThreadMXBean THREADS =
            (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static Proxier proxier(ProxyMode mode, ProxyVersion version) {
        ProxyConfig config = new ProxyConfig(mode, version, List.of(),
                LocalTrafficDetector.Mode.values()[0], "cni0", "veth", List.of(), false, 14, true,
                false, List.of(), "rr");
        return switch (mode) {
            case IPTABLES -> new IptablesProxier(NODE, config);
            case NFTABLES -> new NftablesProxier(NODE, config);
            case IPVS -> new IpvsProxier(NODE, config);
        };
    }

    /** What one node holds after sync upon sync. */
    private static final class Held {

        private final Proxier proxier;
        private final IpvsTable kernel = new IpvsTable();
        private final RecentLists recent = new RecentLists();
        private @Nullable ProxyState state;

        Held(Proxier proxier) {
            this.proxier = proxier;
        }

        /** As a node does it. */
        List<ConntrackCleanup> sync(ProxyTables tables) {
            ProxyState before = state;
            ProxyState next = proxier.sync(tables, before);
            state = next;
            if (before == null) {
                kernel.apply(next.virtualServers(), List.of(), 0);
                return List.of();
            }
            Set<String> freed = next.freedLists(before);
            recent.free(freed);
            if (next.isOfServicesOf(before)) {
                kernel.update(next.changedVirtualServers(before), 0);
            } else {
                kernel.apply(next.virtualServers(), List.of(), 0);
                Set<String> gone = new TreeSet<>(before.affinityLists());
                gone.removeAll(next.affinityLists());
                assertThat(freed).isEqualTo(gone);
            }
            return next.cleanupAfter(before.tables());
        }

        String text() {
            return state == null ? "" : state.ruleText(List.of());
        }

        ProxyState state() {
            return Objects.requireNonNull(state);
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterAnyWritesTheProgramIsThatOfWhatIsThere(ProxyMode mode) {
        for (int seed = 0; seed < CLUSTERS; seed++) {
            Writes writes = new Writes(seed);
            ProxyVersion version = ProxyVersion.of(seed % 2 == 0 ? "1.30" : "1.38");
            ProxyTracker tracker = new ProxyTracker(version);
            Held held = new Held(proxier(mode, version));
            for (int i = 0; i < WRITES; i++) {
                writes.next(tracker);
                if (i % 3 == 1) {
                    writes.next(tracker);
                }
                String last = held.text();
                held.sync(tracker.tables());
                ProxyState fresh = proxier(mode, version).sync(ProxyTables.of(version,
                        writes.services.values(), writes.slices.values()));
                String context = mode + ", cluster " + seed + ", write " + i;
                if (!fresh.isSynced(IpFamily.IPv4) || !fresh.isSynced(IpFamily.IPv6)) {
                    // Two Services contradict each other, and the kernel refuses all of it.
                    assertThat(held.text()).as(context).isEqualTo(last);
                    continue;
                }
                assertSame(held, fresh, context);
                assertSamePackets(writes.random, held.state(), fresh, context);
            }
        }
    }

    private static void assertSame(Held held, ProxyState fresh, String context) {
        assertThat(held.state().ruleText(List.of())).as(context)
                .isEqualTo(fresh.ruleText(List.of()));
        IpvsTable kernel = new IpvsTable();
        kernel.apply(fresh.virtualServers(), List.of(), 0);
        assertThat(held.kernel.save(0)).as(context)
                .containsExactlyInAnyOrderElementsOf(kernel.save(0));
        ServiceTable one = held.state().tables().v4();
        ServiceTable other = fresh.tables().v4();
        assertThat(List.of(one.rejectingCount(), one.endpointCount(), one.captureCount(),
                one.nodePortCount(), one.healthCheckPorts(), one.guarded().size())).as(context)
                .isEqualTo(List.of(other.rejectingCount(), other.endpointCount(),
                        other.captureCount(), other.nodePortCount(),
                        other.healthCheckPorts(), other.guarded().size()));
    }

    /** Without a trace: the short way to endpoints is asked, too. */
    private static void assertSamePackets(SplittableRandom random, ProxyState held,
            ProxyState fresh, String context) {
        FakePacket packet = new FakePacket();
        packet.tracing = false;
        packet.local.addAll(NODE.interfaceAddresses());
        for (int i = 0; i < PACKETS; i++) {
            packet.from("10.1.0." + random.nextInt(1, 9)).to(Writes.destination(random),
                    Writes.port(random));
            packet.protocol = random.nextBoolean() ? L4Protocol.TCP : L4Protocol.UDP;
            packet.choice = random.nextInt(8);
            packet.hook = Hook.values()[random.nextInt(Hook.values().length)];
            assertThat(verdicts(held, packet)).as(context).isEqualTo(verdicts(fresh, packet));
        }
    }

    private static List<String> verdicts(ProxyState state, FakePacket packet) {
        List<String> verdicts = new ArrayList<>();
        for (BaseChain chain : state.program().chains()) {
            if (chain.hook() == packet.hook && chain.family() == packet.destination.family()) {
                Verdict verdict = new Verdict();
                verdict.begin(0);
                chain.rules().ask(packet, verdict);
                verdicts.add(verdict.action + " " + verdict.address + " " + verdict.port + " "
                        + verdict.mark + " " + verdict.costNanos);
            }
        }
        return verdicts;
    }

    @ParameterizedTest
    @EnumSource
    void aChangedEndpointCostsTheSameHoweverManyServicesThereAre(ProxyMode mode) {
        bytes(mode, 300);
        long few = bytes(mode, 300);
        long many = bytes(mode, 4800);

        assertThat((double) many).as("%d bytes among 300 Services, %d among 4800", few, many)
                .isLessThan(1.2 * few);
    }

    /** Of one change of one endpoint among n Services with ten each. */
    private static long bytes(ProxyMode mode, int services) {
        ProxyVersion version = ProxyVersion.of("1.37");
        ProxyTracker tracker = new ProxyTracker(version);
        for (int i = 0; i < services; i++) {
            tracker.update(CorpusObjects.service(Corpus.json("""
                    {"name": "svc%d", "type": "LoadBalancer", "clusterIP": "10.96.%d.%d",
                     "externalTrafficPolicy": "Local", "healthCheckNodePort": %d,
                     "loadBalancerIngress": [{"ip": "10.97.%d.%d"}],
                     "sessionAffinity": "%s", "sessionAffinityTimeoutSeconds": 60,
                     "ports": [{"protocol": "UDP", "port": 80, "nodePort": %d}]}"""
                    .formatted(i, i / 250, i % 250 + 1, 40_000 + i, i / 250, i % 250 + 1,
                            i % 2 == 0 ? "None" : "ClientIP", 30_000 + i))));
            tracker.update(slice(i, 0));
        }
        Held held = new Held(proxier(mode, version));
        held.sync(tracker.tables());
        EndpointSlice changed = slice(services / 2, 1);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        tracker.update(changed);
        List<ConntrackCleanup> cleanups = held.sync(tracker.tables());
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(cleanups).hasSize(1);
        return bytes;
    }

    private static EndpointSlice slice(int service, int moved) {
        List<Map<String, Object>> endpoints = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            endpoints.add(Map.of("addresses",
                    List.of("10.%d.%d.%d".formatted(128 + service / 250, service % 250,
                            i + (i == 0 ? moved : 1) * 20)),
                    "nodeName", "n" + (1 + i % 3)));
        }
        return CorpusObjects.slice("default/svc" + service, "svc%d-a".formatted(service), "IPv4",
                List.of(Map.of("name", "", "protocol", "UDP", "port", 8080)), endpoints);
    }

    /** Random writes of Services and slices, and what they amount to. */
    private static final class Writes {

        private final SplittableRandom random;
        private final Map<String, Service> services = new TreeMap<>();
        private final Map<String, EndpointSlice> slices = new TreeMap<>();

        Writes(long seed) {
            random = new SplittableRandom(seed);
        }

        void next(ProxyTracker tracker) {
            int i = random.nextInt(9);
            String name = "svc" + i;
            switch (random.nextInt(10)) {
                case 0 -> {
                    Service gone = services.remove(name);
                    if (gone != null) {
                        tracker.remove(gone);
                    }
                }
                case 1, 2, 3 -> {
                    Service service = service(i);
                    services.put(name, service);
                    tracker.update(service);
                }
                case 4 -> {
                    EndpointSlice gone = slices.remove(name + "-a");
                    if (gone != null) {
                        tracker.remove(gone);
                    }
                }
                default -> {
                    EndpointSlice slice = slice(name, random.nextInt(3) > 0 ? "-a" : "-b");
                    slices.put(slice.metadata().name(), slice);
                    tracker.update(slice);
                }
            }
        }

        /** Of two ports; its external addresses may be another's, or the node's own. */
        private Service service(int i) {
            String external = List.of("[]", "[\"198.51.100.1\"]",
                    "[\"10.0.0.11\", \"198.51.100.%d\"]".formatted(i)).get(random.nextInt(3));
            return CorpusObjects.service(Corpus.json("""
                    {"name": "svc%1$d", "type": "LoadBalancer", "clusterIP": "10.96.0.%1$d",
                     "externalTrafficPolicy": "%2$s", "internalTrafficPolicy": "%3$s",
                     "healthCheckNodePort": %4$d, "externalIPs": %5$s,
                     "loadBalancerIngress": [{"ip": "10.97.0.%1$d"}], %6$s
                     "sessionAffinity": "%7$s", "sessionAffinityTimeoutSeconds": 60,
                     "ports": [{"name": "t", "protocol": "TCP", "port": 80, "nodePort": 3000%1$d},
                        {"name": "u", "protocol": "UDP", "port": %8$d, "nodePort": 3010%1$d}]}"""
                    .formatted(i, policy(), policy(), 40_000 + i, external,
                            random.nextInt(3) == 0
                                    ? "\"loadBalancerSourceRanges\": [\"10.1.0.0/30\"],"
                                    : "",
                            random.nextInt(3) == 0 ? "ClientIP" : "None",
                            random.nextBoolean() ? 80 : 30_101)));
        }

        private String policy() {
            return random.nextInt(3) == 0 ? "Local" : "Cluster";
        }

        private EndpointSlice slice(String service, String suffix) {
            List<Map<String, Object>> endpoints = new ArrayList<>();
            boolean hinted = random.nextInt(4) == 0;
            for (int i = random.nextInt(4); i > 0; i--) {
                boolean leaving = random.nextInt(4) == 0;
                endpoints.add(Map.of("addresses", List.of("10.1.0." + random.nextInt(1, 9)),
                        "nodeName", "n" + random.nextInt(1, 4),
                        "conditions", Map.of("ready", !leaving && random.nextInt(4) > 0,
                                "serving", random.nextInt(4) > 0, "terminating", leaving),
                        "hints", Map.of("forZones", hinted
                                ? List.of(Map.of("name", "z" + random.nextInt(1, 3)))
                                : List.of())));
            }
            return CorpusObjects.slice("default/" + service, service + suffix, "IPv4",
                    List.of(Map.of("name", "t", "protocol", "TCP", "port", 8080),
                            Map.of("name", "u", "protocol", "UDP", "port", 8053)),
                    endpoints);
        }

        static String destination(SplittableRandom random) {
            return List.of("10.96.0." + random.nextInt(9), "10.97.0." + random.nextInt(9),
                    "198.51.100." + random.nextInt(9), "10.0.0.11").get(random.nextInt(4));
        }

        static int port(SplittableRandom random) {
            return List.of(80, 80, 30_000 + random.nextInt(9), 30_101)
                    .get(random.nextInt(4));
        }
    }
}
