package dev.podhop.cluster;

import dev.podhop.k8s.Node;
import dev.podhop.netstack.NetworkNamespace;

/** A node that is plugged in. */
record NodeHost(Node node, NetworkNamespace namespace) {

    String name() {
        return node.metadata().name();
    }
}
