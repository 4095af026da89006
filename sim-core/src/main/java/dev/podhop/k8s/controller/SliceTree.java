package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.ObjectReference;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.YamlNode.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes EndpointSlices as the API has them. Their place is that of the object they come from. */
final class SliceTree {

    private static final String HEADLESS_LABEL = "service.kubernetes.io/headless";

    private SliceTree() {}

    /**
     * A slice.
     *
     * @param origin the Service, or the Endpoints, it is derived from; both carry the Service's
     *     name
     */
    static Mapping write(ApiObject origin, String name, String manager, String addressType,
            List<EndpointPort> ports, List<Endpoint> endpoints) {
        Location where = origin.place();
        Map<String, String> labels = new LinkedHashMap<>(origin.metadata().labels());
        if (origin instanceof Service service && service.spec().isHeadless()) {
            labels.put(HEADLESS_LABEL, "");
        }
        labels.put(EndpointSlice.MANAGED_BY_LABEL, manager);
        labels.put(EndpointSlice.SERVICE_NAME_LABEL, origin.metadata().name());
        Mapping owner = new TreeBuilder(where).text("apiVersion", "v1").flag("controller", true)
                .text("kind", origin.kind().kind()).text("name", origin.metadata().name()).build();
        Mapping metadata = new TreeBuilder(where).text("name", name)
                .text("namespace", origin.metadata().namespace()).map("labels", labels)
                .list("ownerReferences", List.of(owner)).build();
        return new TreeBuilder(where).text("addressType", addressType)
                .text("apiVersion", ApiKind.ENDPOINT_SLICE.apiVersion())
                .list("endpoints", endpoints.stream().map(e -> endpoint(e, where)).toList())
                .text("kind", "EndpointSlice").node("metadata", metadata)
                .list("ports", ports.stream().map(p -> port(p, where)).toList()).build();
    }

    private static Mapping port(EndpointPort port, Location where) {
        return new TreeBuilder(where).text("appProtocol", port.appProtocol())
                .text("name", port.name()).number("port", port.port())
                .text("protocol", port.protocol()).build();
    }

    private static Mapping endpoint(Endpoint endpoint, Location where) {
        Mapping conditions = new TreeBuilder(where).flag("ready", endpoint.ready())
                .flag("serving", endpoint.serving()).flag("terminating", endpoint.terminating())
                .build();
        Mapping hints =
                new TreeBuilder(where).list("forNodes", names(endpoint.hintedNodes(), where))
                        .list("forZones", names(endpoint.hintedZones(), where)).build();
        TreeBuilder tree = new TreeBuilder(where).texts("addresses", endpoint.addresses())
                .object("conditions", conditions).object("hints", hints)
                .text("hostname", endpoint.hostname()).text("nodeName", endpoint.nodeName());
        ObjectReference target = endpoint.targetRef();
        if (target != null) {
            tree.node("targetRef",
                    new TreeBuilder(where).text("kind", target.kind()).text("name", target.name())
                            .text("namespace", target.namespace()).text("uid", target.uid())
                            .build());
        }
        return tree.text("zone", endpoint.zone()).build();
    }

    private static List<Mapping> names(List<String> names, Location where) {
        return names.stream().map(name -> new TreeBuilder(where).text("name", name).build())
                .toList();
    }
}
