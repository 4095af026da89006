package dev.podhop.scenario.load;

import dev.podhop.dns.ClusterDns;
import dev.podhop.dns.NodeCache;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ConfigMap;
import dev.podhop.k8s.DaemonSet;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Manifests;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.k8s.source.YamlReader;
import dev.podhop.net.IpAddress;
import dev.podhop.scenario.NodeLocalDns;
import dev.podhop.scenario.form.Reading;
import dev.podhop.scenario.form.RecordForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * NodeLocal DNSCache's objects as its project's manifest has them
 * (cluster/addons/dns/nodelocaldns/nodelocaldns.yaml): the DaemonSet where a Scenario asks for it,
 * and the Service that it asks where a file shows a cache without one.
 *
 * @param manifests with what was made
 * @param assumptions a line each
 */
record NodeLocalObjects(Manifests manifests, List<String> assumptions) {

    private static final String NAMESPACE = "kube-system";
    private static final Map<String, String> USUAL_SELECTOR = Map.of("k8s-app", "kube-dns");

    NodeLocalObjects {
        assumptions = List.copyOf(assumptions);
    }

    static NodeLocalObjects in(Manifests manifests, Mapping document) {
        List<ApiObject> objects = new ArrayList<>(manifests.objects());
        List<String> assumptions = new ArrayList<>();
        NodeLocalDns wanted = said(document);
        if (wanted != null && caches(objects).isEmpty()) {
            objects.addAll(read(document.location(), daemonSet(wanted)));
        }
        Optional<NodeCache> asking = caches(objects).stream()
                .filter(cache -> cache.upstream().isEmpty()
                        || cache.upstream().equals(NodeCache.USUAL_UPSTREAM))
                .findFirst();
        Service servers = servers(objects);
        if (asking.isPresent() && servers != null
                && service(objects, NodeCache.USUAL_UPSTREAM) == null) {
            objects.addAll(read(document.location(), upstream(servers.spec().selector())));
            if (wanted == null) {
                assumptions.add("dns: Service " + NAMESPACE + "/" + NodeCache.USUAL_UPSTREAM
                        + ", which the nodes' caches ask, has kube-dns's pods on UDP and TCP 53 (as"
                        + " NodeLocal DNSCache's manifest has it)");
            }
        }
        return new NodeLocalObjects(manifests.withObjects(objects), assumptions);
    }

    private static @Nullable NodeLocalDns said(Mapping document) {
        return document.get("spec") instanceof Mapping spec
                && spec.get("dns") instanceof Mapping dns
                && dns.get("nodeLocal") instanceof Mapping given
                        ? RecordForm.of(NodeLocalDns.class).read(given, FieldPath.root(),
                                new Reading(new Problems(), (name, path) -> List.of()))
                        : null;
    }

    private static List<ApiObject> read(Location where, String yaml) {
        return ManifestReader.read(YamlReader.read(where.file(), yaml, new Problems()),
                new Problems()).objects();
    }

    /** The caches that pods are, or that a DaemonSet makes. */
    static List<NodeCache> caches(List<ApiObject> objects) {
        return objects.stream().flatMap(object -> switch (object) {
            case Pod pod -> NodeCache.of(pod).stream();
            case DaemonSet set when set.template().spec().hostNetwork() -> NodeCache
                    .of(set.template().spec().containers()).stream();
            default -> Optional.<NodeCache>empty().stream();
        }).toList();
    }

    /** The DNS Service; null where there is none. */
    static @Nullable Service servers(List<ApiObject> objects) {
        return ClusterDns.service(objects.stream().filter(Service.class::isInstance)
                .map(Service.class::cast).toList());
    }

    /** Whether it is the Service that caches ask: every DNS server listens on UDP and TCP. */
    static boolean isUpstream(Service service) {
        return service.metadata().namespace().equals(NAMESPACE)
                && service.metadata().name().equals(NodeCache.USUAL_UPSTREAM);
    }

    private static @Nullable Service service(List<ApiObject> objects, String name) {
        return objects.stream().filter(Service.class::isInstance).map(Service.class::cast)
                .filter(s -> s.metadata().namespace().equals(NAMESPACE)
                        && s.metadata().name().equals(name))
                .findFirst().orElse(null);
    }

