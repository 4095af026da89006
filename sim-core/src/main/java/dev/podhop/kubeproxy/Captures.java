package dev.podhop.kubeproxy;

import dev.podhop.kubeproxy.ServiceTable.CaptureKind;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where Services are caught: what a {@link ServiceTable} knows of the Services themselves, by their
 * ports' places in name order. It says nothing of endpoints, and is shared by all versions between
 * two writes of a Service.
 */
final class Captures {

    private static final int NONE = AddressPortIndex.NONE;

    private final IpFamily family;
    private final List<IpAddress> clusterIps = new ArrayList<>();
    private final AddressPortIndex addresses;
    private final AddressPortIndex nodePorts;
    private final AddressPortIndex healthCheckPorts;
    private final int[] nodePortOf;
    private final int[] portOf;
    private final int[] firstOf;
    private final int[] next;
    private final CaptureKind[] kindOf;
    private final Set<Integer> healthCheckNumbers = new LinkedHashSet<>();
    private final List<Integer> guarded = new ArrayList<>();
    private int captures;
    private boolean contested;
    private int nodePortCount;
    /** Made when it is asked for: only nftables mode does. */
    private @Nullable AddressPortIndex clusterIpIndex;

    /** Of these ports, all of the family, in name order. */
    Captures(IpFamily family, List<ServicePortInfo> ports) {
        this.family = family;
        int total = ports.stream().mapToInt(Captures::count).sum();
        addresses = new AddressPortIndex(total, family == IpFamily.IPv6);
        nodePorts = new AddressPortIndex(ports.size(), false);
        healthCheckPorts = new AddressPortIndex(ports.size(), false);
        nodePortOf = new int[ports.size()];
        firstOf = new int[ports.size()];
        portOf = new int[total];
        next = new int[total];
        kindOf = new CaptureKind[total];
        for (int i = 0; i < ports.size(); i++) {
            add(i, ports.get(i));
        }
    }

    /** How many captures a Service port has. */
    static int count(ServicePortInfo info) {
        return 1 + info.externalIps().size() + info.loadBalancerVips().size();
    }

    private void add(int port, ServicePortInfo info) {
        firstOf[port] = captures;
        clusterIps.add(info.clusterIp());
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
            healthCheckNumbers.add(info.healthCheckNodePort());
        }
        if (info.hasSourceRanges()) {
            guarded.add(port);
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
            contested |= portOf[first] != port;
        }
    }

    /** Whether captures of one destination are of more than one port. */
    boolean isContested() {
        return contested;
    }

    IpFamily family() {
        return family;
    }

    int find(IpAddress address, L4Protocol protocol, int port) {
        return addresses.find(address, protocol, port);
    }

    int next(int capture) {
        return next[capture];
    }

    CaptureKind kind(int capture) {
        return kindOf[capture];
    }

    /** Place of the port that has a capture. */
    int port(int capture) {
        return portOf[capture];
    }

    /** A port's first capture: its ClusterIP. */
    int first(int port) {
        return firstOf[port];
    }

    int count() {
        return portOf.length;
    }

    boolean isClusterIp(IpAddress address) {
        AddressPortIndex index = clusterIpIndex;
        if (index == null) {
            index = new AddressPortIndex(clusterIps.size(), family == IpFamily.IPv6);
            for (IpAddress clusterIp : clusterIps) {
                index.putIfAbsent(clusterIp, L4Protocol.TCP, 0, 0);
            }
            clusterIpIndex = index;
        }
        return index.find(address, L4Protocol.TCP, 0) != NONE;
    }

    int findNodePort(L4Protocol protocol, int port) {
        return nodePorts.find(IpAddress.ANY_V4, protocol, port);
    }

    int nodePortOwner(int place) {
        return nodePortOf[place];
    }

    int nodePortCount() {
        return nodePortCount;
    }

    /** Place of the first port of the Service that has this health check node port, or none. */
    int findHealthCheckPort(int port) {
        return healthCheckPorts.find(IpAddress.ANY_V4, L4Protocol.TCP, port);
    }

    List<Integer> healthCheckNumbers() {
        return List.copyOf(healthCheckNumbers);
    }

    /** Places of the ports with source ranges. */
    List<Integer> guarded() {
        return guarded;
    }
}
