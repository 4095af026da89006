package dev.podhop.kubeproxy;

import dev.podhop.engine.Keys;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import java.util.ArrayList;
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
 * order: see {@link ClaimOrder}.
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

    private final Captures captures;
    private final VersionedList<ServedPort> ports;
    private final DirectEndpoints direct;
    private final int rejecting;
    private final int endpoints;
    private long content;

    private ServiceTable(Captures captures, VersionedList<ServedPort> ports,
            DirectEndpoints direct, int rejecting, int endpoints) {
        this.captures = captures;
        this.ports = ports;
        this.direct = direct;
        this.rejecting = rejecting;
        this.endpoints = endpoints;
    }

    /** The table of these Service ports, which are all of that family and have unique names. */
    public static ServiceTable of(IpFamily family, Collection<ServedPort> served) {
        VersionedList<ServedPort> ports = VersionedList.of(served.stream()
                .sorted(Comparator.comparing(port -> port.info().name())).toList());
        Captures captures =
                new Captures(family, ports.stream().map(ServedPort::info).toList());
        return new ServiceTable(captures, ports, DirectEndpoints.of(captures, ports),
                ports.stream().mapToInt(ServiceTable::rejecting).sum(),
                ports.stream().mapToInt(port -> port.endpoints().size()).sum());
    }

    /**
     * The same after one Service port's endpoints have changed: what is made does not grow with the
     * number of Services.
     *
     * @throws IllegalArgumentException if there is no such Service port
     */
    public ServiceTable with(ServedPort changed) {
        int place = place(changed.info().name());
        if (place < 0 || !ports.get(place).info().equals(changed.info())) {
            throw new IllegalArgumentException("no such Service port: " + changed.info());
        }
        ServedPort old = ports.get(place);
        VersionedList<ServedPort> next = ports.with(place, changed);
        return new ServiceTable(captures, next,
                direct.with(captures.first(place), captures, next),
                rejecting - rejecting(old) + rejecting(changed),
                endpoints - old.endpoints().size() + changed.endpoints().size());
    }

    private static int rejecting(ServedPort port) {
        return port.selection().hasAny() ? 0 : Captures.count(port.info());
    }

    /** The place of a Service port; negative if there is none of that name. */
    private int place(ServicePortName name) {
        int low = 0;
        int high = ports.size() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = ports.get(middle).info().name().compareTo(name);
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return NONE;
    }

    /** The Service port of that name and protocol, or null. */
    public @Nullable ServedPort named(ServicePortName name) {
        int place = place(name);
        return place < 0 ? null : ports.get(place);
    }

    /** Whether both tables are of the same Services, with other endpoints at most. */
    public boolean isOfServicesOf(ServiceTable other) {
        return captures == other.captures;
    }

    /** In what it differs from an earlier version of the same family, ordered by name. */
    public List<PortChange> changesSince(ServiceTable before) {
        List<PortChange> changes = new ArrayList<>();
        if (isOfServicesOf(before)) {
            ports.differences(before.ports, place -> changes
                    .add(new PortChange(before.ports.get(place), ports.get(place))));
            return changes;
        }
        int old = 0;
        for (ServedPort port : ports) {
            ServicePortName name = port.info().name();
            while (old < before.ports.size()
                    && before.ports.get(old).info().name().compareTo(name) < 0) {
                changes.add(new PortChange(before.ports.get(old++), null));
            }
            boolean known = old < before.ports.size()
                    && before.ports.get(old).info().name().equals(name);
            ServedPort previous = known ? before.ports.get(old++) : null;
            if (previous != port) {
                changes.add(new PortChange(previous, port));
            }
        }
        while (old < before.ports.size()) {
            changes.add(new PortChange(before.ports.get(old++), null));
        }
        return changes;
    }

    /** The first capture of a destination, or {@link #NONE}. */
    public int find(IpAddress address, L4Protocol protocol, int port) {
        return captures.find(address, protocol, port);
    }

    /** The next capture of the same destination: two Services may claim one external address. */
    public int next(int capture) {
        return captures.next(capture);
    }

    public ServedPort port(int capture) {
        return ports.get(captures.port(capture));
    }

    public CaptureKind kind(int capture) {
        return captures.kind(capture);
    }

    /** The place of a capture's Service port among {@link #ports}. */
    int portIndex(int capture) {
        return captures.port(capture);
    }

    /** Whether several Service ports claim one address and port. */
    public boolean isContested() {
        return captures.isContested();
    }

    /** Whether several Service ports claim this one. */
    public boolean isContested(IpAddress address, L4Protocol protocol, int port) {
        int first = find(address, protocol, port);
        for (int c = first; c != NONE; c = next(c)) {
            if (portIndex(c) != portIndex(first)) {
                return true;
            }
        }
        return false;
    }

    /** A key of all that is in it: another table has another. */
    long contentKey() {
        if (content == 0) {
            long key = Keys.of(family().toString());
            for (ServedPort port : ports) {
                key = Keys.of(key, port.key());
                for (EndpointInfo endpoint : port.endpoints()) {
                    key = Keys.of(key, Keys.of(endpoint.endpoint().toString()));
                }
            }
            content = key | 1;
        }
        return content;
    }

    /** Whether some Service has this ClusterIP, whatever its ports. */
    public boolean isClusterIp(IpAddress address) {
        return captures.isClusterIp(address);
    }

    /** The Service ports whose load balancer addresses have source ranges. */
    public List<ServedPort> guarded() {
        return captures.guarded().stream().map(ports::get).toList();
    }

    /** The short way to the endpoints of most captures. */
    public DirectEndpoints direct() {
        return direct;
    }

    /** The place of a node port among all node ports in rule order, or {@link #NONE}. */
    public int findNodePort(L4Protocol protocol, int port) {
        return captures.findNodePort(protocol, port);
    }

    /** The Service port that has the node port at a place. */
    public ServedPort nodePortOwner(int place) {
        return ports.get(captures.nodePortOwner(place));
    }

    /** The first port of the Service that has this health check node port, or null. */
    public @Nullable ServedPort healthCheckPort(int port) {
        int index = captures.findHealthCheckPort(port);
        return index == NONE ? null : ports.get(index);
    }

    /** All ports of the Service that has this health check node port; none if none has. */
    public List<ServedPort> healthCheckService(int port) {
        int first = captures.findHealthCheckPort(port);
        if (first == NONE) {
            return List.of();
        }
        return service(ports.get(first).info().name());
    }

    /** All ports of the Service that has this one; none if it has none. */
    List<ServedPort> service(ServicePortName name) {
        int place = place(name);
        int first = place;
        while (first > 0 && isOf(name, first - 1)) {
            first--;
        }
        int end = place + 1;
        while (place >= 0 && end < ports.size() && isOf(name, end)) {
            end++;
        }
        return place < 0 ? List.of() : ports.subList(first, end);
    }

    private boolean isOf(ServicePortName name, int place) {
        return ports.get(place).info().name().serviceName().equals(name.serviceName());
    }

    public IpFamily family() {
        return captures.family();
    }

    /** All Service ports, ordered by name. */
    public List<ServedPort> ports() {
        return ports;
    }

    /** Number of captures: length of {@code KUBE-SERVICES} if every Service has endpoints. */
    public int captureCount() {
        return captures.count();
    }

    /** Number of node ports. */
    public int nodePortCount() {
        return captures.nodePortCount();
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
        return captures.healthCheckNumbers();
    }
}
