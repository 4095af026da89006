package dev.podhop.netstack;

import dev.podhop.net.IpAddress;
import dev.podhop.netstack.device.Device;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Kernel settings of a namespace, by their sysctl names.
 *
 * <p>Values that the packet's way reads are plain fields, refreshed when a setting changes.
 */
public final class Sysctls {

    /** {@code icmp_ratemask} default: destination unreachable, source quench, time exceeded, ... */
    private static final String DEFAULT_RATEMASK = "6168";

    private static final String ICMP_PER_SECOND = "net.ipv4.icmp_msgs_per_sec";
    private static final String ICMP_BURST = "net.ipv4.icmp_msgs_burst";
    private static final String IP_FORWARD = "net.ipv4.ip_forward";
    private static final String IPV6_FORWARDING = "net.ipv6.conf.all.forwarding";
    private static final long NANOS_PER_MILLI = 1_000_000L;

    /** Never changed, but replaced: pods of a cluster share it. */
    private Map<String, String> values = Map.of();

    private boolean forwardV4;
    private boolean forwardV6;
    int rpFilter;
    boolean routeLocalnet;
    boolean acceptLocal;
    int arpIgnore;
    boolean bridgeNfCallIptables;
    boolean bridgeNfCallIp6tables;
    long icmpRatelimitNanos;
    long icmpV6RatelimitNanos;
    /** Whether the host-wide limit holds: a file that switches peers' off means both. */
    boolean icmpHostLimited;
    int icmpMessagesPerSecond;
    int icmpMessagesBurst;
    boolean icmpUnreachableLimited;
    boolean icmpTimeExceededLimited;
    int synRetries;
    int synLinearTimeouts;
    int synAckRetries;
    int dataRetries;

    public Sysctls() {
        refresh();
    }

    /** Sets a value; unknown names are kept and shown, and have no effect. */
    public void set(String name, String value) {
        setAll(Map.of(name, value));
    }

    public void setAll(Map<String, String> settings) {
        Map<String, String> changed = new TreeMap<>(values);
        changed.putAll(settings);
        values = Collections.unmodifiableMap(changed);
        refresh();
    }

    /** The settings of another namespace, which is set up as this one shall be. */
    public void like(Sysctls other) {
        values = other.values;
        refresh();
    }

    /** The value of a setting, or its kernel default. */
    public String get(String name, String defaultValue) {
        return values.getOrDefault(name, defaultValue);
    }

    /** {@code net.ipv4.tcp_syn_retries}: how often a SYN is sent again; default 6. */
    public int synRetries() {
        return synRetries;
    }

    /** {@code net.ipv4.tcp_syn_linear_timeouts}: Linux 6.5 and newer, default 4; 0 before. */
    public int synLinearTimeouts() {
        return synLinearTimeouts;
    }

    /** {@code net.ipv4.tcp_synack_retries}; default 5. */
    public int synAckRetries() {
        return synAckRetries;
    }

    /** {@code net.ipv4.tcp_retries2}: how often data is sent again; default 15. */
    public int dataRetries() {
        return dataRetries;
    }

    /** Whether packets of the address's family that are for others are passed on. */
    boolean forwards(IpAddress destination) {
        return destination.isV4() ? forwardV4 : forwardV6;
    }

    /** Makes it a host that passes nothing on, whichever family. */
    public void asHost() {
        set(IP_FORWARD, "0");
        set(IPV6_FORWARDING, "0");
    }

    /** {@code IN_DEV_ROUTE_LOCALNET}: whether 127.0.0.0/8 may come in by a device. */
    boolean routesLocalnet(Device in) {
        return routeLocalnet
                || number("net.ipv4.conf." + in.name() + ".route_localnet", 0) != 0;
    }

    private void refresh() {
        forwardV4 = number(IP_FORWARD, 1) != 0;
        forwardV6 = number(IPV6_FORWARDING, 1) != 0;
        // The kernel takes the larger of all and the device's own; the model's devices share one.
        rpFilter = Math.max(number("net.ipv4.conf.all.rp_filter", 0),
                number("net.ipv4.conf.default.rp_filter", 0));
        routeLocalnet = number("net.ipv4.conf.all.route_localnet", 0) != 0;
        acceptLocal = number("net.ipv4.conf.all.accept_local", 0) != 0;
        arpIgnore = number("net.ipv4.conf.all.arp_ignore", 0);
        bridgeNfCallIptables = number("net.bridge.bridge-nf-call-iptables", 1) != 0;
        bridgeNfCallIp6tables = number("net.bridge.bridge-nf-call-ip6tables", 1) != 0;
        icmpRatelimitNanos = number("net.ipv4.icmp_ratelimit", 1000) * NANOS_PER_MILLI;
        // Linux 6.18 has 100 ms; a file that sets IPv4's and not this one means both.
        icmpV6RatelimitNanos = number("net.ipv6.icmp.ratelimit",
                number("net.ipv4.icmp_ratelimit", 100)) * NANOS_PER_MILLI;
        icmpMessagesPerSecond = number(ICMP_PER_SECOND, 1000);
        icmpMessagesBurst = number(ICMP_BURST, 50);
        icmpHostLimited = icmpRatelimitNanos != 0 || values.containsKey(ICMP_PER_SECOND)
                || values.containsKey(ICMP_BURST);
        int mask = Integer.parseInt(get("net.ipv4.icmp_ratemask", DEFAULT_RATEMASK));
        icmpUnreachableLimited = (mask & 1 << 3) != 0;
        icmpTimeExceededLimited = (mask & 1 << 11) != 0;
        synRetries = number("net.ipv4.tcp_syn_retries", 6);
        synLinearTimeouts = number("net.ipv4.tcp_syn_linear_timeouts", 4);
        synAckRetries = number("net.ipv4.tcp_synack_retries", 5);
        dataRetries = number("net.ipv4.tcp_retries2", 15);
    }

    private int number(String name, int defaultValue) {
        String text = values.get(name);
        try {
            return text == null ? defaultValue : Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": not a number: \"" + text + "\"", e);
        }
    }
}
