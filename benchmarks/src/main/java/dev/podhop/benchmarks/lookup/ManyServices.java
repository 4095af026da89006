package dev.podhop.benchmarks.lookup;

import dev.podhop.engine.Rng;
import dev.podhop.kubeproxy.EndpointInfo;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ProxyNode;
import dev.podhop.kubeproxy.ProxyVersion;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServicePortInfo;
import dev.podhop.kubeproxy.ServicePortName;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.kubeproxy.iptables.IptablesProgram;
import dev.podhop.net.Endpoint;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A node's program with n ClusterIP Services of one port and three endpoints each. */
public final class ManyServices {

    /** Endpoints of each Service. */
    public static final int ENDPOINTS = 3;

    private static final IpAddress FIRST_SERVICE = IpAddress.of("10.96.0.1");
    private static final IpAddress FIRST_POD = IpAddress.of("10.128.0.1");

    private final IpAddress[] addresses;
    private final IptablesProgram program;

    public ManyServices(int services) {
        addresses = new IpAddress[services];
        List<ServedPort> ports = new ArrayList<>(services);
        for (int i = 0; i < services; i++) {
            addresses[i] = FIRST_SERVICE.plus(i);
            ports.add(ServedPort.of(service(i), endpoints(i), ProxyVersion.NEWEST));
        }
        ProxyConfig config = ProxyConfig.defaults(ProxyVersion.NEWEST);
        ProxyNode node = new ProxyNode("n1", null, List.of(IpAddress.of("10.0.0.11")), List.of(),
                List.of(), Set.of());
        program = IptablesProgram.of(ServiceTable.of(IpFamily.IPv4, ports),
                FamilyNode.of(IpFamily.IPv4, node, config), config);
    }

    private ServicePortInfo service(int i) {
        return new ServicePortInfo(new ServicePortName("default", "svc" + i, "", L4Protocol.TCP),
                addresses[i], 80, 0, List.of(), List.of(), List.of(), false, false, 0, 0, "");
    }

    private static List<EndpointInfo> endpoints(int service) {
        List<EndpointInfo> endpoints = new ArrayList<>(ENDPOINTS);
        for (int i = 0; i < ENDPOINTS; i++) {
            Endpoint endpoint = new Endpoint(FIRST_POD.plus(service * (long) ENDPOINTS + i), 8080);
            endpoints.add(new EndpointInfo(endpoint, "n" + i, true, true, false, List.of(),
                    List.of()));
        }
        return endpoints;
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
            destinations[i] = FIRST_SERVICE.plus(rng.nextLong(addresses.length));
        }
        return destinations;
    }

    public IptablesProgram program() {
        return program;
    }
}
