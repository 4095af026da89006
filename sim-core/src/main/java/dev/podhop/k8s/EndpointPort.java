package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * A port of the endpoints of a slice, or of a subset of Endpoints.
 *
 * @param name the Service port's name; empty for an unnamed one
 * @param port the number; null, in a slice only, means every port
 */
public record EndpointPort(String name, @Nullable Integer port, String protocol,
        @Nullable String appProtocol) {

    static EndpointPort read(ObjectReader port) {
        String protocol = port.text("protocol");
        return new EndpointPort(port.text("name"), port.integerOrNull("port"),
                protocol.isEmpty() ? "TCP" : protocol, port.textOrNull("appProtocol"));
    }
}
