package dev.podhop.scenario;

import dev.podhop.cni.PortMapOptions;

/** How the nodes' portmap plugin is set up, by the names that its part of a conflist has. */
public record PortMapSpec(
        @Key(value = "Whether calls to a hostPort from the pod's own subnet, and from 127.0.0.1,"
                + " are masqueraded.",
                byDefault = "true")
        boolean snat,
        @Key(value = "With `snat`, whether calls from everywhere are.",
                byDefault = "false")
        boolean masqAll,
        @Key(value = "Whether pods with host ports were there before kube-proxy last came up. With"
                + " kube-proxy in nftables mode whoever registered last is asked first where a node"
                + " port has the same number.",
                byDefault = "false")
        boolean beforeKubeProxy) {

    /** As a node runs the plugin. */
    public PortMapOptions options() {
        return new PortMapOptions(snat, masqAll, beforeKubeProxy);
    }
}
