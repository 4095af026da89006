package dev.podhop.scenario.load;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ConfigMap;
import dev.podhop.k8s.KubeProxyConfiguration;
import dev.podhop.k8s.Manifests;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.Workload;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.net.IpAddress;
import dev.podhop.scenario.ExternalHost;
import dev.podhop.scenario.KubernetesVersion;
import dev.podhop.scenario.LoadBalancerKeys;
import dev.podhop.scenario.LoadBalancerSpec;
import dev.podhop.scenario.Names;
import dev.podhop.scenario.NetworkSpec;
import dev.podhop.scenario.ScenarioSpec;
import dev.podhop.scenario.form.ScenarioDocument;
import dev.podhop.scenario.load.CloudGuess.Guess;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster's dump without a Scenario: what it leaves open is assumed, and each assumption told.
 */
final class BareDump {

    /** Somebody outside to trace from. TEST-NET-3 (RFC 5737): nobody in the cluster has it. */
    private static final ExternalHost OUTSIDE =
            new ExternalHost("ext", IpAddress.of("203.0.113.2"), null, null);

    /** How many of a kind a line names. */
    private static final int NAMED = 5;

    private final List<ApiObject> objects;
    private final @Nullable KubeProxyConfiguration kubeProxy;
    private final PluginGuess plugin;
    private final List<String> assumptions = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final ScenarioSpec spec;

    BareDump(Manifests manifests) {
        this.objects = manifests.objects();
        this.kubeProxy = manifests.kubeProxy();
        ScenarioSpec defaults = ScenarioDocument.emptySpec();
        KubernetesVersion version = version();
        this.plugin = new PluginGuess(objects);
        plugin.replacesKubeProxy().ifPresent(why -> warnings.add("eBPF programs do kube-proxy's"
                + " work here (" + why + ") and are not modelled: what follows is what kube-proxy"
                + " would do"));
        CloudGuess cloud = new CloudGuess(objects, plugin);
        this.spec = defaults.withKubernetesVersion(version)
                .withLoadBalancer(loadBalancer(cloud))
                .withNetwork(network(defaults.network(), new NetworkGuess(manifests), cloud))
                .withExternalHosts(externalHosts());
    }

    ScenarioSpec spec() {
        return spec;
    }

    /** A line each: {@code key: value (why)}. */
    List<String> assumptions() {
        return assumptions;
    }

    /** What the dump's cluster does in another way than is modelled, a line each. */
    List<String> warnings() {
        return warnings;
    }

    /** Who answers for names, and how. */
    private void assumeDns() {
        boolean served = isThere(Service.class, "kube-dns");
        if (!served) {
            assume("dns", "names are resolved at once, without packets",
                    "no Service kube-system/kube-dns");
        }
        if (!isThere(ConfigMap.class, "coredns")) {
            assume("dns.Corefile", "ttl 5, cache 30, loadbalance",
                    "no ConfigMap kube-system/coredns");
        }
        assume("dns.names", "no name outside the cluster exists", "a dump does not show them");
    }

    private boolean isThere(Class<? extends ApiObject> kind, String name) {
        return objects.stream().filter(kind::isInstance).anyMatch(
                o -> o.metadata().namespace().equals("kube-system")
                        && o.metadata().name().equals(name));
    }

    private void assume(String key, Object value, String why) {
        assumptions.add(key + ": " + value + " (" + why + ")");
    }

    /**
     * kubelet is at most a few minor versions behind the API server, and kube-proxy goes with it;
     * the first node that names its version speaks for all.
     */
    private KubernetesVersion version() {
        for (ApiObject object : objects) {
            if (object.kind() == ApiKind.NODE
                    && object.source().get("status") instanceof Mapping status
                    && status.get("nodeInfo") instanceof Mapping info) {
                String kubelet = String.valueOf(info.text("kubeletVersion"));
                Optional<KubernetesVersion> version = KubernetesVersion.parse(kubelet);
                if (version.isPresent()) {
                    version.get().unmodelled().ifPresent(warnings::add);
                    assume("kubernetesVersion", version.get().modelled(),
                            object.key() + " runs kubelet " + kubelet);
                    return version.get().modelled();
                }
            }
        }
        assume("kubernetesVersion", KubernetesVersion.NEWEST, "the newest modelled");
        return KubernetesVersion.NEWEST;
    }

    /**
     * What the cloud is, decides what happens to packets more than anything else that a dump leaves
     * open: hence the reason stands beside it.
     */
    private LoadBalancerSpec loadBalancer(CloudGuess cloud) {
        Guess guess = cloud.profile();
        assume("loadBalancer.profile", guess.name(), guess.why());
        Map<String, LoadBalancerSpec.OfService> services = new LinkedHashMap<>();
        cloud.services().forEach((service, own) -> {
            assume("loadBalancer.services." + service + ".profile", own.name(), own.why());
            services.put(service, LoadBalancerSpec.OfService.ofProfile(
                    own.profile()));
        });
        assumeAddresses();
        return new LoadBalancerSpec(LoadBalancerKeys.ofProfile(guess.profile()), services);
    }

