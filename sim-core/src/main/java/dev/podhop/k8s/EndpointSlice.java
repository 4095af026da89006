package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.SourceTree;
import dev.podhop.k8s.source.YamlNode.Mapping;
import java.util.List;

/**
 * {@code discovery.k8s.io/v1} EndpointSlice.
 *
 * @param addressType IPv4, IPv6 or FQDN
 */
public record EndpointSlice(ObjectMeta metadata, String addressType, List<EndpointPort> ports,
        List<Endpoint> endpoints, SourceTree tree) implements ApiObject {

    /** The label that names the Service a slice belongs to. */
    public static final String SERVICE_NAME_LABEL = "kubernetes.io/service-name";
    /** The label that names who keeps a slice. */
    public static final String MANAGED_BY_LABEL = "endpointslice.kubernetes.io/managed-by";

    /** The EndpointSlice controller's value of that label. */
    public static final String CONTROLLER = "endpointslice-controller.k8s.io";

    static EndpointSlice read(Mapping source) {
        ObjectReader object = new ObjectReader(source);
        return new EndpointSlice(ObjectMeta.read(object, ApiKind.ENDPOINT_SLICE),
                object.text("addressType"), object.list("ports", EndpointPort::read),
                object.list("endpoints", Endpoint::read).stream()
                        // Nobody can be sent to: an API server refuses it, a file may have it.
                        .filter(endpoint -> !endpoint.addresses().isEmpty()).toList(),
                SourceTree.of(source));
    }

    @Override
    public ApiKind kind() {
        return ApiKind.ENDPOINT_SLICE;
    }

    /** The Service it belongs to; empty for a slice that belongs to none. */
    public String serviceName() {
        String name = metadata.label(SERVICE_NAME_LABEL);
        return name == null ? "" : name;
    }

    /** Whether the EndpointSlice controller keeps it, by its own label. */
    public boolean isManaged() {
        return CONTROLLER.equals(metadata.label(MANAGED_BY_LABEL));
    }
}
