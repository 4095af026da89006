package dev.podhop.workload.resolver;

import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.workload.Traffic;

/**
 * Who asks: one request of one process.
 *
 * @param label the client, {@code pod/client}
 * @param attempt whose packets the questions are
 * @param counts whether the questions are the attempt's own, not those of a server on its behalf
 */
record Asking(Traffic workload, Dialogue dialogue, NetworkNamespace client, String label,
        int attempt, ResolvConf conf, Race race, boolean counts) {

    /** A question is asked. */
    void counted() {
        if (counts) {
            dialogue.counted(attempt);
        }
    }

    long nowNanos() {
        return workload.timers().nowNanos();
    }
}
