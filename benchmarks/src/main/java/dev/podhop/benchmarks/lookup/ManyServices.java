package dev.podhop.benchmarks.lookup;

import dev.podhop.engine.Rng;
import dev.podhop.kubeproxy.EndpointInfo;
import dev.podhop.kubeproxy.ProxyTables;
import dev.podhop.kubeproxy.ProxyVersion;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServicePortInfo;
import dev.podhop.kubeproxy.ServicePortName;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/** So many ClusterIP Services of one port, with so many endpoints each. */
public final class ManyServices {

    private static final IpAddress FIRST_SERVICE = IpAddress.of("10.96.0.1");
    private static final IpAddress FIRST_POD = IpAddress.of("10.128.0.1");
    private static final int NODES = 1000;

    private final int services;
    private final int endpoints;

    public ManyServices(int services, int endpoints) {
        this.services = services;
        this.endpoints = endpoints;
    }

    /** What every node's kube-proxy knows of them. */
    public ProxyTables tables() {
        List<ServedPort> ports = new ArrayList<>(services);
        for (int i = 0; i < services; i++) {
            ports.add(port(i, 0));
        }
        return new ProxyTables(ProxyVersion.NEWEST, ServiceTable.of(IpFamily.IPv4, ports),
                ServiceTable.of(IpFamily.IPv6, List.of()));
    }

    /** One of the Service ports, with its last endpoint at another address: as it is with 0. */
    public ServedPort port(int service, int moved) {
        ServicePortInfo info = new ServicePortInfo(
                new ServicePortName("default", "svc" + service, "", L4Protocol.TCP),
                FIRST_SERVICE.plus(service), 80, 0, List.of(), List.of(), List.of(), false, false,
                0, 0, "");
        List<EndpointInfo> all = new ArrayList<>(endpoints);
        for (int i = 0; i < endpoints; i++) {
            long pod = service * (long) endpoints + i + (i == endpoints - 1 ? moved : 0);
            all.add(new EndpointInfo(new SocketAddress(FIRST_POD.plus(pod), 8080),
                    "n" + pod % NODES,
                    true, true, false, List.of(), List.of()));
        }
        return ServedPort.of(info, all, ProxyVersion.NEWEST);
    }

    /**
     * Destinations of that many packets, each a random Service. The objects lie in memory in the
     * order in which they will be asked for: what a packet carries is at hand when it arrives, and
     * must not be charged to the lookup.
     */
    public IpAddress[] destinations(int packets) {
        Rng rng = new Rng(1);
        IpAddress[] destinations = new IpAddress[packets];
        for (int i = 0; i < packets; i++) {
            destinations[i] = FIRST_SERVICE.plus(rng.nextLong(services));
        }
        return destinations;
    }
}
