package dev.podhop.cni;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.device.Link;
import java.util.List;

/** A way of attaching pods to nodes. */
public sealed interface PodWiring permits BridgeWiring, RoutedWiring {

    /**
     * Prepares a node for its pods.
     *
     * @param podRanges the node's podCIDRs; may be empty
     */
    void prepare(NetworkNamespace node, List<Cidr> podRanges);

    /**
     * Attaches a pod's namespace: its eth0 with addresses and routes, the node's end of the veth.
     *
     * @param vethName name of the node's end
     * @param podRanges the node's podCIDRs
     */
    void attach(NetworkNamespace node, NetworkNamespace pod, String vethName,
            List<IpAddress> addresses, List<Cidr> podRanges, Link.Impairment wire);

    /** Takes a pod's cable out; its namespace lives on, unreachable. */
    void detach(NetworkNamespace node, String vethName, List<IpAddress> addresses);

    /** The device that unplugging concerns. */
    static Device veth(NetworkNamespace node, String vethName) {
        Device veth = node.device(vethName);
        if (veth == null) {
            throw new IllegalStateException(node + " has no device " + vethName);
        }
        return veth;
    }
}
