package dev.podhop.run.stage;

import dev.podhop.cluster.Cluster;
import dev.podhop.dns.ClusterDns;
import dev.podhop.dns.DnsNames;
import dev.podhop.dns.DnsRecord;
import dev.podhop.dns.DnsServer;
import dev.podhop.dns.NameServer;
import dev.podhop.dns.NodeCacheServer;
import dev.podhop.dns.NodeCaches;
import dev.podhop.dns.OuterNames;
import dev.podhop.engine.SimTime;
import dev.podhop.k8s.Pod;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.run.stage.Stage.Client;
import dev.podhop.scenario.ClientSpec;
import dev.podhop.scenario.DnsSpec;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.trace.StateChange;
import dev.podhop.workload.Lookup;
import dev.podhop.workload.resolver.CachePlace;
import dev.podhop.workload.resolver.Library;
import dev.podhop.workload.resolver.PodResolvConf;
import dev.podhop.workload.resolver.Race;
import dev.podhop.workload.resolver.ResolvConf;
import dev.podhop.workload.resolver.Resolvers;
import dev.podhop.workload.resolver.Resolvers.Manner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The cluster's names: who serves them, and how each client asks. */
public final class ClusterNames {

    private static final int OUTER_TTL_SECONDS = 300;
    /** {@code networkaddress.cache.ttl} and {@code networkaddress.cache.negative.ttl}. */
    private static final long JVM_NANOS = 30 * SimTime.SECOND;
    private static final long JVM_FAILURE_NANOS = 10 * SimTime.SECOND;
    private static final long FOR_EVER = -1;

    private final LoadedScenario scenario;
    private final Cluster cluster;
    private final OuterNames outer;
    private final ClusterDns dns;
    private final NodeCaches caches;
    private final Resolvers resolvers;
    private final Recorder recorder = new Recorder();

    ClusterNames(LoadedScenario scenario, ControlPlane controlPlane, Cluster cluster) {
        this.scenario = scenario;
        this.cluster = cluster;
        DnsSpec spec = scenario.spec().dns();
        this.outer = new OuterNames(outerRecords(spec), spec.forwardLatencyNanos());
        this.dns = new ClusterDns(controlPlane.store(), controlPlane.watches(),
                scenario.spec().network().clusterDomain(), outer, recorder);
        this.caches = new NodeCaches(controlPlane.store(),
                scenario.spec().network().clusterDomain(), outer);
        this.resolvers = new Resolvers(cluster.workload(), dns::server, this::cache, this::forget,
                new Race(spec.race().getNumerator().longValueExact(),
                        spec.race().getDenominator().longValueExact()));
        cluster.onProcessStart(this::started);
    }

    private void forget() {
        dns.forget();
        caches.forget();
    }

    /** The cache of a node that answers by this name; null for anybody else. */
    private @Nullable CachePlace cache(String label) {
        Pod pod = cluster.podLabelled(label);
        NodeCacheServer server = pod == null ? null : caches.server(pod);
        return pod == null || server == null ? null
                : new CachePlace(label, server, Objects
                        .requireNonNull(
                                cluster.pod(pod.metadata().namespace(), pod.metadata().name())));
    }

    /** A process that starts has heard nothing yet, be it a JVM or CoreDNS. */
    private void started(String pod) {
        resolvers.restarted(pod);
        DnsServer server = dns.server(pod);
        if (server != null) {
            server.forget();
        }
        Pod running = cluster.podLabelled(pod);
        if (running != null) {
            caches.forget(running);
        }
    }

    private static Map<String, List<DnsRecord>> outerRecords(DnsSpec spec) {
        Map<String, List<DnsRecord>> records = new LinkedHashMap<>();
        spec.names().forEach((written, values) -> {
            String name = DnsNames.canonical(written);
            records.put(name, values.stream().map(value -> IpAddress.parse(value)
                    .map(address -> DnsRecord.of(name, address, OUTER_TTL_SECONDS))
                    .orElseGet(() -> DnsRecord.alias(name, value, OUTER_TTL_SECONDS))).toList());
        });
        return records;
    }

