package dev.podhop.kubeproxy;

import dev.podhop.kubeproxy.ConntrackCleanup.ByAddress;
import dev.podhop.kubeproxy.ConntrackCleanup.ByAddressAndEndpoint;
import dev.podhop.kubeproxy.ConntrackCleanup.ByPort;
import dev.podhop.kubeproxy.ConntrackCleanup.ByPortAndEndpoint;
import dev.podhop.kubeproxy.ConntrackCleanup.Call;
import dev.podhop.kubeproxy.ConntrackCleanup.Clearing;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds what kube-proxy up to 1.31 clears ({@code conntrack/cleanup.go} of 1.30). */
final class UdpClearing {

    private final Set<Call> calls = new LinkedHashSet<>();

    private UdpClearing() {}

    static ConntrackCleanup between(ServiceTable before, ServiceTable after) {
        UdpClearing clearing = new UdpClearing();
        after.changesSince(before).forEach(clearing::add);
        return new Clearing(List.copyOf(clearing.calls));
    }

    private void add(PortChange change) {
        ServedPort before = change.before();
        ServedPort after = change.after();
        ServedPort known = after == null ? before : after;
        if (known == null || known.info().name().protocol() != L4Protocol.UDP) {
            return;
        }
        if (after == null) {
            calls.add(new ByAddress(known.info().clusterIp()));
            return;
        }
        List<SocketAddress> served = before == null ? List.of() : serving(before);
        List<SocketAddress> serves = serving(after);
        if (served.isEmpty() && !serves.isEmpty()) {
            newlyActive(after.info());
        }
        served.stream().filter(endpoint -> !serves.contains(endpoint))
                .forEach(endpoint -> gone(after.info(), endpoint.address()));
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

    private static List<SocketAddress> serving(ServedPort port) {
        return port.endpoints().stream().filter(EndpointInfo::serving).map(EndpointInfo::endpoint)
                .toList();
    }
}
