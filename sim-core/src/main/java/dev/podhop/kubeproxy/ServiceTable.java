package dev.podhop.kubeproxy;

import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All Service ports of one family at one moment: an immutable version that every node's program
 * shares. What a node has of its own is a {@link FamilyNode}.
 *
 * <p>A <em>capture</em> is one address and port at which a Service is caught: one rule of
 * {@code KUBE-SERVICES}. Captures are numbered in rule order (Service ports by name; in each the
 * ClusterIP, external IPs, load balancer VIPs). The real kube-proxy writes Services in random
 * order.
 */
public final class ServiceTable {

    /** What kind of address a capture is. */
    public enum CaptureKind {
        CLUSTER_IP, EXTERNAL_IP, LOAD_BALANCER_VIP,
        /** Found by its port alone: none of the numbered captures. */
        NODE_PORT
    }

    /** Above this many endpoints kube-proxy saves on comments ({@code largeClusterMode}). */
    public static final int LARGE_CLUSTER_ENDPOINTS = 1000;

    /** No capture. */
    public static final int NONE = AddressPortIndex.NONE;

    private final IpFamily family;
    private final List<ServedPort> ports;
    private final AddressPortIndex addresses;
    private final AddressPortIndex nodePorts;
    private final AddressPortIndex healthCheckPorts;
    private final int[] nodePortOf;
    private final int[] portOf;
    private final int[] next;
    private final CaptureKind[] kindOf;
    private final DirectEndpoints direct;
    private final int rejecting;
    private final int endpoints;
    private final List<Integer> healthCheckNumbers;

    private final List<ServedPort> guarded;

    private int captures;
    private int nodePortCount;
    /** Made when it is asked for: only nftables mode does. */
    private @Nullable AddressPortIndex clusterIps;

    private ServiceTable(IpFamily family, List<ServedPort> ports) {
        this.family = family;
        this.ports = ports;
        int total = ports.stream().mapToInt(ServiceTable::captureCount).sum();
        addresses = new AddressPortIndex(total, family == IpFamily.IPv6);
        nodePorts = new AddressPortIndex(ports.size(), false);
        healthCheckPorts = new AddressPortIndex(ports.size(), false);
        nodePortOf = new int[ports.size()];
        portOf = new int[total];
        next = new int[total];
        kindOf = new CaptureKind[total];
        for (int i = 0; i < ports.size(); i++) {
            add(i, ports.get(i).info());
        }
        direct = DirectEndpoints.of(family, ports, portOf, kindOf);
        guarded = ports.stream().filter(port -> port.info().hasSourceRanges()).toList();
        rejecting = ports.stream().filter(port -> !port.selection().hasAny())
                .mapToInt(ServiceTable::captureCount).sum();
        endpoints = ports.stream().mapToInt(port -> port.endpoints().size()).sum();
        healthCheckNumbers = ports.stream().map(port -> port.info().healthCheckNodePort())
                .filter(port -> port != 0).distinct().toList();
    }

    /** The table of these Service ports, which are all of that family and have unique names. */
    public static ServiceTable of(IpFamily family, Collection<ServedPort> ports) {
        return new ServiceTable(family,
                ports.stream().sorted(Comparator.comparing(port -> port.info().name())).toList());
    }

    private static int captureCount(ServedPort port) {
        return 1 + port.info().externalIps().size() + port.info().loadBalancerVips().size();
    }

    private void add(int port, ServicePortInfo info) {
        capture(port, info, CaptureKind.CLUSTER_IP, info.clusterIp());
        info.externalIps().forEach(ip -> capture(port, info, CaptureKind.EXTERNAL_IP, ip));
        info.loadBalancerVips()
                .forEach(ip -> capture(port, info, CaptureKind.LOAD_BALANCER_VIP, ip));
        if (info.nodePort() != 0) {
            nodePortOf[nodePortCount] = port;
            nodePorts.putIfAbsent(IpAddress.ANY_V4, info.name().protocol(), info.nodePort(),
                    nodePortCount++);
        }
        if (info.healthCheckNodePort() != 0) {
            healthCheckPorts.putIfAbsent(IpAddress.ANY_V4, L4Protocol.TCP,
                    info.healthCheckNodePort(), port);
        }
    }

