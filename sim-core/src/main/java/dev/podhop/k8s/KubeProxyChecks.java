package dev.podhop.k8s;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.Spelling;
import java.util.List;

/**
 * What kube-proxy demands of its configuration before it starts ({@code
 * ValidateKubeProxyConfiguration}), as far as that configuration is simulated.
 */
final class KubeProxyChecks {

    private static final List<String> MODES = List.of("iptables", "ipvs", "nftables");
    private static final List<String> DETECTORS =
            List.of("BridgeInterface", "ClusterCIDR", "InterfaceNamePrefix", "NodeCIDR");
    private static final List<String> SCHEDULERS =
            List.of("rr", "wrr", "lc", "wlc", "lblc", "lblcr", "sh", "dh", "mh", "sed", "nq");
    private static final int MARK_BITS = 32;

    private final KubeProxyConfiguration config;
    private final Problems problems;

    private KubeProxyChecks(KubeProxyConfiguration config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    static void check(KubeProxyConfiguration config, Problems problems) {
        new KubeProxyChecks(config, problems).check();
    }

    private void check() {
        mode(config.mode());
        oneOf(FieldPath.of("detectLocalMode"), config.detectLocalMode(), DETECTORS);
        oneOf(FieldPath.of("ipvs", "scheduler"), config.ipvs().scheduler(), SCHEDULERS);
        requiredBy("BridgeInterface", config.bridgeInterface(), "bridgeInterface");
        requiredBy("InterfaceNamePrefix", config.interfaceNamePrefix(), "interfaceNamePrefix");
        if (!config.clusterCIDR().isEmpty()) {
            for (String range : config.clusterCIDR().split(",", -1)) {
                cidr(FieldPath.of("clusterCIDR"), range.strip());
            }
        }
        for (int i = 0; i < config.nodePortAddresses().size(); i++) {
            String range = config.nodePortAddresses().get(i);
            if (!range.equals("primary")) {
                cidr(FieldPath.of("nodePortAddresses").index(i), range);
            }
        }
        for (int i = 0; i < config.ipvs().excludeCIDRs().size(); i++) {
            cidr(FieldPath.of("ipvs", "excludeCIDRs").index(i),
                    config.ipvs().excludeCIDRs().get(i));
        }
        bit(FieldPath.of("iptables", "masqueradeBit"), config.iptables().masqueradeBit());
        bit(FieldPath.of("nftables", "masqueradeBit"), config.nftables().masqueradeBit());
        periods("iptables", config.iptables().syncPeriodNanos(),
                config.iptables().minSyncPeriodNanos());
        periods("ipvs", config.ipvs().syncPeriodNanos(), config.ipvs().minSyncPeriodNanos());
        periods("nftables", config.nftables().syncPeriodNanos(),
                config.nftables().minSyncPeriodNanos());
    }

    /** Two that there were, or are elsewhere, say more than that they are not known. */
    private void mode(String found) {
        switch (found) {
            case "userspace" -> notHere("\"userspace\", which kube-proxy has not had since 1.26");
            case "kernelspace", "winkernel" -> notHere(
                    "\"" + found + "\", the mode of Windows nodes, which Podhop does not model");
            // KEP-5495
            case "ipvs" -> problems.warn(config.locationOf(FieldPath.of("mode"))
                    + ": mode ipvs is deprecated since 1.35; by plan it is switched off by default"
                    + " in 1.40 and removed in 1.43");
            default -> oneOf(FieldPath.of("mode"), found, MODES);
        }
    }

    private void notHere(String found) {
        problems.unexpected(config.locationOf(FieldPath.of("mode")), "mode", found,
                "one of " + String.join(", ", MODES), null);
    }

    private void oneOf(FieldPath field, String found, List<String> known) {
        if (!known.contains(found)) {
            problems.unexpected(config.locationOf(field), field.toString(), "\"" + found + "\"",
                    "one of " + String.join(", ", known),
                    Spelling.nearest(found, known).orElse(null));
        }
    }

    private void requiredBy(String detector, String value, String field) {
        if (config.detectLocalMode().equals(detector) && value.isEmpty()) {
            FieldPath path = FieldPath.of("detectLocal", field);
            problems.unexpected(config.locationOf(FieldPath.of("detectLocalMode")), path.toString(),
                    "no value",
                    "one, because detectLocalMode is " + detector);
        }
    }

    private void cidr(FieldPath field, String text) {
        if (Addresses.parseCidr(text).isEmpty()) {
            problems.unexpected(config.locationOf(field), field.toString(), "\"" + text + "\"",
                    "a CIDR such as 10.244.0.0/16 or fd00::/48");
        }
    }

    private void bit(FieldPath field, int bit) {
        if (bit < 0 || bit >= MARK_BITS) {
            problems.unexpected(config.locationOf(field), field.toString(), String.valueOf(bit),
                    "a bit of the packet mark, 0 to 31");
        }
    }

    private void periods(String section, long sync, long least) {
        if (sync < least) {
            FieldPath field = FieldPath.of(section, "syncPeriod");
            problems.unexpected(config.locationOf(field), field.toString(),
                    "less than minSyncPeriod", "at least as much");
        }
    }
}
