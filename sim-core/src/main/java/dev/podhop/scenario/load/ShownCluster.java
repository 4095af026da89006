package dev.podhop.scenario.load;

import dev.podhop.cloud.LoadBalancerProfiles;
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
import dev.podhop.scenario.KubernetesVersion;
import dev.podhop.scenario.Names;
import dev.podhop.scenario.NetworkSpec;
import dev.podhop.scenario.form.ScenarioDocument;
import dev.podhop.scenario.load.CloudGuess.Guess;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a file's objects show of their cluster, and what is usual where they show nothing: as the
 * keys of a Scenario document. Whether the file has one changes nothing of it but what that says
 * itself.
 */
final class ShownCluster {

    /** How many of a kind a line names. */
    private static final int NAMED = 5;
    private static final String UNSEEN = "objects do not show it";

    private final List<ApiObject> objects;
    private final @Nullable KubeProxyConfiguration kubeProxy;
    private final PluginGuess plugin;
    private final Assumptions assumed;

    private ShownCluster(Manifests manifests, Assumptions assumed) {
        this.objects = manifests.objects();
        this.kubeProxy = manifests.kubeProxy();
        this.assumed = assumed;
        this.plugin = new PluginGuess(objects);
    }

    /**
     * All that a file leaves open.
     *
     * @param document the Scenario document; without a spec where the file has none
     * @param defaults what the document says of the network, defaults filled in
     */
    static Assumptions of(Manifests manifests, Mapping document, NetworkSpec defaults) {
        Assumptions assumed = new Assumptions(document);
        ShownCluster shown = new ShownCluster(manifests, assumed);
        CloudGuess cloud = new CloudGuess(shown.objects, shown.plugin);
        shown.version();
        shown.loadBalancers(cloud);
        shown.network(new NetworkGuess(manifests), cloud, defaults);
        shown.plugin.replacesKubeProxy().ifPresent(why -> assumed.evident(true));
        new OutsideGuess(shown.objects, assumed).assume();
        return assumed;
    }

    /** What the cluster does in another way than is modelled, a line each. */
    static List<String> warnings(Manifests manifests) {
        return new PluginGuess(manifests.objects()).replacesKubeProxy()
                .map(why -> "eBPF programs do kube-proxy's work here (" + why + ") and are not"
                        + " modelled: what follows is what kube-proxy would do")
                .stream().toList();
    }

    /** Who answers for names, and how. */
    private void dns() {
        if (NodeLocalObjects.servers(objects) == null) {
            assumed.note("names are resolved at once, without packets: no Service"
                    + " kube-system/kube-dns");
        }
        boolean written = objects.stream().filter(ConfigMap.class::isInstance).anyMatch(
                o -> o.metadata().namespace().equals("kube-system")
                        && o.metadata().name().equals("coredns"));
        if (!written) {
            assumed.note("CoreDNS has ttl 5, cache 30, loadbalance: no ConfigMap"
                    + " kube-system/coredns");
        }
        NodeLocalObjects.Told told = NodeLocalObjects.told(objects);
        if (!told.addresses().isEmpty()) {
            assumed.addAll("dns.clusterDNS", told.addresses(), told.why());
            assumed.evident(told.seen());
        }
        assumed.add("dns.names", assumed.builder().build(),
                "objects show no name outside the cluster");
    }

    /**
     * kubelet is at most a few minor versions behind the API server, and kube-proxy goes with it;
     * the first node that names its version speaks for all.
     */
    private void version() {
        for (ApiObject object : objects) {
            if (object.kind() == ApiKind.NODE
                    && object.source().get("status") instanceof Mapping status
                    && status.get("nodeInfo") instanceof Mapping info) {
                String kubelet = String.valueOf(info.text("kubeletVersion"));
                Optional<KubernetesVersion> version = KubernetesVersion.parse(kubelet);
                if (version.isPresent()) {
                    assumed.seen("kubernetesVersion", version.get(),
                            object.key() + " runs kubelet " + kubelet);
                    return;
                }
            }
        }
        assumed.add("kubernetesVersion", KubernetesVersion.NEWEST, "the newest modelled");
    }

    /**
     * What the cloud is, decides what happens to packets more than anything else that objects leave
     * open: hence the reason stands beside it.
     */
    private void loadBalancers(CloudGuess cloud) {
        Guess guess = cloud.profile();
        boolean vendor = guess.profile() != null;
        assumed.evident(vendor || !cloud.services().isEmpty());
        // Who names another vendor's cloud does not mean this one's kinds of balancers.
        if (!assumed.isGiven("loadBalancer.profile")) {
            cloud.services().forEach((service, own) -> assumed.seen(
                    "loadBalancer.services." + service + ".profile", own.name(), own.why()));
        }
        assumed.add("loadBalancer.profile", vendor ? guess.name()
                : LoadBalancerProfiles.plain().name(), guess.why());
        addresses();
    }

