package dev.podhop.scenario.load;

import dev.podhop.cloud.annotations.Catalogue;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.LoadBalancerIngress;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Service;
import dev.podhop.scenario.Names;
import dev.podhop.scenario.NetworkSpec;
import dev.podhop.scenario.NetworkSpec.Fabric;
import dev.podhop.scenario.NetworkSpec.PodAttachment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which cloud a dumped cluster stands in, from what nodes and Services are called. */
final class CloudGuess {

    /**
     * A profile, or none, and why.
     *
     * @param profile null where nothing names a vendor
     */
    record Guess(@Nullable String profile, String why) {

        String name() {
            return profile == null ? "none" : profile;
        }
    }

    /**
     * How a vendor is known.
     *
     * @param providerId a regular expression of its nodes' {@code spec.providerID}
     * @param hostname of its nodes' or its load balancers' names
     * @param routedPods whether its usual network plugin routes each pod by itself
     */
    private record Vendor(String profile, String providerId, String hostname,
            boolean routedPods) {}

    /**
     * A cloud provider writes {@code spec.providerID} as its own name, two slashes and the machine
     * (k8s.io/cloud-provider); hostnames speak where a dump was stripped of it.
     */
    private static final List<Vendor> VENDORS = List.of(
            new Vendor("aws-nlb-instance", "aws://.*",
                    ".*\\.amazonaws\\.com|.*\\.(ec2|compute)\\.internal", true),
            new Vendor("tke-clb", "(qcloud|tencentcloud)://.*", ".*\\.tencentclb\\.com", false),
            new Vendor("azure-public", "azure://.*", ".*\\.cloudapp\\.azure\\.com|aks-.*", false),
            new Vendor("gcp-external", "gce://.*", "gke-.*", true));

    /**
     * Kubernetes itself makes a classic one on AWS unless an annotation asks for an NLB; the
     * hostname of what was made tells the two apart.
     */
    private static final String CLASSIC = "aws-classic-elb";
    private static final String CLASSIC_HOSTNAME = ".*\\.[a-z0-9-]+\\.elb\\.amazonaws\\.com";

    private static final String METALLB = "metallb-l2";
    private final List<ApiObject> objects;
    private final PluginGuess plugin;
    private final Guess profile;
    private final @Nullable Vendor vendor;

    CloudGuess(List<ApiObject> objects, PluginGuess plugin) {
        this.objects = objects;
        this.plugin = plugin;
        this.profile = guess();
        this.vendor = VENDORS.stream().filter(v -> v.profile.equals(profile.profile)).findFirst()
                .orElse(null);
    }

    Guess profile() {
        return profile;
    }

    /** The Services whose load balancers differ from the others, by name. */
    Map<String, Guess> services() {
        Map<String, Guess> services = new TreeMap<>();
        of(Service.class).forEach(service -> {
            service.ingress().stream().map(LoadBalancerIngress::hostname)
                    .filter(name -> name.matches(CLASSIC_HOSTNAME)).findFirst()
                    .ifPresent(name -> services.put(Names.qualified(
                            service.metadata().namespace(), service.metadata().name()),
                            new Guess(CLASSIC, "its hostname " + name)));
        });
        return services;
    }

    /** The defaults, with what the vendor's network is like. */
    NetworkSpec network(NetworkSpec d) {
        return new NetworkSpec(d.clusterCIDR(), d.serviceCIDR(), d.clusterDomain(),
                METALLB.equals(profile.profile) ? Fabric.L2 : plugin.fabric().orElse(d.fabric()),
                d.gateway(), plugin.routed().isPresent() || vendorRoutes() ? PodAttachment.ROUTED
                        : d.podAttachment(),
                plugin.blackholes(), d.hairpinMode(), plugin.masquerades(), d.chainPolicies(),
                plugin.portMap().orElse(d.portMap()), d.announce(), d.sysctls(), d.latency());
    }

    String whyFabric() {
        return METALLB.equals(profile.profile) ? "MetalLB answers on the nodes' own segment"
                : plugin.fabric().isPresent() ? "kind's nodes are containers on one bridge"
                : "the usual one in a cloud";
    }

    String whyAttachment() {
        return plugin.routed().isEmpty() && vendorRoutes() ? "the vendor's network plugin does so"
                : plugin.whyAttachment();
    }

    private boolean vendorRoutes() {
        return vendor != null && vendor.routedPods;
    }

    /** The surest sign first. */
    private Guess guess() {
        return Stream.of(byProviderId(), byHostname(), byAnnotation()).flatMap(Optional::stream)
                .findFirst().orElse(new Guess(null,
                        "no providerID, hostname or annotation names a vendor"));
    }

    private Optional<Guess> byProviderId() {
        return of(Node.class).flatMap(node -> VENDORS.stream()
                .filter(v -> node.providerID().matches(v.providerId))
                .map(v -> new Guess(v.profile,
                        node.key() + " has providerID " + node.providerID())))
                .findFirst();
    }

    private Optional<Guess> byHostname() {
        Stream<String> ofServices = of(Service.class)
                .flatMap(service -> service.ingress().stream()).map(LoadBalancerIngress::hostname);
        Stream<String> ofNodes = of(Node.class).map(node -> node.metadata().name());
        return Stream.concat(ofServices, ofNodes).flatMap(name -> VENDORS.stream()
                .filter(v -> name.matches(v.hostname))
                .map(v -> new Guess(v.profile, "the hostname " + name))).findFirst();
    }

    private Optional<Guess> byAnnotation() {
        return of(Service.class).flatMap(service -> service.metadata().annotations().keySet()
                .stream().flatMap(key -> Catalogue.shipped().usualProfile(key)
                        .map(profile -> new Guess(profile,
                                service.key() + " has the annotation " + key))
                        .stream()))
                .findFirst();
    }

    private <T extends ApiObject> Stream<T> of(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast);
    }
}
