package dev.podhop.kubeproxy;

import dev.podhop.kubeproxy.LocalTrafficDetector.Mode;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** A small cluster of Services with every feature that the rules know, in either family. */
public final class RandomCluster {

    public static final List<L4Protocol> PROTOCOLS = List.of(L4Protocol.TCP, L4Protocol.UDP,
            L4Protocol.SCTP);

    private static final List<String> SCHEDULERS = List.of("rr", "wrr", "lc", "wlc", "sh", "dh",
            "mh", "sed", "nq", "lblc", "lblcr");

    public final SplittableRandom random;
    public final IpFamily family;
    public final ProxyConfig config;
    public final ProxyNode facts;
    public final FamilyNode node;
    public final ServiceTable table;
    public final List<IpAddress> locals;

    /** A cluster in iptables mode. */
    public RandomCluster(long seed) {
        this(seed, ProxyMode.IPTABLES, List.of(ProxyVersion.NEWEST, ProxyVersion.of("1.30")));
    }

    /** A cluster in a mode, under one of two versions. */
    public RandomCluster(long seed, ProxyMode mode, List<ProxyVersion> versions) {
        random = new SplittableRandom(seed);
        family = random.nextBoolean() ? IpFamily.IPv4 : IpFamily.IPv6;
        ProxyVersion version = random.nextBoolean() ? versions.getFirst() : versions.getLast();
        locals = List.of(address(1, 11), address(1, 12), address(5, 1), loopback());
        config = new ProxyConfig(mode, version,
                oneIn(4) ? List.of() : List.of(range(10, 16)),
                Mode.values()[random.nextInt(4)], "cni0", "veth", nodePortAddresses(), oneIn(4),
                oneIn(4) ? 15 : 14, !oneIn(3), oneIn(3),
                mode == ProxyMode.NFTABLES && seed % 2 == 0 ? List.of(range(3, 16)) : List.of(),
                mode == ProxyMode.IPVS ? SCHEDULERS.get((int) seed % SCHEDULERS.size()) : "rr");
        facts = new ProxyNode("n1", oneIn(3) ? null : "zone-1", List.of(locals.get(0)),
                oneIn(4) ? List.of() : List.of(range(10, 8)), locals, Set.of("cni0"));
        node = FamilyNode.of(family, facts, config);
        List<ServedPort> ports = new ArrayList<>();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            ports.add(ServedPort.of(port(i), endpoints(), version));
        }
        table = ServiceTable.of(family, ports);
    }

    public boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    public IpAddress loopback() {
        return family == IpFamily.IPv4 ? IpAddress.LOOPBACK_V4 : IpAddress.LOOPBACK_V6;
    }

    /** {@code 10.net.0.host} or {@code fd00:net::host}. */
    public IpAddress address(int net, int host) {
        return family == IpFamily.IPv4 ? IpAddress.ofV4(10 << 24 | net << 16 | host)
                : IpAddress.ofV6(0xfd00_0000_0000_0000L | (long) net << 32, host);
    }

    private Cidr range(int net, int bits) {
        return family == IpFamily.IPv4 ? new Cidr(address(net, 0), 8 + bits / 2)
                : new Cidr(address(net, 0), 16 + bits);
    }

    private List<String> nodePortAddresses() {
        return switch (random.nextInt(6)) {
            case 0 -> List.of(Cidr.host(locals.get(1)).toString());
            case 1 -> List.of(Cidr.host(loopback()).toString(),
                    Cidr.host(locals.get(0)).toString());
            case 2 -> List.of("primary");
            case 3 -> List.of("0.0.0.0/0", "::/0");
            default -> List.of();
        };
    }

    private ServicePortInfo port(int i) {
        String name = oneIn(2) ? "" : "p" + i;
        boolean nodePort = oneIn(2);
        // Another Service's external addresses, port and protocol: both claim them.
        int claimed = i >= 3 && oneIn(3) ? i - 3 : i;
        List<IpAddress> externals = oneIn(3) ? List.of(address(4, claimed + 1), locals.get(2))
                : List.of();
        List<IpAddress> vips = oneIn(2) ? List.of(address(5, claimed + 1)) : List.of();
        List<Cidr> ranges = new ArrayList<>();
        if (oneIn(3)) {
            ranges.add(Cidr.host(source()));
            ranges.add(oneIn(2) ? range(1, 8) : new Cidr(address(6, 0), 24));
        }
        return new ServicePortInfo(
                new ServicePortName("ns", "svc" + i / 2, name + i, PROTOCOLS.get(i % 3)),
                address(3, i + 1), 80 + claimed, nodePort ? 30_000 + i : 0, externals, vips, ranges,
                oneIn(4), oneIn(2), oneIn(3) ? 60 : 0, oneIn(3) ? 32_000 + i : 0,
                oneIn(2) ? "Auto" : "");
    }

    private List<EndpointInfo> endpoints() {
        List<EndpointInfo> endpoints = new ArrayList<>();
        boolean hinted = oneIn(3);
        boolean onePort = oneIn(2);
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            boolean terminating = oneIn(3);
            endpoints.add(new EndpointInfo(
                    new SocketAddress(address(10, 20 + i), 8080 + (onePort ? 0 : i)),
                    oneIn(5) ? null : "n" + (1 + random.nextInt(3)), !terminating && !oneIn(4),
                    !oneIn(4), terminating,
                    hinted ? List.of("zone-" + (1 + random.nextInt(2))) : List.of(),
                    hinted && oneIn(2) ? List.of("n" + (1 + random.nextInt(2))) : List.of()));
        }
        endpoints.sort(Comparator.comparing(EndpointInfo::toString));
        return endpoints;
    }

    /** A source: a pod, this node, another one, somebody outside, a virtual address. */
    public IpAddress source() {
        return switch (random.nextInt(6)) {
            case 0 -> address(10, 20 + random.nextInt(5));
            case 1 -> locals.get(random.nextInt(locals.size()));
            case 2 -> address(5, 1 + random.nextInt(6));
            case 3 -> address(1, 13);
            case 4 -> address(6, 1 + random.nextInt(3));
            default -> address(10, 99);
        };
    }

    /** A destination: an address of some Service, of the node, or of nobody. */
    public IpAddress destination() {
        return switch (random.nextInt(5)) {
            case 0 -> address(3, 1 + random.nextInt(7));
            case 1 -> address(4, 1 + random.nextInt(7));
            case 2 -> address(5, 1 + random.nextInt(7));
            case 3 -> locals.get(random.nextInt(locals.size()));
            default -> address(10, 20 + random.nextInt(5));
        };
    }

    public int destinationPort() {
        int i = random.nextInt(7);
        return switch (random.nextInt(3)) {
            case 0 -> 30_000 + i;
            case 1 -> oneIn(3) ? 32_000 + i : 80 + i;
            default -> 80 + i;
        };
    }
}