    /** A load balancer known by its hostname only, or not there yet, needs one to be called at. */
    private void addresses() {
        AnnotatedBalancers annotated =
                new AnnotatedBalancers(ScenarioDocument.emptySpec().loadBalancer());
        List<String> made = objects.stream().filter(Service.class::isInstance)
                .map(Service.class::cast)
                .filter(service -> service.spec().type().equals("LoadBalancer")
                        && service.ingress().stream().allMatch(i -> i.ip().isEmpty())
                        && annotated.address(service) == null)
                .map(service -> Names.qualified(service.metadata().namespace(),
                        service.metadata().name()))
                .filter(name -> !assumed.isGiven("loadBalancer.services." + name + ".address"))
                .toList();
        if (!made.isEmpty()) {
            assumed.note("the load balancers' addresses are made up for "
                    + made.stream().limit(NAMED).collect(Collectors.joining(", "))
                    + (made.size() > NAMED ? " and " + (made.size() - NAMED) + " more" : "")
                    + ": status.loadBalancer has no IP address");
        }
    }

    private void network(NetworkGuess guess, CloudGuess cloud, NetworkSpec defaults) {
        NetworkSpec filled = guess.fill(cloud.network(defaults));
        assumed.evident(guess.statesServiceCidr());
        assumed.evident(plugin.isSeen());
        assumed.add("network.clusterCIDR", joined(filled.clusterCIDR()),
                guess.clusterCidrOrigin());
        kubeProxy(filled);
        boolean without = objects.stream().anyMatch(
                o -> o instanceof Node node && node.podCIDRs().isEmpty());
        if (without && objects.stream().anyMatch(ShownCluster::makesAddresses)) {
            assumed.note(
                    "assumed: podAddresses: new pods on nodes without podCIDR get addresses of "
                            + joined(filled.clusterCIDR())
                            + " (as a VPC's network plugin gives them)");
        }
        assumed.add("network.serviceCIDR", joined(filled.serviceCIDR()),
                guess.serviceCidrOrigin());
        assumed.add("network.gateway", joined(filled.gateway()),
                objects.stream().anyMatch(Node.class::isInstance)
                        ? "the first free address beside the first node"
                        : "the file has no node");
        assumed.add("network.clusterDomain", filled.clusterDomain(), "the usual one");
        dns();
        assumed.add("network.fabric", filled.fabric(), cloud.whyFabric());
        assumed.add("network.podAttachment", filled.podAttachment(), cloud.whyAttachment());
        if (plugin.blackholes()) {
            assumed.add("network.podBlackhole", filled.podBlackhole(), cloud.whyAttachment());
        }
        assumed.add("network.hairpinMode", filled.hairpinMode(), "the usual one");
        plugin.portMap().ifPresent(portMap -> {
            assumed.add("network.portMap.snat", filled.portMap().snat(), plugin.whyPortMap());
            assumed.add("network.portMap.masqAll", filled.portMap().masqAll(),
                    plugin.whyPortMap());
        });
        plugin.tunnel().ifPresent(assumed::note);
        assumed.add("network.ipMasq", filled.ipMasq(), plugin.whyMasquerade());
        assumed.add("network.sysctls.net.ipv4.conf.all.rp_filter", 0, UNSEEN);
        assumed.add("network.sysctls.net.bridge.bridge-nf-call-iptables", 1, UNSEEN);
        assumed.add("network.latency.pod", defaults.latency().pod(), UNSEEN);
        assumed.add("network.latency.node", defaults.latency().node(), UNSEEN);
        assumed.add("network.latency.external", defaults.latency().external(), UNSEEN);
    }

    /** What kube-proxy is told where nothing shows it. */
    private void kubeProxy(NetworkSpec network) {
        String why = "no ConfigMap, and no flag of a kube-proxy pod, says it";
        String told = KubeProxyGuess.clusterCidr(network, objects);
        if (kubeProxy == null) {
            assumed.add("kubeProxy.mode", "iptables", why);
        }
        if (kubeProxy == null || KubeProxyGuess.leavesRangeOpen(kubeProxy)) {
            assumed.add("kubeProxy.clusterCIDR", told,
                    told.isEmpty() ? "the pods' range would hold the nodes too" : why);
        }
    }

    private static boolean makesAddresses(ApiObject object) {
        return object instanceof Workload || object instanceof Pod pod
                && !pod.isFinished() && pod.status().podIPs().isEmpty();
    }

    private static String joined(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(","));
    }
}
