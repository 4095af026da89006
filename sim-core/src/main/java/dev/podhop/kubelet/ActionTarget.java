package dev.podhop.kubelet;

import dev.podhop.k8s.Container;
import dev.podhop.k8s.IntOrString;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.Pod;
import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;
import java.util.Optional;

/** Where a probe or hook of a container goes, and what it is called. */
final class ActionTarget {

    private ActionTarget() {}

    /**
     * The address and port ({@code extractPort}); nothing where the pod has no address, the
     * container no port of that name, or the host is a name.
     */
    static Optional<SocketAddress> of(Pod pod, Container container, IntOrString port, String host) {
        int number = number(container, port);
        Optional<IpAddress> address = host.isEmpty() ? pod.addresses().stream().findFirst()
                : literal(host);
        return address.filter(a -> number > 0).map(a -> new SocketAddress(a, number));
    }

    private static Optional<IpAddress> literal(String host) {
        try {
            return Optional.of(IpAddress.of(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int number(Container container, IntOrString port) {
        String name = port.text();
        if (name == null) {
            return port.number();
        }
        return container.ports().stream().filter(p -> p.name().equals(name))
                .mapToInt(Container.ContainerPort::containerPort).findFirst().orElse(0);
    }

    /** The pod's name, and the container's where it has several. */
    static String name(Pod pod, Container container) {
        String namespace = pod.metadata().namespace();
        String own = (namespace.equals(ObjectMeta.DEFAULT_NAMESPACE) ? "" : namespace + "/")
                + pod.metadata().name();
        boolean alone = pod.spec().containers().size() == 1
                && pod.spec().initContainers().isEmpty();
        return alone ? own : own + "/" + container.name();
    }
}
