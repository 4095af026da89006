package dev.podhop.scenario.load;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.KubeProxyConfiguration;
import dev.podhop.k8s.Manifests;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.scenario.NetworkSpec;
import dev.podhop.scenario.PrefixedAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Fills in the ranges that a file leaves open, from the addresses that its objects have. */
final class NetworkGuess {

    /** kubeadm's and flannel's usual ranges: taken where the file does not speak against them. */
    private static final Cidr PODS_V4 = Cidr.of("10.244.0.0/16");
    private static final Cidr PODS_V6 = Cidr.of("fd00:10:244::/48");
    static final Cidr SERVICES_V4 = Cidr.of("10.96.0.0/12");
    private static final Cidr SERVICES_V6 = Cidr.of("fd00:10:96::/112");
    private static final PrefixedAddress GATEWAY =
            new PrefixedAddress(IpAddress.of("10.0.0.1"), 24);
    /** Ranges must leave room to allocate from, whatever few addresses a file has. */
    private static final int LONGEST_PODS_V4 = 24;
    private static final int LONGEST_PODS_V6 = 64;
    private static final int LONGEST_SERVICES_V4 = 16;
    private static final int LONGEST_SERVICES_V6 = 112;

    private final List<ApiObject> objects;
    private final @Nullable KubeProxyConfiguration kubeProxy;
    private final Optional<ServiceRanges> stated;

    NetworkGuess(Manifests manifests) {
        this.objects = Stream.concat(manifests.objects().stream(), manifests.again().stream())
                .toList();
        this.kubeProxy = manifests.kubeProxy();
        this.stated = ServiceRanges.stated(manifests);
    }

    /** The network with nothing left open; what the file says stays. */
    NetworkSpec fill(NetworkSpec spec) {
        List<Cidr> pods = spec.clusterCIDR().isEmpty() ? clusterCidr() : spec.clusterCIDR();
        return new NetworkSpec(pods,
                spec.serviceCIDR().isEmpty() ? serviceCidr(pods) : spec.serviceCIDR(),
                spec.clusterDomain(), spec.fabric(),
                spec.gateway().isEmpty() ? gateways() : spec.gateway(), spec.podAttachment(),
                spec.podBlackhole(), spec.hairpinMode(), spec.ipMasq(), spec.chainPolicies(),
                spec.portMap(), spec.announce(), spec.sysctls(), spec.latency());
    }

    /** Whether the objects say outright where ClusterIPs come from. */
    boolean statesServiceCidr() {
        return stated.isPresent();
    }

    /** Where {@link #fill} took clusterCIDR from. */
    String clusterCidrOrigin() {
        return !kubeProxyCidrs().isEmpty() ? "kube-proxy's clusterCIDR"
                : !podCidrs().isEmpty() ? "the nodes' podCIDRs"
                : !podAddresses().isEmpty() ? "the pods' addresses"
                : sharedSubnets().isEmpty() ? "nothing to go by"
                : "the nodes' own subnet: AWS's plugin gives pods addresses of it";
    }

    /** Where {@link #fill} took serviceCIDR from. */
    String serviceCidrOrigin() {
        return stated.map(ServiceRanges::origin)
                .orElse(clusterIPs().isEmpty() ? "the usual one" : "the Services' ClusterIPs");
    }

    /**
     * kube-proxy knows it best, as it decides by it what is local (detectLocalMode ClusterCIDR);
     * else nodes' podCIDRs are cut from it. Networks that give pods addresses of the nodes' own
     * (VPC CNIs) have only the pods to go by.
     */
    private List<Cidr> clusterCidr() {
        List<Cidr> configured = kubeProxyCidrs();
        if (!configured.isEmpty()) {
            return configured;
        }
        List<Cidr> known = !podCidrs().isEmpty() ? podCidrs()
                : !podAddresses().isEmpty() ? podAddresses()
                : sharedSubnets();
        List<Cidr> ranges = new ArrayList<>();
        for (IpFamily family : families(known)) {
            boolean v4 = family == IpFamily.IPv4;
            Cidr range = covering(v4 ? PODS_V4 : PODS_V6, of(family, known));
            int length = Math.min(range.prefixLength(), v4 ? LONGEST_PODS_V4 : LONGEST_PODS_V6);
            ranges.add(new Cidr(range.base(), length));
        }
        return ranges.isEmpty() ? List.of(PODS_V4) : ranges;
    }

