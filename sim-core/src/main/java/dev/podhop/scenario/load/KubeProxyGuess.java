package dev.podhop.scenario.load;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.KubeProxyConfiguration;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.scenario.NetworkSpec;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * kube-proxy's configuration where a file has none: its own defaults, but told of the pods' range,
 * as installers tell it. Where pods have addresses of the nodes' own range (VPC CNIs) there is
 * nothing to tell: EKS leaves clusterCIDR empty, and kube-proxy then knows no local traffic.
 */
final class KubeProxyGuess {

    private KubeProxyGuess() {}

    static KubeProxyConfiguration of(@Nullable KubeProxyConfiguration given,
            NetworkSpec network, List<ApiObject> objects) {
        String range = clusterCidr(network, objects);
        if (given == null) {
            return read(new TreeBuilder(Location.startOf(""))
                    .text("apiVersion", "kubeproxy.config.k8s.io/v1alpha1")
                    .text("kind", "KubeProxyConfiguration").build(), range);
        }
        // What was only made up to hold a setting says nothing about the rest.
        return leavesRangeOpen(given) ? read(given.source(), range) : given;
    }

    /** Whether a document that only holds a setting says nothing of the pods' range. */
    static boolean leavesRangeOpen(KubeProxyConfiguration given) {
        return Setting.isPlaceOf(given.source().location())
                && given.source().get("clusterCIDR") == null;
    }

    /** What it is told; empty where the range holds nodes too. */
    static String clusterCidr(NetworkSpec network, List<ApiObject> objects) {
        boolean mixed = objects.stream().filter(Node.class::isInstance).map(Node.class::cast)
                .flatMap(node -> node.ownAddresses().stream())
                .flatMap(address -> IpAddress.parse(address).stream())
                .anyMatch(node -> network.clusterCIDR().stream().anyMatch(r -> r.contains(node)));
        return mixed ? ""
                : network.clusterCIDR().stream().map(Cidr::toString)
                        .collect(Collectors.joining(","));
    }

    private static KubeProxyConfiguration read(Mapping document, String clusterCidr) {
        Mapping told = new TreeBuilder(document.location()).text("clusterCIDR", clusterCidr)
                .build();
        return Objects.requireNonNull(ManifestReader.read(
                List.of(Trees.mergePatch(document, told)), new Problems()).kubeProxy());
    }
}
