package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.SourceTree;
import dev.podhop.k8s.source.YamlNode.Mapping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code v1} Endpoints, the older form of slices. */
public record Endpoints(ObjectMeta metadata, List<Subset> subsets, SourceTree tree)
        implements ApiObject {

    /** Addresses that share ports. */
    public record Subset(List<Address> addresses, List<Address> notReadyAddresses,
            List<EndpointPort> ports) {}

    /** One address; {@code hostname} may be empty. */
    public record Address(String ip, String hostname, @Nullable String nodeName,
            @Nullable ObjectReference targetRef) {

        static Address read(ObjectReader address) {
            return new Address(address.text("ip"), address.text("hostname"),
                    address.textOrNull("nodeName"),
                    address.objectOrNull("targetRef", ObjectReference::read));
        }
    }

    static Endpoints read(Mapping source) {
        ObjectReader object = new ObjectReader(source);
        return new Endpoints(ObjectMeta.read(object, ApiKind.ENDPOINTS),
                object.list("subsets",
                        s -> new Subset(s.list("addresses", Address::read),
                                s.list("notReadyAddresses", Address::read),
                                s.list("ports", EndpointPort::read))),
                SourceTree.of(source));
    }

    @Override
    public ApiKind kind() {
        return ApiKind.ENDPOINTS;
    }
}
