package dev.podhop.run.diagnosis;

import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.run.stage.Stage;
import java.util.List;
import java.util.Optional;

/**
 * The Service that an address and a port mean, at a moment of a cluster.
 *
 * @param port the one of its ports
 * @param door by which of its addresses it is called
 */
public record Called(Service service, ServicePort port, Door door) {

    /** A way into a Service. */
    enum Door {
        CLUSTER_IP,
        EXTERNAL_IP,
        LOAD_BALANCER,
        NODE_PORT
    }

    /** Whose address and port that is; empty where it is no Service's. */
    public static Optional<Called> of(SocketAddress target, L4Protocol protocol, Stage stage) {
        List<Service> services = stage.controlPlane().services();
        return services.stream().flatMap(s -> s.spec().ports().stream()
                .filter(p -> p.l4Protocol() == protocol)
                .flatMap(p -> door(s, p, target, stage).stream().map(d -> new Called(s, p, d))))
                .findFirst();
    }

    /** Whose node port a number is, wherever it answers. */
    static Optional<Service> byNodePort(int number, L4Protocol protocol, Stage stage) {
        return stage.controlPlane().services().stream()
                .filter(service -> service.spec().ports().stream()
                        .anyMatch(port -> port.nodePort() == number
                                && port.l4Protocol() == protocol))
                .findFirst();
    }

    private static Optional<Door> door(Service service, ServicePort port, SocketAddress target,
            Stage stage) {
        IpAddress address = target.address();
        if (port.port() == target.port()) {
            if (service.spec().clusterAddresses().contains(address)) {
                return Optional.of(Door.CLUSTER_IP);
            }
            if (service.spec().externalIPs().contains(address.toString())) {
                return Optional.of(Door.EXTERNAL_IP);
            }
            if (stage.controlPlane().vips(service).contains(address)) {
                return Optional.of(Door.LOAD_BALANCER);
            }
        }
        boolean node = port.nodePort() == target.port() && stage.cluster().objects().nodes()
                .stream().anyMatch(n -> n.internalAddresses().contains(address));
        return node ? Optional.of(Door.NODE_PORT) : Optional.empty();
    }
}
