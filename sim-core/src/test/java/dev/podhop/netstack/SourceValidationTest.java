package dev.podhop.netstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.netstack.device.Device;
import dev.podhop.packet.Packet;
import dev.podhop.trace.Step;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who may be the sender, and the receiver, of what comes in by a device: the kernel's
 * {@code ip_route_input_slow} and {@code fib_validate_source}.
 *
 * <pre>
 *   world --- eth0 [ node 10.0.0.11 ] cni0 10.244.1.1/24 --- pod 10.244.1.5
 * </pre>
 */
class SourceValidationTest {

    private final TestNetwork net = new TestNetwork("""
            router node eth0=10.0.0.11/24
            host   world eth0=10.0.0.1/24
            bridge node cni0=10.244.1.1/24 veth0
            host   pod eth0=10.244.1.5/24
            wire   world:eth0 node:eth0
            wire   pod:eth0 node:veth0
            route  node 203.0.113.0/24 via 10.0.0.1 dev eth0
            route  node blackhole 192.0.2.0/24
            """);

    @ParameterizedTest(name = "rp_filter {0}: from {1} to {2} by eth0: {3}")
    @CsvSource({
        // its way back is the device it came by
        "0, 10.0.0.1,        10.244.1.5, forwarded",
        "1, 10.0.0.1,        10.244.1.5, forwarded",
        "2, 203.0.113.7,     10.244.1.5, forwarded",
        "1, 203.0.113.7,     10.244.1.5, forwarded",
        // the way back is another device: a pod's address, come in from outside
        "0, 10.244.1.22,     10.0.0.11,  delivered",
        "1, 10.244.1.22,     10.0.0.11,  IP_RPFILTER",
        "2, 10.244.1.22,     10.0.0.11,  delivered",
        // there is no way back
        "0, 198.51.100.9,    10.244.1.5, forwarded",
        "1, 198.51.100.9,    10.244.1.5, IP_RPFILTER",
        "2, 198.51.100.9,    10.244.1.5, IP_RPFILTER",
        "0, 192.0.2.9,       10.244.1.5, forwarded",
        "2, 192.0.2.9,       10.244.1.5, IP_RPFILTER",
        // a host's own address, whichever device has it, does not come from outside
        "0, 10.0.0.11,       10.244.1.5, IP_LOCAL_SOURCE",
        "1, 10.0.0.11,       10.244.1.5, IP_LOCAL_SOURCE",
        "2, 10.244.1.1,      10.244.1.5, IP_LOCAL_SOURCE",
        // never a source
        "0, 127.0.0.1,       10.244.1.5, IP_INVALID_SOURCE",
        "0, 224.0.0.5,       10.244.1.5, IP_INVALID_SOURCE",
        "0, 0.0.0.0,         10.244.1.5, IP_INVALID_SOURCE",
        "0, 255.255.255.255, 10.244.1.5, IP_INVALID_SOURCE",
        // never a destination
        "0, 10.0.0.1,        127.0.0.1,  IP_INVALID_DEST",
        "0, 10.0.0.1,        0.0.0.0,    IP_INVALID_DEST",
    })
    void ofWhatComesByEth0(int rpFilter, String source, String destination, String end) {
        net.sysctl("node", "net.ipv4.conf.all.rp_filter", rpFilter);

        assertThat(endOf(source, destination)).isEqualTo(end);
    }

    @ParameterizedTest(name = "{0}={1}, rp_filter {2}: from {3} to {4}: {5}")
    @CsvSource({
        "accept_local,    1, 0, 10.0.0.11,  10.244.1.5, forwarded",
        // its local route has the device it came by
        "accept_local,    1, 1, 10.0.0.11,  10.244.1.5, forwarded",
        "accept_local,    1, 1, 10.244.1.1, 10.244.1.5, IP_RPFILTER",
        "accept_local,    1, 2, 10.244.1.1, 10.244.1.5, forwarded",
        "route_localnet,  1, 0, 10.0.0.1,   127.0.0.1,  delivered",
        // the larger of `all` and a device's own, which new devices take from `default`
        "rp_filter,       0, 0, 10.244.1.22, 10.0.0.11, delivered",
    })
    void unlessASysctlSaysOtherwise(String sysctl, int value, int rpFilter, String source,
            String destination, String end) {
        net.sysctl("node", "net.ipv4.conf.all.rp_filter", rpFilter)
                .sysctl("node", "net.ipv4.conf.all." + sysctl, value);

        assertThat(endOf(source, destination)).isEqualTo(end);
    }

    @ParameterizedTest(name = "all {0}, default {1}: {2}")
    @CsvSource({"0, 1, IP_RPFILTER", "1, 2, delivered", "2, 1, delivered", "1, 0, IP_RPFILTER"})
    void theLargerOfAllAndDefaultCounts(int all, int ofNewDevices, String end) {
        net.sysctl("node", "net.ipv4.conf.all.rp_filter", all)
                .sysctl("node", "net.ipv4.conf.default.rp_filter", ofNewDevices);

        assertThat(endOf("10.244.1.22", "10.0.0.11")).isEqualTo(end);
    }

    /**
     * A routed pod's veth has no address, and where {@code ifa_list} is empty the loose check
     * is as strict as the strict one ({@code no_addr}).
     */
    @ParameterizedTest(name = "rp_filter {0}: {1}")
    @CsvSource({"0, forwarded", "1, IP_RPFILTER", "2, IP_RPFILTER"})
    void onADeviceWithoutAnAddressLooseIsStrict(int rpFilter, String end) {
        net.at("node").addDevice("veth9", Device.Kind.ETHERNET);
        net.sysctl("node", "net.ipv4.conf.all.rp_filter", rpFilter);

        assertThat(endOf("veth9", "10.244.1.22", "10.0.0.1")).isEqualTo(end);
    }

    /** How the packet's visit to the node ends. */
    private String endOf(String source, String destination) {
        return endOf("eth0", source, destination);
    }

    private String endOf(String device, String source, String destination) {
        net.probe("node", "0.0.0.0:53");
        Packet p = net.udp(source + ":4000", destination + ":53");
        net.arrive("node", device, p);
        net.simulation.runUntil(TestNetwork.SECOND);
        return switch (net.hops().stream().filter(h -> h.place().name().equals("node"))
                .filter(h -> h.entry() instanceof Step.Received in && in.device().equals(device))
                .toList().getFirst().terminal()) {
            case Step.Delivered s -> "delivered";
            case Step.Transmitted s -> "forwarded";
            case Step.Dropped s -> s.reason().name();
            case Step.Rejected s -> s.with();
            case Step.Spread s -> "forwarded";
        };
    }
}
