package dev.podhop.kubeproxy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * kube-proxy on one node, in one of its modes: turns tables into rules. Without state: what was
 * programmed before is only looked at where a mode fails to replace it.
 */
public interface Proxier {

    /** What it writes to the node's sysctls when it starts. */
    Map<String, String> sysctls();

    /**
     * Programs the node anew.
     *
     * @param inForce what the kernel holds, whoever wrote it; null for nothing
     */
    ProxyState sync(ProxyTables tables, @Nullable ProxyState inForce);

    /** Programs a node that holds nothing. */
    default ProxyState sync(ProxyTables tables) {
        return sync(tables, null);
    }
}
