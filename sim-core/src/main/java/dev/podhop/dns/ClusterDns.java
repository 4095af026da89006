package dev.podhop.dns;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ConfigMap;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Namespace;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import dev.podhop.k8s.store.Watches;
import dev.podhop.net.IpAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster's DNS servers: each pod of the DNS Service is a CoreDNS with a
 * watch of its own, so that two of them may know different things for a moment.
 */
public final class ClusterDns {

    private static final String NAMESPACE = "kube-system";
    private static final String SERVICE = "kube-dns";
    /** Under what other names its label says what it is. */
    private static final String LABEL = "k8s-app";
    private static final String CONFIG_MAP = "coredns";
    private static final Set<ApiKind> WATCHED =
            Set.of(ApiKind.SERVICE, ApiKind.ENDPOINT_SLICE, ApiKind.NAMESPACE);
    private static final int PORT = 53;
    /** Its watcher, where no pod is CoreDNS. */
    private static final String NOBODY = "";

    private final ApiStore store;
    private final Watches watches;
    private final String domain;
    private final OuterNames outer;
    private final Listener listener;
    private final Corefile corefile;
    private final Map<String, DnsServer> servers = new LinkedHashMap<>();

    /** Hears of changes. */
    public interface Listener {

        /** Whether changes are wanted: telling them is work. */
        boolean listens();

        /**
         * A server has heard of a write.
         *
         * @param server its pod's label; empty where no pod is CoreDNS
         * @param before the records that the Service concerned had there
         * @param after those that it has now
         */
        void changed(String server, List<DnsRecord> before, List<DnsRecord> after);
    }

    /**
     * The servers of a cluster that has settled.
     *
     * @param domain such as {@code cluster.local}
     * @param outer what lies behind CoreDNS' {@code forward}
     */
    public ClusterDns(ApiStore store, Watches watches, String domain, OuterNames outer,
            Listener listener) {
        this.store = store;
        this.watches = watches;
        this.domain = domain;
        this.outer = outer;
        this.listener = listener;
        ConfigMap config = store.get(ConfigMap.class, NAMESPACE, CONFIG_MAP);
        String text = config == null ? null : config.data().get("Corefile");
        this.corefile = text == null ? Corefile.DEFAULT : Corefile.parse(text);
        startMissing();
        if (servers.isEmpty()) {
            start(NOBODY);
        }
        store.subscribe(event -> {
            boolean own = event.object().metadata().namespace().equals(NAMESPACE);
            if (own && (event.after() instanceof Pod || event.after() instanceof Service)) {
                startMissing();
            }
        });
    }

    /**
     * The Service whose pods answer for names: {@code kube-system/kube-dns}, and where that is not
     * there the one with its label (Kubespray's {@code coredns}, RKE2's); the one that nodes'
     * caches ask is for those alone.
     */
    public static @Nullable Service service(List<Service> services) {
        List<Service> own = services.stream()
                .filter(s -> s.metadata().namespace().equals(NAMESPACE)).toList();
        return own.stream().filter(s -> s.metadata().name().equals(SERVICE)).findFirst()
                .orElseGet(() -> own.stream()
                        .filter(s -> SERVICE.equals(s.metadata().label(LABEL))
                                && !s.metadata().name().equals(NodeCache.USUAL_UPSTREAM)
                                && s.spec().ports().stream().anyMatch(p -> p.port() == PORT
                                        && p.protocol().equals("UDP")))
                        .findFirst().orElse(null));
    }

    private @Nullable Service service() {
        Service usual = store.get(Service.class, NAMESPACE, SERVICE);
        return usual != null ? usual : service(store.list(Service.class));
    }

    private void startMissing() {
        Service service = service();
        if (service == null || service.spec().selector().isEmpty()) {
            return;
        }
        for (Pod pod : store.list(Pod.class)) {
            String label = "pod/" + NAMESPACE + "/" + pod.metadata().name();
            boolean selected = pod.metadata().namespace().equals(NAMESPACE)
                    && service.spec().selector().entrySet().stream().allMatch(
                            e -> e.getValue().equals(pod.metadata().label(e.getKey())));
            if (selected && !servers.containsKey(label)) {
                start(label);
            }
        }
    }

    /** A server lists what there is, and watches from then on. */
    private void start(String label) {
        ClusterZone zone = new ClusterZone(domain, corefile, outer);
        Stream.of(store.list(Namespace.class), store.list(Service.class),
                store.list(EndpointSlice.class)).flatMap(List::stream)
                .forEach(object -> zone.hear(new StoreEvent(null, object, 0)));
        servers.put(label, new DnsServer(zone, corefile, outer));
        watches.watch("coredns/" + label, WATCHED, event -> hear(label, zone, event));
    }

    private void hear(String label, ClusterZone zone, StoreEvent event) {
        String namespace = event.object().metadata().namespace();
        String service = event.object() instanceof EndpointSlice slice ? slice.serviceName()
                : event.object().metadata().name();
        if (!listener.listens()) {
            zone.hear(event);
            return;
        }
        List<DnsRecord> before = zone.records(namespace, service);
        zone.hear(event);
        listener.changed(label, before, zone.records(namespace, service));
    }

    /** Whether the cluster has a DNS Service that can be sent packets. */
    public boolean isService() {
        return !addresses().isEmpty();
    }

    /** The addresses that kubelet writes into pods: kubeadm names them after the Service's. */
    public List<IpAddress> addresses() {
        Service service = service();
        return service == null ? List.of() : service.spec().clusterAddresses();
    }

    /** The server that a pod is, by its label; null for one that is none. */
    public @Nullable DnsServer server(String label) {
        return servers.get(label);
    }

    /** Some server: the one that answers where no packets are sent. */
    public DnsServer any() {
        return servers.values().iterator().next();
    }

    /** Labels of the servers' pods, oldest first; one empty label where there are none. */
    public List<String> labels() {
        return List.copyOf(servers.keySet());
    }

    /** All caches are empty. */
    public void forget() {
        servers.values().forEach(DnsServer::forget);
    }
}
