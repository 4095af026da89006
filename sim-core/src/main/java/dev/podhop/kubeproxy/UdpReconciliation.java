package dev.podhop.kubeproxy;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Since 1.32 ({@code conntrack/cleanup.go}): every UDP entry to an address or node port of a
 * Service whose answer does not come from one of its serving endpoints is stale, those that were
 * never translated included. Which of the serving endpoints the rules would choose now makes no
 * difference, nor does a TCP port of the same number.
 *
 * @param before what the process knew before, whose deleted addresses count too; null where they do
 *     not: before 1.38
 * @param withoutEndpoints whether the entries of a port without a serving endpoint are stale, as
 *     they are since 1.37
 */
record UdpReconciliation(@Nullable ServiceTable before, ServiceTable after,
        boolean withoutEndpoints) implements ConntrackCleanup {

    static ConntrackCleanup between(ServiceTable before, ServiceTable after,
            ProxyVersion version) {
        return before != after && udpEndpointsChanged(before, after)
                ? new UdpReconciliation(version.reconcilesDeleted() ? before : null, after,
                        version.reconcilesWithoutEndpoints())
                : NONE;
    }

    /** Whether the endpoints of a Service changed that has, or had, a UDP port. */
    private static boolean udpEndpointsChanged(ServiceTable before, ServiceTable after) {
        return after.changesSince(before).stream()
                .filter(change -> !endpoints(change.before()).equals(endpoints(change.after())))
                .anyMatch(change -> hasUdp(before, change.before())
                        || hasUdp(after, change.after()));
    }

    private static List<EndpointInfo> endpoints(@Nullable ServedPort port) {
        return port == null ? List.of() : port.endpoints();
    }

    private static boolean hasUdp(ServiceTable table, @Nullable ServedPort port) {
        return port != null && table.service(port.info().name()).stream()
                .anyMatch(each -> each.info().name().protocol() == L4Protocol.UDP);
    }

    @Override
    public boolean deletes(Tuple original, Tuple reply) {
        IpAddress address = original.destination();
        int port = original.destinationPort();
        if (original.protocol() != L4Protocol.UDP || address.family() != after.family()) {
            return false;
        }
        int place = after.findNodePort(L4Protocol.UDP, port);
        return place != ServiceTable.NONE && isStale(reply, after.nodePortOwner(place))
                || isStale(reply, address, port);
    }

    private boolean isStale(Tuple reply, IpAddress address, int port) {
        ServedPort last = null;
        for (int c = after.find(address, L4Protocol.UDP, port); c != ServiceTable.NONE; c =
                after.next(c)) {
            last = withoutEndpoints || isServing(after.port(c)) ? after.port(c) : last;
        }
        return last != null ? isStale(reply, last)
                : before != null && before.find(address, L4Protocol.UDP, port) != ServiceTable.NONE;
    }

    private static boolean isServing(ServedPort served) {
        return served.endpoints().stream().anyMatch(EndpointInfo::serving);
    }

    private boolean isStale(Tuple reply, ServedPort served) {
        return (withoutEndpoints || isServing(served)) && served.endpoints().stream()
                .noneMatch(each -> each.serving()
                        && each.endpoint().port() == reply.sourcePort()
                        && each.endpoint().address().same(reply.source()));
    }

    @Override
    public boolean isEmpty() {
        return false;
    }
}
