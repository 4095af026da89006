package dev.podhop.kubeproxy;

import java.util.Arrays;
import java.util.Optional;

/**
 * kube-proxy's feature gates that change a rule or a packet's fate, by minor release ({@code
 * pkg/features}, the KEPs' kep.yaml). From the release on in which a feature is GA its gate is
 * locked.
 */
public enum ProxyGate {
    /** KEP-1860. Off: {@code ipMode} is not read, and nodes short-cut every address. */
    LoadBalancerIPMode(29, 30, 32),
    /** KEP-4444. Off: hints count only with the topology annotation. */
    ServiceTrafficDistribution(30, 31, 33),
    /** KEP-2433. Off: hints are not read at all. */
    TopologyAwareHints(21, 24, 33),
    /** KEP-3015. Off: hints that name nodes are not read. */
    PreferSameTrafficDistribution(33, 34, 35),
    /** KEP-3836. Off: {@code /healthz} knows nothing of a node that is about to go. */
    KubeProxyDrainingTerminatingNodes(28, 30, 31);

    private final int since;
    private final int on;
    private final int locked;

    /**
     * A gate.
     *
     * @param since the first minor release that knows it
     * @param on the first in which it is on by default
     * @param locked the first in which it is always on
     */
    ProxyGate(int since, int on, int locked) {
        this.since = since;
        this.on = on;
        this.locked = locked;
    }

    /** The gate of that name. */
    public static Optional<ProxyGate> named(String name) {
        return Arrays.stream(values()).filter(gate -> gate.name().equals(name)).findFirst();
    }

    /** Whether the release takes the setting. */
    public boolean isSettable(int minor) {
        return minor >= since && minor < locked;
    }

    /** Whether it is on in a release where nothing is set. */
    boolean isOn(int minor) {
        return minor >= on;
    }
}
