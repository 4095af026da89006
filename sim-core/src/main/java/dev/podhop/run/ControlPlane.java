package dev.podhop.run;

import dev.podhop.cluster.ClusterObjects;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.admission.Admission;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.net.IpAddress;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.LoadedScenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The API's objects, and what controllers derive from them, at once. */
final class ControlPlane {

    private final Admission admission;
    private final Map<ObjectKey, ApiObject> objects = new LinkedHashMap<>();

    ControlPlane(LoadedScenario scenario) {
        this.admission = new Admission(scenario.spec().network().serviceCIDR(),
                scenario.spec().kubernetesVersion().minor());
        Problems problems = new Problems();
        admission.createAll(scenario.objects(), problems).forEach(o -> objects.put(key(o), o));
        if (!problems.isEmpty()) {
            throw new UsageException(problems.all().toString());
        }
    }

    private static ObjectKey key(ApiObject o) {
        return new ObjectKey(o.kind(), o.metadata().namespace(), o.metadata().name());
    }

    Map<String, IpAddress> allocatedVips() {
        return Map.of();
    }

    ClusterObjects objects() {
        List<EndpointSlice> slices = new ArrayList<>(of(EndpointSlice.class));
        for (Service s : of(Service.class)) {
            boolean own = slices.stream().anyMatch(x -> x.serviceName().equals(s.metadata().name())
                    && x.metadata().namespace().equals(s.metadata().namespace()));
            if (!own && !s.spec().selector().isEmpty()) {
                slices.addAll(SliceSketch.of(s, pods()));
            }
        }
        return new ClusterObjects(of(Node.class), pods(), of(Service.class), slices);
    }

    List<Pod> pods() {
        return of(Pod.class);
    }

    List<Pod> podsOf(String namespace, String deployment) {
        return List.of();
    }

    private <T extends ApiObject> List<T> of(Class<T> kind) {
        return objects.values().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    void apply(Event.Apply apply) {
        Problems problems = new Problems();
        for (ApiObject o : ManifestReader.read(apply.manifests(), problems).objects()) {
            ApiObject old = objects.get(key(o));
            ApiObject made = old == null
                    ? admission.create(o, problems)
                    : admission.update(old, o, problems);
            if (made != null) {
                objects.put(key(made), made);
            }
        }
    }

    void patch(Event.Patch patch) {
        ApiObject old = Objects.requireNonNull(objects.get(patch.target()));
        Mapping tree = Trees.mergePatch(old.source(), patch.with());
        Problems problems = new Problems();
        ApiObject changed = ManifestReader.reread(old.kind(), tree, problems);
        objects.put(patch.target(), Objects.requireNonNull(changed));
    }

    void delete(Event.Delete delete) {
        objects.remove(delete.target());
    }
}
