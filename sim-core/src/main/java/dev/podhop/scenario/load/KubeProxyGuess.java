package dev.podhop.scenario.load;

import dev.podhop.k8s.KubeProxyConfiguration;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.net.Cidr;
import dev.podhop.scenario.NetworkSpec;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * kube-proxy's configuration where a file has none: its own defaults, but told of the pods' range,
 * as every installer tells it. Without that it would know no local traffic.
 */
final class KubeProxyGuess {

    private KubeProxyGuess() {}

    static KubeProxyConfiguration of(@Nullable KubeProxyConfiguration given,
            NetworkSpec network) {
        if (given == null) {
            return read(new TreeBuilder(Location.startOf(""))
                    .text("apiVersion", "kubeproxy.config.k8s.io/v1alpha1")
                    .text("kind", "KubeProxyConfiguration").build(), network);
        }
        // What was only made up to hold a setting says nothing about the rest.
        boolean madeUp = Setting.isPlaceOf(given.source().location());
        return madeUp && given.clusterCIDR().isEmpty() ? read(given.source(), network) : given;
    }

    private static KubeProxyConfiguration read(Mapping document, NetworkSpec network) {
        String range = network.clusterCIDR().stream().map(Cidr::toString)
                .collect(Collectors.joining(","));
        Mapping told = new TreeBuilder(document.location()).text("clusterCIDR", range).build();
        Mapping whole = document.with("clusterCIDR",
                Objects.requireNonNull(told.get("clusterCIDR")));
        return Objects.requireNonNull(
                ManifestReader.read(List.of(whole), new Problems()).kubeProxy());
    }
}
