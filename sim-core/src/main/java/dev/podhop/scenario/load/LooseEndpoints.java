package dev.podhop.scenario.load;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Container;
import dev.podhop.k8s.ContainerAction;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.IntOrString;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Probe;
import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints of a dump that are no pods: kube-apiserver's for one, which stand in the slice {@code
 * default/kubernetes}. The dump says that something answers there, and not what.
 */
final class LooseEndpoints {

    private final List<ApiObject> objects;

    private LooseEndpoints(List<ApiObject> objects) {
        this.objects = objects;
    }

    /** Those at nodes' own addresses, where no pod of the node's network has that port. */
    static Set<SocketAddress> onNodes(List<ApiObject> objects) {
        LooseEndpoints loose = new LooseEndpoints(objects);
        Set<IpAddress> nodes = loose.nodeAddresses();
        Set<SocketAddress> found = new LinkedHashSet<>(loose.byService().keySet());
        found.removeIf(endpoint -> !nodes.contains(endpoint.address())
                || loose.isPods(endpoint));
        return found;
    }

    /** Those that no node and no pod of the dump has, with the first Service each is one of. */
    static Map<SocketAddress, String> outside(List<ApiObject> objects) {
        LooseEndpoints loose = new LooseEndpoints(objects);
        Set<IpAddress> inside = loose.nodeAddresses();
        loose.pods().flatMap(pod -> pod.status().podIPs().stream())
                .flatMap(text -> IpAddress.parse(text).stream()).forEach(inside::add);
        Map<SocketAddress, String> found = loose.byService();
        found.keySet().removeIf(endpoint -> inside.contains(endpoint.address()));
        return found;
    }

    /** Endpoints of TCP that name no pod, in the file's order. */
    private Map<SocketAddress, String> byService() {
        Map<SocketAddress, String> services = new LinkedHashMap<>();
        of(EndpointSlice.class).forEach(slice -> slice.endpoints().stream()
                .filter(e -> e.targetRef() == null || !e.targetRef().kind().equals("Pod"))
                .flatMap(e -> e.addresses().stream())
                .flatMap(text -> IpAddress.parse(text).stream())
                .forEach(address -> slice.ports().stream()
                        .filter(port -> port.port() != null && port.protocol().equals("TCP"))
                        .forEach(port -> services.putIfAbsent(
                                new SocketAddress(address, port.port()),
                                slice.metadata().namespace()
                                        + "/" + slice.serviceName()))));
        return services;
    }

    private boolean isPods(SocketAddress endpoint) {
        return pods().filter(pod -> pod.spec().hostNetwork()
                && pod.status().podIPs().contains(endpoint.address().toString()))
                .flatMap(pod -> pod.spec().containers().stream())
                .anyMatch(container -> listens(container, endpoint.port()));
    }

    private static boolean listens(Container container, int port) {
        return container.ports().stream().anyMatch(p -> p.containerPort() == port)
                || Stream.of(container.readinessProbe(), container.livenessProbe(),
                        container.startupProbe()).anyMatch(probe -> asks(probe, port));
    }

    private static boolean asks(@Nullable Probe probe, int port) {
        IntOrString asked = probe == null ? IntOrString.ZERO : switch (probe.action()) {
            case ContainerAction.HttpGet get -> get.port();
            case ContainerAction.TcpSocket socket -> socket.port();
            default -> IntOrString.ZERO;
        };
        return asked.number() == port;
    }

    private Set<IpAddress> nodeAddresses() {
        Set<IpAddress> addresses = new LinkedHashSet<>();
        // What is no address has its own message, and must not be a bug here.
        of(Node.class).flatMap(node -> node.ownAddresses().stream())
                .flatMap(address -> IpAddress.parse(address).stream())
                .forEach(addresses::add);
        return addresses;
    }

    private Stream<Pod> pods() {
        return of(Pod.class).filter(pod -> !pod.isFinished());
    }

    private <T extends ApiObject> Stream<T> of(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast);
    }
}