    private void capture(int port, ServicePortInfo info, CaptureKind kind, IpAddress address) {
        int capture = captures++;
        portOf[capture] = port;
        kindOf[capture] = kind;
        next[capture] = NONE;
        int first = addresses.putIfAbsent(address, info.name().protocol(), info.port(), capture);
        if (first != NONE) {
            int last = first;
            while (next[last] != NONE) {
                last = next[last];
            }
            next[last] = capture;
        }
    }

    /** The first capture of a destination, or {@link #NONE}. */
    public int find(IpAddress address, L4Protocol protocol, int port) {
        return addresses.find(address, protocol, port);
    }

    /** The next capture of the same destination: two Services may claim one external address. */
    public int next(int capture) {
        return next[capture];
    }

    public ServedPort port(int capture) {
        return ports.get(portOf[capture]);
    }

    public CaptureKind kind(int capture) {
        return kindOf[capture];
    }

    /** Whether some Service has this ClusterIP, whatever its ports. */
    public boolean isClusterIp(IpAddress address) {
        AddressPortIndex index = clusterIps;
        if (index == null) {
            index = new AddressPortIndex(ports.size(), family == IpFamily.IPv6);
            for (ServedPort port : ports) {
                index.putIfAbsent(port.info().clusterIp(), L4Protocol.TCP, 0, 0);
            }
            clusterIps = index;
        }
        return index.find(address, L4Protocol.TCP, 0) != NONE;
    }

    /** The Service ports whose load balancer addresses have source ranges. */
    public List<ServedPort> guarded() {
        return guarded;
    }

    /** The short way to the endpoints of most captures. */
    public DirectEndpoints direct() {
        return direct;
    }

    /** The place of a node port among all node ports in rule order, or {@link #NONE}. */
    public int findNodePort(L4Protocol protocol, int port) {
        return nodePorts.find(IpAddress.ANY_V4, protocol, port);
    }

    /** The Service port that has the node port at a place. */
    public ServedPort nodePortOwner(int place) {
        return ports.get(nodePortOf[place]);
    }

    /** The first port of the Service that has this health check node port, or null. */
    public @Nullable ServedPort healthCheckPort(int port) {
        int index = healthCheckPorts.find(IpAddress.ANY_V4, L4Protocol.TCP, port);
        return index == NONE ? null : ports.get(index);
    }

    /** All ports of the Service that has this health check node port; none if none has. */
    public List<ServedPort> healthCheckService(int port) {
        int first = healthCheckPorts.find(IpAddress.ANY_V4, L4Protocol.TCP, port);
        if (first == NONE) {
            return List.of();
        }
        String service = ports.get(first).info().name().serviceName();
        int end = first + 1;
        while (end < ports.size()
                && ports.get(end).info().name().serviceName().equals(service)) {
            end++;
        }
        return ports.subList(first, end);
    }

    public IpFamily family() {
        return family;
    }

    /** All Service ports, ordered by name. */
    public List<ServedPort> ports() {
        return ports;
    }

    /** Number of captures: length of {@code KUBE-SERVICES} if every Service has endpoints. */
    public int captureCount() {
        return portOf.length;
    }

    /** Number of node ports. */
    public int nodePortCount() {
        return nodePortCount;
    }

    /** Number of captures without an endpoint anywhere, which stand in the filter table instead. */
    public int rejectingCount() {
        return rejecting;
    }

    /** More than {@link #LARGE_CLUSTER_ENDPOINTS} endpoints. */
    public boolean isLarge() {
        return endpoints > LARGE_CLUSTER_ENDPOINTS;
    }

    /** Endpoints of all Service ports together. */
    public int endpointCount() {
        return endpoints;
    }

    /** Health check node ports, in the order of their Services' names. */
    public List<Integer> healthCheckPorts() {
        return healthCheckNumbers;
    }
}
