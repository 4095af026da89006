package dev.podhop.netstack.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.device.InterfaceAddress;
import dev.podhop.netstack.device.InterfaceAddress.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which way an address lies, and which address a host takes on that way. */
class RoutesTest {

    /**
     * The node of a pod network:
     *
     * <pre>
     *   lo 127.0.0.1    eth0 10.0.0.11/24, 10.0.1.11/24, fd00::11/64    cni0 10.244.1.1/24
     * </pre>
     */
    private final List<Device> devices = new ArrayList<>();
    private final Fib fib = new Fib();

    RoutesTest() {
        device("lo", Device.Kind.LOOPBACK).addAddress(
                new InterfaceAddress(IpAddress.of("127.0.0.1"), 8, Scope.HOST));
        Device eth0 = device("eth0", Device.Kind.ETHERNET);
        global(eth0, "10.0.0.11", 24);
        global(eth0, "10.0.1.11", 24);
        global(eth0, "fd00::11", 64);
        global(device("cni0", Device.Kind.BRIDGE), "10.244.1.1", 24);
        device("dummy0", Device.Kind.DUMMY);
        fib.add(Route.via(Cidr.of("0.0.0.0/0"), IpAddress.of("10.0.0.1"), 1, "eth0"));
        fib.add(Route.onLink(Cidr.of("10.0.0.0/24"), 1, "eth0", IpAddress.of("10.0.0.11")));
        fib.add(Route.onLink(Cidr.of("10.244.1.0/24"), 2, "cni0", null));
        fib.add(Route.local(Cidr.of("10.0.0.11/32"), 0, "lo"));
        fib.add(Route.local(Cidr.of("127.0.0.0/8"), 0, "lo"));
        fib.add(new Route(Cidr.of("10.244.0.0/16"), RouteType.BLACKHOLE, 0, "lo", null, null));
        fib.add(new Route(Cidr.of("192.0.2.0/24"), RouteType.UNREACHABLE, 0, "lo", null, null));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.11, local 10.0.0.11 dev lo", "127.9.9.9, local 127.0.0.0/8 dev lo",
        "10.0.0.12, 10.0.0.0/24 dev eth0 scope link src 10.0.0.11",
        "10.244.1.9, 10.244.1.0/24 dev cni0 scope link", "10.244.2.9, blackhole 10.244.0.0/16",
        "192.0.2.1, unreachable 192.0.2.0/24", "8.8.8.8, default via 10.0.0.1 dev eth0"})
    void theLongestPrefixWinsAndOwnAddressesComeFirst(String destination, String route) {
        assertThat(fib.lookup(IpAddress.of(destination))).hasToString(route);
    }

    /** However long the prefix of another's route: rule 0 comes before rule 32766. */
    @Test
    void theLocalTableIsAskedFirst() {
        fib.add(Route.onLink(Cidr.of("127.0.0.53/32"), 2, "cni0", null));

        assertThat(fib.lookup(IpAddress.of("127.0.0.53"))).hasToString(
                "local 127.0.0.0/8 dev lo");
    }

    @Test
    void whatNoRouteHoldsHasNone() {
        assertThat(fib.lookup(IpAddress.of("fd00::1"))).isNull();
    }

    @Test
    void theMainTableIsListedDefaultFirst() {
        assertThat(fib.main()).extracting(Route::toString).containsExactly(
                "default via 10.0.0.1 dev eth0",
                "10.0.0.0/24 dev eth0 scope link src 10.0.0.11", "blackhole 10.244.0.0/16",
                "10.244.1.0/24 dev cni0 scope link", "unreachable 192.0.2.0/24");
    }

    @Test
    void aRouteThatGoesUncoversWhatLayBehindIt() {
        fib.removeIf(route -> route.deviceName().equals("cni0"));

        assertThat(fib.lookup(IpAddress.of("10.244.1.9"))).hasToString("blackhole 10.244.0.0/16");
    }

    /** Beside a walk over all routes. */
    @Test
    void thePrefixTableAgreesWithAWalk() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(4);
        for (int round = 0; round < 200; round++) {
            Fib table = new Fib();
            List<Route> all = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                Cidr prefix = new Cidr(address(random), random.nextInt(33));
                if (all.stream().noneMatch(route -> route.destination().equals(prefix))) {
                    all.add(Route.onLink(prefix, i, "eth" + i, null));
                    table.add(all.getLast());
                }
            }
            for (int i = 0; i < 50; i++) {
                IpAddress to = address(random);
                assertThat(table.lookup(to)).isEqualTo(all.stream()
                        .filter(route -> route.destination().contains(to))
                        .max(Comparator.comparingInt(r -> r.destination().prefixLength()))
                        .orElse(null));
            }
        }
    }

    /** {@code inet_select_addr}. */
    @ParameterizedTest
    @CsvSource({"eth0, 10.0.0.1, 10.0.0.11", "eth0, 10.0.1.1, 10.0.1.11",
        "eth0, 8.8.8.8, 10.0.0.11", "eth0, fd00::1, fd00::11", "cni0, 10.244.1.9, 10.244.1.1",
        "dummy0, 10.9.9.9, 10.0.0.11", "cni0, fd00::1, fd00::11", "lo, 127.0.0.1, 10.0.0.11"})
    void theSourceIsTheNextHopsNeighbour(String out, String nextHop, String source) {
        Device device = devices.stream().filter(d -> d.name().equals(out)).findFirst()
                .orElseThrow();

        assertThat(SourceAddress.select(devices, device, IpAddress.of(nextHop)))
                .hasToString(source);
    }

    @Test
    void aHostWithoutAnAddressOfTheFamilyHasNoSource() {
        List<Device> bare = List.of(devices.get(0), devices.get(3));

        assertThat(SourceAddress.select(bare, devices.get(3), IpAddress.of("10.0.0.1"))).isNull();
    }

    private Device device(String name, Device.Kind kind) {
        Device device = new Device(devices.size(), 0, name, kind);
        devices.add(device);
        return device;
    }

    private static void global(Device device, String address, int length) {
        device.addAddress(InterfaceAddress.global(IpAddress.of(address), length));
    }

    /** Few bits differ, so that prefixes hold addresses. */
    private static IpAddress address(RandomGenerator random) {
        return IpAddress.ofV4(10 << 24 | random.nextInt(1 << 12) << random.nextInt(12));
    }
}
