package dev.podhop.k8s.controller;

import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Workload;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which pods belong to which workload, and {@code PodControllerRefManager}: a pod whose labels no
 * longer fit is let go, one without a controller whose labels do fit is adopted.
 */
final class OwnedPods implements StoreEvent.Listener {

    private static final String ORPHANS = "";

    private final ApiStore store;
    /** By controller or, below {@link #ORPHANS}, by namespace; oldest first. */
    private final Map<String, Map<ObjectKey, Pod>> groups = new HashMap<>();

    OwnedPods(ApiStore store) {
        this.store = store;
    }

    @Override
    public void onEvent(StoreEvent event) {
        if (event.before() instanceof Pod before
                && !(event.after() instanceof Pod after && group(after).equals(group(before)))) {
            groups.computeIfPresent(group(before), (name, pods) -> {
                pods.remove(before.key());
                return pods.isEmpty() ? null : pods;
            });
        }
        if (event.after() instanceof Pod pod) {
            groups.computeIfAbsent(group(pod), g -> new LinkedHashMap<>()).put(pod.key(), pod);
        }
    }

    private static String group(Pod pod) {
        ObjectMeta meta = pod.metadata();
        OwnerReference controller = meta.controller();
        return controller == null
                ? group(ORPHANS, meta.namespace(), "")
                : group(controller.kind(), meta.namespace(), controller.name());
    }

    private static String group(String kind, String namespace, String name) {
        return kind + "/" + namespace + "/" + name;
    }

    /** The pods whose controller the workload is, dying and finished ones too, oldest first. */
    List<Pod> of(Workload owner) {
        ObjectMeta meta = owner.metadata();
        return List.copyOf(groups.getOrDefault(
                group(owner.kind().kind(), meta.namespace(), meta.name()), Map.of()).values());
    }

    /** Those of them that count ({@code FilterActivePods}). */
    List<Pod> activeOf(Workload owner) {
        return of(owner).stream().filter(OwnedPods::isActive).toList();
    }

    static boolean isActive(Pod pod) {
        return !pod.isFinished() && !pod.isTerminating();
    }

    /** Lets go, adopts, and then answers as {@link #of}. */
    List<Pod> claim(Workload owner, Predicate<Pod> adoptable) {
        ObjectMeta meta = owner.metadata();
        for (Pod pod : of(owner)) {
            if (!owner.selector().matches(pod.metadata().labels()) && !pod.isTerminating()) {
                setController(pod, null);
            }
        }
        Map<ObjectKey, Pod> orphans =
                groups.getOrDefault(group(ORPHANS, meta.namespace(), ""), Map.of());
        for (Pod pod : new ArrayList<>(orphans.values())) {
            if (isActive(pod) && owner.selector().matches(pod.metadata().labels())
                    && adoptable.test(pod)) {
                setController(pod, owner);
            }
        }
        return of(owner);
    }

    private void setController(Pod pod, @Nullable Workload owner) {
        List<YamlNode> references = new ArrayList<>();
        Mapping source = pod.source();
        if (source.get("metadata") instanceof Mapping metadata
                && metadata.get("ownerReferences") instanceof Sequence known) {
            known.items().stream().filter(item -> !isController(item)).forEach(references::add);
        }
        if (owner != null) {
            references.add(PodFactory.reference(owner, pod.place()));
        }
        Mapping metadata = source.get("metadata") instanceof Mapping m
                ? m.without("ownerReferences")
                : new TreeBuilder(pod.place()).build();
        Mapping changed = references.isEmpty() ? metadata
                : metadata.with("ownerReferences",
                        new Sequence(pod.place(), references));
        store.put(pod.with(tree -> Trees.set(tree, changed, "metadata")));
    }

    private static boolean isController(YamlNode reference) {
        return reference instanceof Mapping m && m.get("controller") instanceof YamlNode.Scalar flag
                && flag.isTrue();
    }
}
