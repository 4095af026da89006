package dev.podhop.cluster;

import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import java.util.List;

/** The API objects that a data plane follows, each kind in its stable order. */
public record ClusterObjects(List<Node> nodes, List<Pod> pods, List<Service> services,
        List<EndpointSlice> slices) {

    public ClusterObjects {
        nodes = List.copyOf(nodes);
        pods = List.copyOf(pods);
        services = List.copyOf(services);
        slices = List.copyOf(slices);
    }
}
