package dev.podhop.netstack.conntrack;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sysctls of nf_conntrack in one namespace.
 *
 * @param max entries at most ({@code nf_conntrack_max}); 0 for no limit
 *        ({@code __nf_conntrack_alloc})
 * @param buckets of the kernel's hash table ({@code nf_conntrack_buckets}): early drop looks at
 *        eight of them, so that the more there are for the entries, the less it finds
 * @param tcpLoose pick up connections in midstream ({@code nf_conntrack_tcp_loose})
 * @param tcpBeLiberal {@code nf_conntrack_tcp_be_liberal}: carried and shown, but without effect,
 *        as windows are not modelled and no segment is ever out of one
 * @param timeoutSeconds one for every constant; missing ones are filled with the default
 */
public record ConntrackSettings(int max, int buckets, boolean tcpLoose, boolean tcpBeLiberal,
        Map<CtTimeout, Long> timeoutSeconds) {

    /** A kernel with more than 4 GB of memory, as booted: as many entries as hash buckets. */
    public static final ConntrackSettings DEFAULT_KERNEL =
            new ConntrackSettings(262_144, 262_144, true, false, Map.of());

    /** kube-proxy's {@code conntrack.min}, also the result for up to four cores. */
    public static final int KUBE_PROXY_MIN = 131_072;

    public ConntrackSettings {
        EnumMap<CtTimeout, Long> all = new EnumMap<>(CtTimeout.class);
        for (CtTimeout timeout : CtTimeout.values()) {
            all.put(timeout, timeoutSeconds.getOrDefault(timeout, timeout.defaultSeconds()));
        }
        timeoutSeconds = Collections.unmodifiableMap(all);
        if (max < 0 || buckets < 1) {
            throw new IllegalArgumentException("nf_conntrack_max and nf_conntrack_buckets must"
                    + " not be negative, buckets not 0: " + max + ", " + buckets);
        }
    }

    /**
     * What kube-proxy sets at start with its default configuration on a node of up to four cores
     * (pkg/proxy/apis/config/v1alpha1/defaults.go); give a larger one {@link #withMax} of 32768 a
     * core.
     */
    public ConntrackSettings withKubeProxyDefaults() {
        return withMax(KUBE_PROXY_MIN).with(CtTimeout.TCP_ESTABLISHED, 86_400)
                .with(CtTimeout.TCP_CLOSE_WAIT, 3_600);
    }

    /** The same with another size. */
    public ConntrackSettings withMax(int newMax) {
        return new ConntrackSettings(newMax, buckets, tcpLoose, tcpBeLiberal, timeoutSeconds);
    }

    /** The same with one timeout changed. */
    public ConntrackSettings with(CtTimeout timeout, long seconds) {
        EnumMap<CtTimeout, Long> changed = new EnumMap<>(timeoutSeconds);
        changed.put(timeout, seconds);
        return new ConntrackSettings(max, buckets, tcpLoose, tcpBeLiberal, changed);
    }

    /**
     * The same after {@code sysctl -w name=value}; empty for a name that is not modelled.
     *
     * @param sysctl full name, {@code net.netfilter.nf_conntrack_max}
     */
    public Optional<ConntrackSettings> withSysctl(String sysctl, long value) {
        boolean on = value != 0;
        return switch (sysctl) {
            case "net.netfilter.nf_conntrack_max",
                    "net.nf_conntrack_max" -> Optional.of(withMax(Math.toIntExact(value)));
            case "net.netfilter.nf_conntrack_buckets" -> Optional
                    .of(new ConntrackSettings(max, Math.toIntExact(value), tcpLoose,
                            tcpBeLiberal, timeoutSeconds));
            case "net.netfilter.nf_conntrack_tcp_loose" -> Optional.of(
                    new ConntrackSettings(max, buckets, on, tcpBeLiberal, timeoutSeconds));
            case "net.netfilter.nf_conntrack_tcp_be_liberal" -> Optional
                    .of(new ConntrackSettings(max, buckets, tcpLoose, on, timeoutSeconds));
            default -> CtTimeout.ofSysctl(sysctl).map(timeout -> with(timeout, value));
        };
    }

    /** Nanoseconds by {@link CtTimeout#ordinal}, for the hot path. */
    long[] timeoutNanos() {
        long[] nanos = new long[CtTimeout.values().length];
        timeoutSeconds.forEach((key, seconds) -> nanos[key.ordinal()] = seconds * 1_000_000_000L);
        return nanos;
    }
}
