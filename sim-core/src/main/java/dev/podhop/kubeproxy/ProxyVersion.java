package dev.podhop.kubeproxy;

import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Kubernetes release kube-proxy behaves like, where releases differ.
 *
 * @param minor the 30 of 1.30
 * @param gates those that are set otherwise than the release has them
 */
public record ProxyVersion(int minor, Map<ProxyGate, Boolean> gates) {

    /** The newest release modelled. */
    public static final ProxyVersion NEWEST = new ProxyVersion(38);

    public ProxyVersion {
        gates = Map.copyOf(gates);
    }

    /** A release with its gates as they are. */
    public ProxyVersion(int minor) {
        this(minor, Map.of());
    }

    private static final Pattern TEXT = Pattern.compile("v?1\\.([0-9]{1,3})(\\.[0-9]+)?");

    /**
     * Reads {@code 1.30}, {@code v1.30.3}.
     *
     * @throws IllegalArgumentException naming the text, when it is no version of Kubernetes 1
     */
    public static ProxyVersion of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a Kubernetes version: \"" + text + "\"");
        }
        return new ProxyVersion(Integer.parseInt(matcher.group(1)));
    }

    /**
     * Up to 1.30 zone hints count only if the Service carries the topology annotation; since 1.31
     * (gate ServiceTrafficDistribution, KEP-4444) whoever writes hints means them.
     */
    public boolean hintsNeedAnnotation() {
        return !has(ProxyGate.ServiceTrafficDistribution);
    }

    /** Whether hints are read at all. */
    public boolean readsHints() {
        return has(ProxyGate.TopologyAwareHints);
    }

    /** Whether {@code ipMode: Proxy} is read (KEP-1860). */
    public boolean readsIpMode() {
        return has(ProxyGate.LoadBalancerIPMode);
    }

    /** Whether {@code /healthz} tells of a node that is about to go (KEP-3836). */
    public boolean tellsDraining() {
        return has(ProxyGate.KubeProxyDrainingTerminatingNodes);
    }

    private boolean has(ProxyGate gate) {
        return gates.getOrDefault(gate, gate.isOn(minor));
    }

    /** The release with gates set, by name; those that it does not take are left out. */
    public ProxyVersion with(Map<String, Boolean> set) {
        Map<ProxyGate, Boolean> taken = new EnumMap<>(ProxyGate.class);
        set.forEach((name, on) -> ProxyGate.named(name).filter(gate -> gate.isSettable(minor))
                .filter(gate -> gate.isOn(minor) != on).ifPresent(gate -> taken.put(gate, on)));
        return new ProxyVersion(minor, taken);
    }

    /** Hints that name nodes (gate PreferSameTrafficDistribution, KEP-3015, on since 1.34). */
    public boolean honoursNodeHints() {
        return has(ProxyGate.PreferSameTrafficDistribution);
    }

    /**
     * Since 1.32 stale UDP entries are found by holding the whole conntrack table against the
     * Services; before, by remembering what was removed.
     */
    public boolean reconcilesConntrack() {
        return minor >= 32;
    }

    /**
     * Since 1.37 the entries of a Service that has no endpoint left are stale too (k/k#139629);
     * from 1.32 to 1.36 they stayed (k/k#139628).
     */
    public boolean reconcilesWithoutEndpoints() {
        return minor >= 37;
    }

    /** Since 1.38 so are those to the addresses of a Service that is deleted (k/k#141371). */
    public boolean reconcilesDeleted() {
        return minor >= 38;
    }

    /** Up to 1.33 two syncs may follow each other at once ({@code util/async}). */
    public boolean syncsInBursts() {
        return minor <= 33;
    }

    /**
     * Whether a sync writes what changed: in iptables mode the chains of changed Services since
     * 1.27 (KEP-3453, beta), in nftables mode changed elements and chains since 1.33. In ipvs mode
     * every sync goes through all virtual servers.
     */
    public boolean syncsPartially(ProxyMode mode) {
        return switch (mode) {
            case IPTABLES -> minor >= 27;
            case NFTABLES -> minor >= 33;
            case IPVS -> false;
        };
    }

    /**
     * In nftables mode: since 1.34 (k/k#132456) endpoints are checked after translation, as in
     * iptables mode; before, a node's own calls were checked before it.
     */
    public boolean nftChecksAfterDnat() {
        return minor >= 34;
    }

    /**
     * In nftables mode: since 1.35 (k/k#134024) a pod's device is known by its name; before, by
     * {@code iif}, which wants a device that is there.
     */
    public boolean nftMatchesDeviceNames() {
        return minor >= 35;
    }

    /**
     * Whether everything is written anew each hour, just in case. In iptables mode no more since
     * 1.37 (k/k#138571) where there are more than 1000 endpoints.
     *
     * @param large whether there are ({@link ServiceTable#isLarge})
     */
    public boolean refreshes(ProxyMode mode, boolean large) {
        return mode != ProxyMode.IPTABLES || !large || minor < 37;
    }
}
