package dev.podhop.kubeproxy;

import dev.podhop.kubeproxy.ConntrackCleanup.Reconciliation;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds what kube-proxy since 1.32 reconciles ({@code conntrack/cleanup.go}). */
final class UdpReconciliation {

    private UdpReconciliation() {}

    static ConntrackCleanup between(ServiceTable before, ServiceTable after) {
        return before != after && udpEndpointsChanged(before, after) ? of(after)
                : ConntrackCleanup.NONE;
    }

    /** Whether the endpoints of a Service changed that has, or had, a UDP port. */
    private static boolean udpEndpointsChanged(ServiceTable before, ServiceTable after) {
        Map<ServicePortName, ServedPort> old = new HashMap<>();
        before.ports().forEach(port -> old.put(port.info().name(), port));
        Map<String, Boolean> changed = new TreeMap<>();
        Map<String, Boolean> udp = new TreeMap<>();
        for (ServedPort port : after.ports()) {
            ServedPort previous = old.remove(port.info().name());
            note(port, udp);
            if (previous == null ? !port.endpoints().isEmpty()
                    : previous != port && !previous.endpoints().equals(port.endpoints())) {
                changed.put(port.info().name().serviceName(), true);
            }
        }
        for (ServedPort gone : old.values()) {
            note(gone, udp);
            if (!gone.endpoints().isEmpty()) {
                changed.put(gone.info().name().serviceName(), true);
            }
        }
        return changed.keySet().stream().anyMatch(udp::containsKey);
    }

    private static void note(ServedPort port, Map<String, Boolean> udp) {
        if (port.info().name().protocol() == L4Protocol.UDP) {
            udp.put(port.info().name().serviceName(), true);
        }
    }

    /** Ports without a serving endpoint are left out: their entries are left alone. */
    private static Reconciliation of(ServiceTable table) {
        Map<String, Set<String>> byAddress = new HashMap<>();
        Map<Integer, Set<String>> byNodePort = new HashMap<>();
        for (ServedPort port : table.ports()) {
            ServicePortInfo info = port.info();
            Set<String> serving = port.endpoints().stream().filter(EndpointInfo::serving)
                    .map(EndpointInfo::toString).collect(Collectors.toUnmodifiableSet());
            if (info.name().protocol() != L4Protocol.UDP || serving.isEmpty()) {
                continue;
            }
            Function<IpAddress, String> key = address -> address.withPort(info.port());
            byAddress.put(key.apply(info.clusterIp()), serving);
            info.externalIps().forEach(ip -> byAddress.put(key.apply(ip), serving));
            info.loadBalancerVips().forEach(ip -> byAddress.put(key.apply(ip), serving));
            if (info.nodePort() != 0) {
                byNodePort.put(info.nodePort(), serving);
            }
        }
        return new Reconciliation(table.family(), byAddress, byNodePort);
    }
}
