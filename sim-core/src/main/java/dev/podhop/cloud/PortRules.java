package dev.podhop.cloud;

import dev.podhop.cloud.Registration.Ports;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a vendor's network forbids although the API server admits it. */
public final class PortRules {

    private PortRules() {}

    /**
     * The first port of a Service that the vendor does not take: in VKE's VPC-CNI network a number
     * is one protocol's only.
     *
     * @return the port's place in the list, and whose number it has
     */
    public static Optional<Clash> clash(Service service, Ports rule) {
        Map<Integer, String> protocols = new HashMap<>();
        for (int i = 0; rule == Ports.ONE_PROTOCOL && i < service.spec().ports().size(); i++) {
            ServicePort port = service.spec().ports().get(i);
            String other = protocols.putIfAbsent(port.port(), port.protocol());
            if (other != null && !other.equals(port.protocol())) {
                return Optional.of(new Clash(i, port.port(), port.protocol(), other));
            }
        }
        return Optional.empty();
    }

    /**
     * Two protocols on one number.
     *
     * @param index of the second among the Service's ports
     */
    public record Clash(int index, int number, String protocol, String other) {}
}
