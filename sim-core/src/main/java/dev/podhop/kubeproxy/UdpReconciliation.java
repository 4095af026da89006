package dev.podhop.kubeproxy;

import dev.podhop.kubeproxy.ConntrackCleanup.Reconciliation;
import dev.podhop.net.L4Protocol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what kube-proxy since 1.32 reconciles ({@code conntrack/cleanup.go}). */
final class UdpReconciliation {

    private UdpReconciliation() {}

    static ConntrackCleanup between(ServiceTable before, ServiceTable after,
            ProxyVersion version) {
        return before != after && udpEndpointsChanged(before, after)
                ? of(before, after, version)
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

    /** Before 1.37 ports without a serving endpoint are left out: their entries are left alone. */
    private static Reconciliation of(ServiceTable before, ServiceTable table,
            ProxyVersion version) {
        Map<String, Set<String>> byAddress = new HashMap<>();
        Map<Integer, Set<String>> byNodePort = new HashMap<>();
        if (version.reconcilesDeleted()) {
            before.ports().stream().map(ServedPort::info)
                    .filter(info -> info.name().protocol() == L4Protocol.UDP)
                    .forEach(info -> addresses(info)
                            .forEach(address -> byAddress.put(address, Set.of())));
        }
        for (ServedPort port : table.ports()) {
            ServicePortInfo info = port.info();
            Set<String> serving = port.endpoints().stream().filter(EndpointInfo::serving)
                    .map(EndpointInfo::toString).collect(Collectors.toUnmodifiableSet());
            if (info.name().protocol() != L4Protocol.UDP
                    || serving.isEmpty() && !version.reconcilesWithoutEndpoints()) {
                addresses(info).forEach(byAddress::remove);
                continue;
            }
            addresses(info).forEach(address -> byAddress.put(address, serving));
            if (info.nodePort() != 0) {
                byNodePort.put(info.nodePort(), serving);
            }
        }
        return new Reconciliation(table.family(), byAddress, byNodePort);
    }

    private static List<String> addresses(ServicePortInfo info) {
        return Stream.of(List.of(info.clusterIp()), info.externalIps(), info.loadBalancerVips())
                .flatMap(List::stream).map(address -> address.withPort(info.port())).toList();
    }
}
