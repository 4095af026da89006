package dev.podhop.kubeproxy;

import dev.podhop.engine.Keys;
import java.util.List;

/**
 * A Service port with its endpoints, as every node's kube-proxy of one family sees it. Immutable
 * and free of any node, so one object serves all nodes and all versions of the table in which
 * neither the Service nor its endpoints changed.
 */
public final class ServedPort {

    private final ServicePortInfo info;
    private final EndpointSelection selection;
    private final List<EndpointInfo> endpoints;
    private final long key;

    private ServedPort(ServicePortInfo info, EndpointSelection selection,
            List<EndpointInfo> endpoints) {
        this.info = info;
        this.selection = selection;
        this.endpoints = endpoints;
        this.key = Keys.of(info.name() + "/" + info.name().protocol().lowerCase());
    }

    /** A Service port with all its endpoints, usable or not, in rule order. */
    public static ServedPort of(ServicePortInfo info, List<EndpointInfo> endpoints,
            ProxyVersion version) {
        return new ServedPort(info, EndpointSelection.of(info, endpoints, version), endpoints);
    }

    public ServicePortInfo info() {
        return info;
    }

    public EndpointSelection selection() {
        return selection;
    }

    /** All endpoints, unusable ones included, in rule order. */
    public List<EndpointInfo> endpoints() {
        return endpoints;
    }

    /** Stable key of the name and protocol, for {@link dev.podhop.engine.Chooser}. */
    public long key() {
        return key;
    }

    /** Endpoints for the ClusterIP, as seen from a node. */
    public EndpointSet internal(FamilyNode node) {
        return info.internalPolicyLocal() ? selection.local(node.name()) : cluster(node);
    }

    /** Endpoints under the Cluster policy, as seen from a node. */
    public EndpointSet cluster(FamilyNode node) {
        return selection.cluster(node.name(), node.zone());
    }

    /** Endpoints under the Local policy, as seen from a node. */
    public EndpointSet local(FamilyNode node) {
        return selection.local(node.name());
    }

    /** Whether traffic from outside that reaches this node finds an endpoint. */
    public boolean hasExternalEndpoints(FamilyNode node) {
        return info.externalPolicyLocal() ? !local(node).isEmpty() : selection.hasAny();
    }
}
