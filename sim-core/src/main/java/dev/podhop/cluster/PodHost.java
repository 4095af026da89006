package dev.podhop.cluster;

import dev.podhop.k8s.Pod;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.NetworkNamespace;
import java.util.List;

/**
 * A pod that is plugged in.
 *
 * @param label {@code pod/NAME}, {@code pod/NS/NAME}: one text, whoever goes by it
 * @param namespace its own network, or its node's
 * @param node the node it is on
 * @param vethName the node's end of its cable; empty with hostNetwork
 */
record PodHost(Pod pod, String label, NetworkNamespace namespace, NetworkNamespace node,
        String vethName,
        List<IpAddress> addresses) {

    boolean hostNetwork() {
        return vethName.isEmpty();
    }

    PodHost with(Pod changed) {
        return new PodHost(changed, label, namespace, node, vethName, addresses);
    }
}
