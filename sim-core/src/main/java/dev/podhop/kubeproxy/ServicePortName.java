package dev.podhop.kubeproxy;

import dev.podhop.net.L4Protocol;
import java.util.Comparator;

/**
 * Names one port of one Service: kube-proxy handles every port on its own, and so does everything
 * in this package ({@code proxy.ServicePortName}). Ordered by namespace, Service, port, protocol.
 *
 * @param port the port's name; empty for the only port of a Service, which needs none
 */
public record ServicePortName(String namespace, String service, String port, L4Protocol protocol)
        implements Comparable<ServicePortName> {

    private static final Comparator<ServicePortName> ORDER = Comparator
            .comparing(ServicePortName::namespace).thenComparing(ServicePortName::service)
            .thenComparing(ServicePortName::port).thenComparing(ServicePortName::protocol);

    /** {@code default/web}: the Service without its port. */
    public String serviceName() {
        return namespace + "/" + service;
    }

    @Override
    public int compareTo(ServicePortName that) {
        return ORDER.compare(this, that);
    }

    /**
     * {@code default/web:http}, or {@code default/web} for an unnamed port; chain names hash it.
     */
    @Override
    public String toString() {
        return port.isEmpty() ? serviceName() : serviceName() + ":" + port;
    }
}