    private static String upstream(Map<String, String> selector) {
        String labels = (selector.isEmpty() ? USUAL_SELECTOR : selector).entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\": \"" + e.getValue() + "\"")
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, """
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: %s, labels: {k8s-app: kube-dns}}
                spec:
                  selector: {%s}
                  ports:
                  - {name: dns, port: 53, targetPort: 53, protocol: UDP}
                  - {name: dns-tcp, port: 53, targetPort: 53, protocol: TCP}
                """, NodeCache.USUAL_UPSTREAM, NAMESPACE, labels);
    }

    private static String daemonSet(NodeLocalDns wanted) {
        String addresses = wanted.addresses().stream().map(IpAddress::toString)
                .collect(Collectors.joining(","));
        return String.format(Locale.ROOT, """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: node-local-dns, namespace: %1$s}
                spec:
                  selector: {matchLabels: {k8s-app: node-local-dns}}
                  updateStrategy: {rollingUpdate: {maxUnavailable: 10%%}}
                  template:
                    metadata: {labels: {k8s-app: node-local-dns}}
                    spec:
                      hostNetwork: true
                      dnsPolicy: Default
                      tolerations:
                      - {key: CriticalAddonsOnly, operator: Exists}
                      - {effect: NoExecute, operator: Exists}
                      - {effect: NoSchedule, operator: Exists}
                      containers:
                      - name: node-cache
                        image: registry.k8s.io/dns/k8s-dns-node-cache:1.26.4
                        args: [-localip, "%2$s", -conf, /etc/Corefile, -upstreamsvc, %3$s,
                          "-skipteardown=%4$s"]
                        ports:
                        - {containerPort: 53, name: dns, protocol: UDP}
                        - {containerPort: 53, name: dns-tcp, protocol: TCP}
                        - {containerPort: 9253, name: metrics, protocol: TCP}
                        livenessProbe:
                          httpGet: {host: "%5$s", path: /health, port: 8080}
                          initialDelaySeconds: 60
                          timeoutSeconds: 5
                """, NAMESPACE, addresses, NodeCache.USUAL_UPSTREAM, wanted.skipTeardown(),
                wanted.addresses().getFirst());
    }

    /**
     * kubelet's {@code clusterDNS} as far as objects show it.
     *
     * @param addresses empty where they show none but the DNS Service's own
     */
    record Told(List<String> addresses, String why, boolean seen) {}

    /**
     * From kubelet's ConfigMap; else a cache that has not the Service's address is meant to be
     * asked.
     */
    static Told told(List<ApiObject> objects) {
        Service servers = servers(objects);
        List<String> usual = servers == null ? List.of()
                : servers.spec().clusterAddresses().stream().map(IpAddress::toString).toList();
        for (ApiObject object : objects) {
            if (object instanceof ConfigMap map && map.metadata().namespace().equals(NAMESPACE)
                    && map.metadata().name().startsWith("kubelet-config")) {
                List<String> given = given(map);
                if (!given.isEmpty()) {
                    return new Told(given.equals(usual) ? List.of() : given,
                            map.key().toString(), true);
                }
            }
        }
        return caches(objects).stream().filter(cache -> cache.addresses().stream()
                .noneMatch(address -> usual.contains(address.toString()))).findFirst()
                .map(cache -> new Told(List.of(cache.addresses().getFirst().toString()),
                        "the nodes' DNS caches have it, and not kube-dns's ClusterIP", false))
                .orElse(new Told(List.of(), "", false));
    }

    private static List<String> given(ConfigMap map) {
        String text = map.data().getOrDefault("kubelet", "");
        Mapping read = YamlReader.read(map.source().location().file(), text, new Problems())
                .stream().findFirst().orElse(null);
        return read != null && read.get("clusterDNS") instanceof Sequence list
                ? list.items().stream().filter(Scalar.class::isInstance)
                        .map(item -> ((Scalar) item).text())
                        .filter(item -> IpAddress.parse(item).isPresent()).toList()
                : List.of();
    }
}
