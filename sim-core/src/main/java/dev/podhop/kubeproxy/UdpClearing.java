package dev.podhop.kubeproxy;

import dev.podhop.kubeproxy.ConntrackCleanup.ByAddress;
import dev.podhop.kubeproxy.ConntrackCleanup.ByAddressAndEndpoint;
import dev.podhop.kubeproxy.ConntrackCleanup.ByPort;
import dev.podhop.kubeproxy.ConntrackCleanup.ByPortAndEndpoint;
import dev.podhop.kubeproxy.ConntrackCleanup.Call;
import dev.podhop.kubeproxy.ConntrackCleanup.Clearing;
import dev.podhop.net.Endpoint;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds what kube-proxy up to 1.31 clears ({@code conntrack/cleanup.go} of 1.30). */
final class UdpClearing {

    private final Set<Call> calls = new LinkedHashSet<>();

    private UdpClearing() {}

    static ConntrackCleanup between(ServiceTable before, ServiceTable after) {
        Map<ServicePortName, ServedPort> old = udpPorts(before);
        Map<ServicePortName, ServedPort> current = udpPorts(after);
        UdpClearing clearing = new UdpClearing();
        old.forEach((name, port) -> {
            if (!current.containsKey(name)) {
                clearing.calls.add(new ByAddress(port.info().clusterIp()));
            }
        });
        current.forEach((name, port) -> {
            ServedPort previous = old.get(name);
            List<Endpoint> served = previous == null ? List.of() : serving(previous);
            List<Endpoint> serves = serving(port);
            if (served.isEmpty() && !serves.isEmpty()) {
                clearing.newlyActive(port.info());
            }
            served.stream().filter(endpoint -> !serves.contains(endpoint))
                    .forEach(endpoint -> clearing.gone(port.info(), endpoint.address()));
        });
        return new Clearing(List.copyOf(clearing.calls));
    }

    /** While there was no endpoint, entries may have arisen that lead nowhere. */
    private void newlyActive(ServicePortInfo info) {
        addresses(info).forEach(address -> calls.add(new ByAddress(address)));
        if (info.nodePort() != 0) {
            calls.add(new ByPort(info.nodePort(), info.clusterIp().family()));
        }
    }

    private void gone(ServicePortInfo info, IpAddress endpoint) {
        if (info.nodePort() != 0) {
            calls.add(new ByPortAndEndpoint(info.nodePort(), endpoint));
        }
        addresses(info)
                .forEach(address -> calls.add(new ByAddressAndEndpoint(address, endpoint)));
    }

    private static List<IpAddress> addresses(ServicePortInfo info) {
        List<IpAddress> addresses = new ArrayList<>();
        addresses.add(info.clusterIp());
        addresses.addAll(info.externalIps());
        addresses.addAll(info.loadBalancerVips());
        return addresses;
    }

    private static List<Endpoint> serving(ServedPort port) {
        return port.endpoints().stream().filter(EndpointInfo::serving).map(EndpointInfo::endpoint)
                .toList();
    }

    private static Map<ServicePortName, ServedPort> udpPorts(ServiceTable table) {
        Map<ServicePortName, ServedPort> ports = new TreeMap<>();
        table.ports().stream().filter(port -> port.info().name().protocol() == L4Protocol.UDP)
                .forEach(port -> ports.put(port.info().name(), port));
        return ports;
    }
}
