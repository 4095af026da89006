package dev.podhop.k8s;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code kubeproxy.config.k8s.io/v1alpha1} KubeProxyConfiguration with kube-proxy's own defaults in
 * place ({@code SetDefaults_KubeProxyConfiguration}). Periods and timeouts are nanoseconds.
 *
 * @param mode iptables, ipvs or nftables
 * @param clusterCIDR one range, or one of each family with a comma between; empty if none
 * @param detectLocalMode ClusterCIDR, NodeCIDR, BridgeInterface or InterfaceNamePrefix
 */
public record KubeProxyConfiguration(String mode, String clusterCIDR, String detectLocalMode,
        String bridgeInterface, String interfaceNamePrefix, Iptables iptables, Ipvs ipvs,
        Nftables nftables, List<String> nodePortAddresses, Conntrack conntrack,
        Mapping source) {

    private static final long DEFAULT_SYNC_NANOS = 30 * SimTime.SECOND;
    private static final long DEFAULT_MIN_SYNC_NANOS = SimTime.SECOND;
    private static final int DEFAULT_MASQUERADE_BIT = 14;

    /** {@code iptables}. */
    public record Iptables(boolean masqueradeAll, int masqueradeBit, boolean localhostNodePorts,
            long syncPeriodNanos, long minSyncPeriodNanos) {}

    /** {@code nftables}. */
    public record Nftables(boolean masqueradeAll, int masqueradeBit, long syncPeriodNanos,
            long minSyncPeriodNanos) {}

    /** {@code ipvs}; a timeout of 0 leaves the kernel's. */
    public record Ipvs(String scheduler, List<String> excludeCIDRs, boolean strictARP,
            long syncPeriodNanos, long minSyncPeriodNanos, long tcpTimeoutNanos,
            long tcpFinTimeoutNanos, long udpTimeoutNanos) {}

    /** {@code conntrack}; a timeout of 0 leaves the kernel's. */
    public record Conntrack(int maxPerCore, int min, boolean tcpBeLiberal,
            long tcpEstablishedTimeoutNanos, long tcpCloseWaitTimeoutNanos, long udpTimeoutNanos,
            long udpStreamTimeoutNanos) {}

    /** The gates that are set, by name. */
    public Map<String, Boolean> featureGates() {
        Map<String, Boolean> gates = new LinkedHashMap<>();
        if (source.get("featureGates") instanceof Mapping set) {
            for (Entry entry : set.entries()) {
                if (entry.value() instanceof Scalar value && value.kind() == Scalar.Kind.BOOL) {
                    gates.put(entry.key(), value.isTrue());
                }
            }
        }
        return gates;
    }

    /** What kube-proxy does without a configuration. */
    public static KubeProxyConfiguration defaults() {
        return read(new Mapping(Location.startOf(""), List.of()));
    }

    static KubeProxyConfiguration read(Mapping source) {
        ObjectReader object = new ObjectReader(source);
        ObjectReader local = object.object("detectLocal");
        return new KubeProxyConfiguration(orElse(object.text("mode"), "iptables"),
                object.text("clusterCIDR"), orElse(object.text("detectLocalMode"), "ClusterCIDR"),
                local.text("bridgeInterface"), local.text("interfaceNamePrefix"),
                readIptables(object.object("iptables")), readIpvs(object.object("ipvs")),
                readNftables(object.object("nftables")), object.texts("nodePortAddresses"),
                readConntrack(object.object("conntrack")), source);
    }

    private static Iptables readIptables(ObjectReader section) {
        Boolean localhost = section.flagOrNull("localhostNodePorts");
        return new Iptables(section.flag("masqueradeAll"), bit(section),
                localhost == null || localhost, nanos(section, "syncPeriod", DEFAULT_SYNC_NANOS),
                nanos(section, "minSyncPeriod", DEFAULT_MIN_SYNC_NANOS));
    }

    private static Nftables readNftables(ObjectReader section) {
        return new Nftables(section.flag("masqueradeAll"), bit(section),
                nanos(section, "syncPeriod", DEFAULT_SYNC_NANOS),
                nanos(section, "minSyncPeriod", DEFAULT_MIN_SYNC_NANOS));
    }

    private static Ipvs readIpvs(ObjectReader section) {
        return new Ipvs(orElse(section.text("scheduler"), "rr"), section.texts("excludeCIDRs"),
                section.flag("strictARP"), nanos(section, "syncPeriod", DEFAULT_SYNC_NANOS),
                nanos(section, "minSyncPeriod", 0), nanos(section, "tcpTimeout", 0),
                nanos(section, "tcpFinTimeout", 0), nanos(section, "udpTimeout", 0));
    }

    private static Conntrack readConntrack(ObjectReader section) {
        return new Conntrack((int) section.number("maxPerCore", 32 * 1024),
                (int) section.number("min", 128 * 1024), section.flag("tcpBeLiberal"),
                pointer(section, "tcpEstablishedTimeout", 24 * SimTime.HOUR),
                pointer(section, "tcpCloseWaitTimeout", SimTime.HOUR),
                nanos(section, "udpTimeout", 0), nanos(section, "udpStreamTimeout", 0));
    }

    private static int bit(ObjectReader section) {
        return (int) section.number("masqueradeBit", DEFAULT_MASQUERADE_BIT);
    }

    /** A duration whose zero value, written or not, is replaced by the default. */
    private static long nanos(ObjectReader section, String field, long absent) {
        long value = pointer(section, field, 0);
        return value == 0 ? absent : value;
    }

    /** A duration of which 0 is a value of its own. */
    private static long pointer(ObjectReader section, String field, long absent) {
        String text = section.textOrNull(field);
        return text == null ? absent : SimTime.parseNanos(text);
    }

    private static String orElse(@Nullable String text, String absent) {
        return text == null || text.isEmpty() ? absent : text;
    }

    /** Whether a feature gate is on, by {@code featureGates} or else by default. */
    public boolean featureGate(String name, boolean byDefault) {
        String text = source.get("featureGates") instanceof Mapping gates ? gates.text(name) : null;
        return text == null || text.isEmpty() ? byDefault : Boolean.parseBoolean(text);
    }

    /** {@code syncPeriod} of the mode's own section. */
    public long syncPeriodNanos() {
        return switch (mode) {
            case "nftables" -> nftables.syncPeriodNanos();
            case "ipvs" -> ipvs.syncPeriodNanos();
            default -> iptables.syncPeriodNanos();
        };
    }

    /** {@code minSyncPeriod} of the mode's own section; 0 lets runs follow each other at once. */
    public long minSyncPeriodNanos() {
        return switch (mode) {
            case "nftables" -> nftables.minSyncPeriodNanos();
            case "ipvs" -> ipvs.minSyncPeriodNanos();
            default -> iptables.minSyncPeriodNanos();
        };
    }

    /** The place of a field in the file, or of the nearest object around it that the file has. */
    public Location locationOf(FieldPath field) {
        return Trees.locate(source, field);
    }
}