    /** A load balancer known by its hostname only, or not there yet, needs one to be called at. */
    private void assumeAddresses() {
        AnnotatedBalancers annotated =
                new AnnotatedBalancers(ScenarioDocument.emptySpec().loadBalancer());
        List<String> made = objects.stream().filter(Service.class::isInstance)
                .map(Service.class::cast)
                .filter(service -> service.spec().type().equals("LoadBalancer")
                        && service.ingress().stream().allMatch(i -> i.ip().isEmpty())
                        && annotated.address(service) == null)
                .map(service -> Names.qualified(service.metadata().namespace(),
                        service.metadata().name()))
                .toList();
        if (!made.isEmpty()) {
            assume("loadBalancer.services.address", "made up for "
                    + made.stream().limit(NAMED).collect(Collectors.joining(", "))
                    + (made.size() > NAMED ? " and " + (made.size() - NAMED) + " more" : ""),
                    "status.loadBalancer has no IP address");
        }
    }

    private NetworkSpec network(NetworkSpec defaults, NetworkGuess guess, CloudGuess cloud) {
        NetworkSpec filled = guess.fill(cloud.network(defaults));
        assume("network.clusterCIDR", joined(filled.clusterCIDR()), guess.clusterCidrOrigin());
        if (kubeProxy == null) {
            String told = KubeProxyGuess.clusterCidr(filled, objects);
            assume("kubeProxy", "iptables mode, " + (told.isEmpty()
                    ? "no clusterCIDR, because it would hold the nodes too"
                    : "clusterCIDR " + told),
                    "no ConfigMap, and no flag of a kube-proxy pod, says it");
        }
        boolean without = nodes().anyMatch(node -> node.podCIDRs().isEmpty());
        if (without && objects.stream().anyMatch(BareDump::makesAddresses)) {
            assume("podAddresses", "new pods on nodes without podCIDR get addresses of "
                    + joined(filled.clusterCIDR()), "as a VPC's network plugin gives them");
        }
        assume("network.serviceCIDR", joined(filled.serviceCIDR()), guess.serviceCidrOrigin());
        assume("network.gateway", joined(filled.gateway()),
                objects.stream().anyMatch(Node.class::isInstance)
                        ? "the first free address beside the first node"
                        : "the file has no node");
        assume("network.clusterDomain", filled.clusterDomain(), "the usual one");
        assumeDns();
        assume("network.fabric", filled.fabric(), cloud.whyFabric());
        assume("network.podAttachment", filled.podAttachment(), cloud.whyAttachment());
        assume("network.hairpinMode", filled.hairpinMode(), "the usual one");
        plugin.tunnel().ifPresent(why -> assume("network.tunnels", "none", why));
        assume("network.ipMasq", filled.ipMasq(), plugin.whyMasquerade());
        assume("network.sysctls", "rp_filter 0, bridge-nf-call-iptables 1, else the kernel's",
                "a dump does not show them");
        assume("network.latency", "pod " + filled.latency().pod() + ", node "
                + filled.latency().node() + ", external " + filled.latency().external(),
                "a dump does not show them");
        return filled;
    }

    /** Somebody outside to ask from, and whoever answers for endpoints that are no pods. */
    private List<ExternalHost> externalHosts() {
        List<ExternalHost> hosts = new ArrayList<>(List.of(OUTSIDE));
        assume("externalHosts", OUTSIDE.name() + " at " + OUTSIDE.ip(), "the file has none");
        LooseEndpoints.onNodes(objects).forEach(endpoint -> assume("servers",
                "something answers at " + endpoint, "an endpoint at a node that is no pod"));
        Set<IpAddress> known = new HashSet<>();
        LooseEndpoints.outside(objects).forEach((endpoint, service) -> {
            if (known.add(endpoint.address())) {
                String name = "endpoint-" + known.size();
                hosts.add(new ExternalHost(name, endpoint.address(), null, endpoint.port()));
                assume("externalHosts", name + " at " + endpoint.address() + ", answers on "
                        + endpoint.port(), "an endpoint of " + service + " that is no pod");
            }
        });
        return hosts;
    }

    private Stream<Node> nodes() {
        return objects.stream().filter(Node.class::isInstance).map(Node.class::cast);
    }

    private static boolean makesAddresses(ApiObject object) {
        return object instanceof Workload || object instanceof Pod pod
                && !pod.isFinished() && pod.status().podIPs().isEmpty();
    }

    private static String joined(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(","));
    }
}
