package dev.podhop.dns;

import dev.podhop.k8s.ConfigMap;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.net.IpAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A cluster's NodeLocal DNSCaches, each by the label of its pod. */
public final class NodeCaches {

    /** As the project's manifest calls it, and as Kubespray does. */
    private static final List<String> CONFIG_MAPS = List.of("node-local-dns", "nodelocaldns");

    private final ApiStore store;
    private final String domain;
    private final OuterNames outer;
    private final Map<String, NodeCacheServer> servers = new LinkedHashMap<>();

    /** @param domain such as {@code cluster.local} */
    public NodeCaches(ApiStore store, String domain, OuterNames outer) {
        this.store = store;
        this.domain = domain;
        this.outer = outer;
    }

    /** The server that a pod is; null for any other pod. */
    public @Nullable NodeCacheServer server(Pod pod) {
        NodeCache cache = NodeCache.of(pod).orElse(null);
        return cache == null ? null
                : servers.computeIfAbsent(label(pod),
                        label -> start(cache, pod.metadata().namespace()));
    }

    private static String label(Pod pod) {
        return pod.metadata().namespace() + "/" + pod.metadata().name();
    }

    /** The Corefile and the upstream's address are read once, when a server is asked first. */
    private NodeCacheServer start(NodeCache cache, String namespace) {
        String text = CONFIG_MAPS.stream().map(name -> store.get(ConfigMap.class, namespace, name))
                .filter(Objects::nonNull).map(map -> map.data().get("Corefile"))
                .filter(Objects::nonNull).findFirst().orElse(CacheBlocks.usual());
        return new NodeCacheServer(CacheBlocks.parse(text, domain),
                () -> upstream(cache, namespace), outer);
    }

    /** {@code toSvcEnv}: the primary ClusterIP of the Service in its own namespace. */
    private @Nullable IpAddress upstream(NodeCache cache, String namespace) {
        String name = cache.upstream();
        Service service = store.get(Service.class, namespace,
                name.isEmpty() ? NodeCache.USUAL_UPSTREAM : name);
        return service == null ? null
                : service.spec().clusterAddresses().stream().findFirst().orElse(null);
    }

    /** A pod's process is a new one. */
    public void forget(Pod pod) {
        servers.remove(label(pod));
    }

    /** All caches are empty. */
    public void forget() {
        servers.values().forEach(NodeCacheServer::forget);
    }
}
