package dev.podhop.scenario.load;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.ObjectReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pods for the endpoints of a dump that names them in its slices only: it shows that they were
 * there, at which address, behind which ports and whether ready. Where the file does show pods of
 * that namespace, one that it does not show is gone, and its slice is stale.
 */
final class MadePods {

    private MadePods() {}

    /** The objects, and after them the pods that slices a server printed name beside them. */
    static List<ApiObject> with(List<ApiObject> objects, List<String> made) {
        Set<ObjectKey> there = new LinkedHashSet<>();
        Set<String> addresses = new LinkedHashSet<>();
        Set<String> listed = new LinkedHashSet<>();
        for (ApiObject object : objects) {
            there.add(object.key());
            if (object instanceof Pod pod) {
                addresses.addAll(pod.status().podIPs());
                listed.add(pod.metadata().namespace());
            }
        }
        Map<ObjectKey, Pod> pods = new LinkedHashMap<>();
        for (ApiObject object : objects) {
            if (object instanceof EndpointSlice slice && slice.isPrinted()
                    && !listed.contains(slice.metadata().namespace())) {
                for (Endpoint endpoint : slice.endpoints()) {
                    ObjectKey key = podOf(endpoint, slice);
                    if (key != null && !there.contains(key) && !endpoint.addresses().isEmpty()
                            && !addresses.contains(endpoint.addresses().getFirst())
                            && pods.putIfAbsent(key, pod(key, endpoint, slice)) == null) {
                        made.add(key + " at " + endpoint.addresses().getFirst());
                    }
                }
            }
        }
        List<ApiObject> all = new ArrayList<>(objects);
        all.addAll(pods.values());
        return List.copyOf(all);
    }

    private static @Nullable ObjectKey podOf(Endpoint endpoint,
            EndpointSlice slice) {
        ObjectReference target = endpoint.targetRef();
        return target == null || !target.kind().equals("Pod") || target.name().isEmpty() ? null
                : new ObjectKey(ApiKind.POD, slice.metadata().namespace(), target.name());
    }

    private static Pod pod(ObjectKey key, Endpoint endpoint, EndpointSlice slice) {
        Location where = Location.beside(slice.place().file());
        String node = endpoint.nodeName();
        List<Mapping> ports = slice.ports().stream().filter(port -> port.port() != null)
                .map(port -> new TreeBuilder(where).number("containerPort", port.port())
                        .text("protocol", port.protocol()).build())
                .toList();
        Mapping container = new TreeBuilder(where).text("name", "main").text("image", "unknown")
                .list("ports", ports).build();
        Mapping ready = new TreeBuilder(where).text("type", "Ready")
                .text("status", endpoint.isReady() ? "True" : "False").build();
        return (Pod) ManifestReader.view(ApiKind.POD, new TreeBuilder(where)
                .text("apiVersion", "v1").text("kind", "Pod")
                .object("metadata", new TreeBuilder(where).text("name", key.name())
                        .text("namespace", key.namespace()).text("resourceVersion", "0").build())
                .object("spec", new TreeBuilder(where).text("nodeName", node)
                        .list("containers", List.of(container)).build())
                .object("status", new TreeBuilder(where).text("phase", "Running")
                        .text("podIP", endpoint.addresses().getFirst())
                        .list("conditions", List.of(ready)).build())
                .build());
    }
}
