package dev.podhop.workload.resolver;

import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.workload.Workload;

/**
 * Who asks: one request of one process.
 *
 * @param label the client, {@code pod/client}
 * @param attempt whose packets the questions are
 */
record Asking(Workload workload, Dialogue dialogue, NetworkNamespace client, String label,
        int attempt, ResolvConf conf, Race race) {

    long nowNanos() {
        return workload.timers().nowNanos();
    }
}