    public ClusterDns dns() {
        return dns;
    }

    /** Tells what every server serves now; from then on its changes are told. */
    void recordState() {
        for (String label : dns.labels()) {
            recorder.changed(label, List.of(),
                    Objects.requireNonNull(dns.server(label)).zone().records());
        }
    }

    /** How a client gets from a name to an address. */
    Lookup lookup(Client client, FlowTarget.DnsTarget target, @Nullable IpFamily family) {
        Pod pod = client.pod();
        ResolvConf conf = resolvConf(pod);
        return resolvers.lookup(
                new Resolvers.Place(client.label(), conf, withoutPackets(pod, conf)),
                manner(pod), target.name(), target.port(), family);
    }

    /** The resolv.conf of a pod; null stands for a node or an outside host. */
    ResolvConf resolvConf(@Nullable Pod pod) {
        List<IpAddress> told = scenario.spec().dns().clusterDNS();
        return new PodResolvConf(told.isEmpty() ? dns.addresses() : told,
                scenario.spec().network().clusterDomain(),
                ResolvConf.EMPTY.plus(List.of(), scenario.spec().dns().nodeSearches())).of(pod);
    }

    /**
     * The server that is asked without packets: whatever a node asks, which lies outside; and in a
     * cluster without a DNS Service the one that it would have.
     */
    private @Nullable NameServer withoutPackets(@Nullable Pod pod, ResolvConf conf) {
        if (pod == null || !conf.nameservers().isEmpty()) {
            return pod == null ? outer : null;
        }
        String policy = pod.spec().dnsPolicy();
        boolean asksCluster = policy.equals("ClusterFirstWithHostNet")
                || policy.equals("ClusterFirst") && !pod.spec().hostNetwork();
        if (asksCluster) {
            return dns.isService() ? null : dns.any();
        }
        return policy.equals("None") ? null : outer;
    }

    private Manner manner(@Nullable Pod pod) {
        ClientSpec.Resolver resolver = pod == null ? ClientSpec.Resolver.GLIBC
                : scenario.spec().clients().stream()
                        .filter(each -> each.pods().entrySet().stream().allMatch(
                                e -> e.getValue().equals(pod.metadata().label(e.getKey()))))
                        .findFirst().map(ClientSpec::resolver)
                        .orElse(ClientSpec.Resolver.GLIBC);
        return switch (resolver) {
            case GLIBC -> new Manner(Library.GLIBC, 0, 0);
            case MUSL -> new Manner(Library.MUSL, 0, 0);
            case JVM -> new Manner(Library.GLIBC, JVM_NANOS, JVM_FAILURE_NANOS);
            case JVM_FOREVER -> new Manner(Library.GLIBC, FOR_EVER, JVM_FAILURE_NANOS);
        };
    }

    /** What a server serves from now on is state of the run. */
    private final class Recorder implements ClusterDns.Listener {

        @Override
        public boolean listens() {
            return cluster.network().tracer().full();
        }

        @Override
        public void changed(String server, List<DnsRecord> before, List<DnsRecord> after) {
            Map<String, String> then = sets(before);
            Map<String, String> now = sets(after);
            then.keySet().stream().filter(key -> !now.containsKey(key))
                    .forEach(key -> tell(server, key, Map.of()));
            now.forEach((key, data) -> {
                if (!data.equals(then.get(key))) {
                    tell(server, key, Map.of("data", data));
                }
            });
        }

        private void tell(String server, String key, Map<String, String> value) {
            cluster.network().tracer().state(
                    new StateChange(cluster.network().simulation().nowNanos(),
                            StateChange.Kind.DNS, server, key, value));
        }
    }

    /** Record sets: a name and a type with all its data. */
    private static Map<String, String> sets(List<DnsRecord> records) {
        return records.stream().collect(Collectors.toMap(r -> r.name() + ". " + r.type(),
                DnsRecord::data, (a, b) -> a + ", " + b, LinkedHashMap::new));
    }
}
