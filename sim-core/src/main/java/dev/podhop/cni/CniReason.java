package dev.podhop.cni;

import dev.podhop.trace.Reason;
import java.util.List;

/** Why the pods' network did something; the sentences live in the reports' bundles. */
public enum CniReason implements Reason {
    /** A pod's packet leaves the cluster's network with its node's address. */
    IP_MASQ("cni.ipmasq", "destination"),
    /** The host's own address was called: perhaps a hostPort. */
    HOST_PORTS_ENTERED("cni.hostport.entered", "destination"),
    HOST_PORT("cni.hostport", "port", "pod"),
    /** Who calls would otherwise be answered by the pod itself, or not at all. */
    HOST_PORT_MARK("cni.hostport.mark", "source"),
    HOST_PORT_MARKED("cni.hostport.marked"),
    HOST_PORT_DNAT("cni.hostport.dnat", "port", "pod", "endpoint"),
    HOST_PORT_LEAVING("cni.hostport.leaving"),
    HOST_PORT_MASQ("cni.hostport.masquerade", "source");

    private final String code;
    private final List<String> arguments;

    CniReason(String code, String... arguments) {
        this.code = code;
        this.arguments = List.of(arguments);
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public List<String> arguments() {
        return arguments;
    }
}
