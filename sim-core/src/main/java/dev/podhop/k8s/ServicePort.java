package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.net.L4Protocol;
import org.jspecify.annotations.Nullable;

/**
 * One port of a Service.
 *
 * @param protocol TCP, UDP or SCTP
 * @param nodePort 0 if there is none
 */
public record ServicePort(String name, String protocol, @Nullable String appProtocol, int port,
        IntOrString targetPort, int nodePort) {

    static ServicePort read(ObjectReader port) {
        return new ServicePort(port.text("name"), port.text("protocol"),
                port.textOrNull("appProtocol"), port.integer("port"),
                IntOrString.read(port, "targetPort"), port.integer("nodePort"));
    }

    /** {@link #protocol()}, typed. */
    public L4Protocol l4Protocol() {
        return L4Protocol.ofServicePort(protocol).orElseThrow();
    }

    /** This port with another node port. */
    public ServicePort withNodePort(int changed) {
        return new ServicePort(name, protocol, appProtocol, port, targetPort, changed);
    }
}
