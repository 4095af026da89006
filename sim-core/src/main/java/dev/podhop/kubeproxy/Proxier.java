package dev.podhop.kubeproxy;

import java.util.Map;

/** kube-proxy on one node, in one mode. When it syncs is for others to decide. */
public interface Proxier {

    /**
     * What is in force on this node once it has synced these tables. A pure function that takes
     * constant time: whatever grows with the Services is shared, or written when asked for.
     */
    ProxyState sync(ProxyTables tables);

    /** Sysctls that the mode sets on its node when it starts, by name. */
    Map<String, String> sysctls();
}