    /**
     * ClusterIPs lie in it, so it holds those that the file has; one range for each family of pods,
     * and for each that a Service asks for.
     */
    private List<Cidr> serviceCidr(List<Cidr> pods) {
        if (stated.isPresent()) {
            return stated.get().ranges();
        }
        List<Cidr> known = clusterIPs();
        Set<IpFamily> families = families(pods);
        families.addAll(families(known));
        objects(Service.class).flatMap(service -> service.spec().ipFamilies().stream())
                .filter(IpFamily.IPv6.name()::equals).forEach(v6 -> families.add(IpFamily.IPv6));
        if (objects(Service.class).anyMatch(NetworkGuess::requiresBoth)) {
            families.addAll(EnumSet.allOf(IpFamily.class));
        }
        List<Cidr> ranges = new ArrayList<>();
        for (IpFamily family : families) {
            boolean v4 = family == IpFamily.IPv4;
            Cidr range = covering(v4 ? SERVICES_V4 : SERVICES_V6, of(family, known));
            int length =
                    Math.min(range.prefixLength(), v4 ? LONGEST_SERVICES_V4 : LONGEST_SERVICES_V6);
            ranges.add(new Cidr(range.base(), length));
        }
        return ranges;
    }

    private static boolean requiresBoth(Service service) {
        return "RequireDualStack".equals(service.spec().ipFamilyPolicy());
    }

    /**
     * What the server gave says more than what a manifest without a uid asks for: where a file has
     * both, only the former.
     */
    private List<Cidr> clusterIPs() {
        boolean given = objects(Service.class).anyMatch(NetworkGuess::isServers);
        return objects(Service.class).filter(service -> !given || isServers(service))
                .flatMap(service -> service.spec().clusterIPs().isEmpty()
                        ? Stream.of(service.spec().clusterIP())
                        : service.spec().clusterIPs().stream())
                .flatMap(NetworkGuess::host).toList();
    }

    private static boolean isServers(Service service) {
        return service.source().get("metadata") instanceof Mapping meta
                && meta.get("uid") != null;
    }

    /**
     * The edge must stand in the nodes' subnet to be their next hop, at an address that is free.
     */
    private List<PrefixedAddress> gateways() {
        List<IpAddress> nodes = nodeAddresses();
        Set<IpAddress> used = new HashSet<>(nodes);
        podAddresses().forEach(pod -> used.add(pod.base()));
        List<PrefixedAddress> gateways = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            int length = family == IpFamily.IPv4 ? 24 : 64;
            nodes.stream().filter(address -> address.family() == family).findFirst()
                    .map(address -> firstFree(new Cidr(address, length), used))
                    .ifPresent(address -> gateways.add(new PrefixedAddress(address, length)));
        }
        return gateways.isEmpty() ? List.of(GATEWAY) : gateways;
    }

    private static IpAddress firstFree(Cidr subnet, Set<IpAddress> used) {
        long offset = 1;
        while (used.contains(subnet.address(offset))) {
            offset++;
        }
        return subnet.address(offset);
    }

    /** The usual range if it holds all, else the smallest that does. */
    private static Cidr covering(Cidr usual, List<Cidr> known) {
        if (known.stream().allMatch(usual::contains)) {
            return usual;
        }
        Cidr range = known.getFirst();
        while (!known.stream().allMatch(range::contains)) {
            range = new Cidr(range.base(), range.prefixLength() - 1);
        }
        return range;
    }

    private static Set<IpFamily> families(List<Cidr> ranges) {
        Set<IpFamily> families = EnumSet.noneOf(IpFamily.class);
        ranges.forEach(range -> families.add(range.family()));
        return families;
    }

    private static List<Cidr> of(IpFamily family, List<Cidr> ranges) {
        return ranges.stream().filter(range -> range.family() == family).toList();
    }

    private List<Cidr> kubeProxyCidrs() {
        String configured = kubeProxy == null ? "" : kubeProxy.clusterCIDR();
        return Arrays.stream(configured.split(",")).map(String::strip)
                .map(Cidr::parse).flatMap(Optional::stream).toList();
    }

    private List<Cidr> podCidrs() {
        return objects(Node.class).flatMap(node -> node.podCIDRs().stream()).map(Cidr::parse)
                .flatMap(Optional::stream).toList();
    }

    private List<Cidr> podAddresses() {
        return objects(Pod.class).filter(pod -> !pod.spec().hostNetwork())
                .flatMap(pod -> pod.status().podIPs().stream()).flatMap(NetworkGuess::host)
                .toList();
    }

    /** EKS's plugin gives pods addresses of the VPC, and nodes have no podCIDR. */
    private List<Cidr> sharedSubnets() {
        return objects(Node.class).filter(node -> node.providerID().startsWith("aws://"))
                .flatMap(node -> node.ownAddresses().stream()).flatMap(NetworkGuess::host)
                .toList();
    }

    private List<IpAddress> nodeAddresses() {
        return objects(Node.class).flatMap(node -> node.ownAddresses().stream())
                .map(address -> IpAddress.parse(address)).flatMap(Optional::stream)
                .toList();
    }

    private static Stream<Cidr> host(String address) {
        return IpAddress.parse(address).map(Cidr::host).stream();
    }

    private <T extends ApiObject> Stream<T> objects(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast);
    }
}
