package dev.podhop.k8s;

import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import java.util.List;

/** Writes a Service's spec as the API server would answer it. */
final class ServiceTree {

    private ServiceTree() {}

    /**
     * {@code service} with that spec; fields that stay the same keep their place in the user's
     * file.
     */
    static Mapping write(Mapping service, ServiceSpec spec) {
        YamlNode old = service.get("spec");
        Location where = old == null ? service.location() : old.location();
        return service.with("spec", Trees.keepPlaces(old, spec(spec, where)));
    }

    /** {@code service} with that {@code status.loadBalancer}. */
    static Mapping write(Mapping service, List<LoadBalancerIngress> ingress) {
        Location where = service.location();
        List<Mapping> items = ingress.stream().map(i -> new TreeBuilder(where).text("ip", i.ip())
                .text("hostname", i.hostname()).text("ipMode", i.ipMode()).build()).toList();
        Mapping old =
                service.get("status") instanceof Mapping m ? m : new Mapping(where, List.of());
        return service.with("status", old.with("loadBalancer",
                new TreeBuilder(where).list("ingress", items).build()));
    }

    private static Mapping spec(ServiceSpec spec, Location where) {
        TreeBuilder affinity = new TreeBuilder(where).object("clientIP", new TreeBuilder(where)
                .number("timeoutSeconds", spec.sessionAffinityTimeoutSeconds()).build());
        return new TreeBuilder(where)
                .flag("allocateLoadBalancerNodePorts", spec.allocateLoadBalancerNodePorts())
                .text("clusterIP", spec.clusterIP()).texts("clusterIPs", spec.clusterIPs())
                .texts("externalIPs", spec.externalIPs()).text("externalName", spec.externalName())
                .text("externalTrafficPolicy", spec.externalTrafficPolicy())
                .number("healthCheckNodePort", spec.healthCheckNodePort())
                .text("internalTrafficPolicy", spec.internalTrafficPolicy())
                .texts("ipFamilies", spec.ipFamilies())
                .text("ipFamilyPolicy", spec.ipFamilyPolicy())
                .text("loadBalancerClass", spec.loadBalancerClass())
                .text("loadBalancerIP", spec.loadBalancerIP())
                .texts("loadBalancerSourceRanges", spec.loadBalancerSourceRanges())
                .list("ports", spec.ports().stream().map(port -> port(port, where)).toList())
                .flag("publishNotReadyAddresses", spec.publishNotReadyAddresses() ? true : null)
                .map("selector", spec.selector()).text("sessionAffinity", spec.sessionAffinity())
                .object("sessionAffinityConfig", affinity.build())
                .text("trafficDistribution", spec.trafficDistribution()).text("type", spec.type())
                .build();
    }

    private static Mapping port(ServicePort port, Location where) {
        TreeBuilder tree = new TreeBuilder(where).text("appProtocol", port.appProtocol())
                .text("name", port.name()).number("nodePort", port.nodePort())
                .exactly("port", port.port()).text("protocol", port.protocol());
        String name = port.targetPort().text();
        return (name == null
                ? tree.exactly("targetPort", port.targetPort().number())
                : tree.node("targetPort", new Scalar(where, name, Scalar.Kind.STRING, true)))
                .build();
    }
}
