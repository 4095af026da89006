package dev.podhop.scenario.evidence;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.SourceTree;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.PatchTarget;
import dev.podhop.scenario.TimelineEntry;
import dev.podhop.scenario.evidence.Way.End;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the files say, and since when: each object as it was written first, and what the timeline
 * applied and patched since.
 */
final class Written {

    private final LoadedScenario scenario;
    private final Map<ObjectKey, List<Version>> objects = new HashMap<>();
    private final List<Occurrence> occurrences;

    /** What was written at a time; a patch is not whole, what it does not name stays. */
    private record Version(long atNanos, SourceTree tree, boolean whole) {}

    /** @param times what counts as having happened at which time */
    Written(LoadedScenario scenario, Times times) {
        this.scenario = scenario;
        for (ApiObject object : scenario.objects()) {
            add(object.key(), new Version(Long.MIN_VALUE, object.tree(), true));
        }
        this.occurrences = occurrences(scenario, times);
        for (Occurrence each : occurrences) {
            if (each.event() instanceof Event.Patch patch
                    && patch.target() instanceof PatchTarget.ObjectTarget target) {
                add(target.key(),
                        new Version(each.sinceNanos(), SourceTree.of(patch.with()), false));
            } else if (each.event() instanceof Event.Apply apply) {
                apply.manifests().forEach(manifest -> keyOf(manifest).ifPresent(
                        key -> add(key, new Version(each.sinceNanos(),
                                SourceTree.of(manifest), true))));
            }
        }
    }

    /** How events are placed in time. */
    interface Times {

        /** When it counts as happened; a moment's past has always been. */
        long of(TimelineEntry entry);
    }

    private static List<Occurrence> occurrences(LoadedScenario scenario, Times times) {
        List<YamlNode> items = scenario.document().get("spec") instanceof Mapping spec
                && spec.get("timeline") instanceof Sequence list ? list.items() : List.of();
        List<Occurrence> all = new ArrayList<>();
        for (int i = 0; i < scenario.spec().timeline().size(); i++) {
            TimelineEntry entry = scenario.spec().timeline().get(i);
            Location where = i < items.size() ? items.get(i).location() : null;
            all.add(new Occurrence(entry.event(), entry.atNanos(), times.of(entry),
                    where == null || where.line() == 0 ? null : where));
        }
        all.sort(Comparator.comparingLong(Occurrence::sinceNanos)
                .thenComparingLong(Occurrence::atNanos));
        return all;
    }

    /** The timeline with its lines, in the order of time. */
    List<Occurrence> occurrences() {
        return occurrences;
    }

    private static Optional<ObjectKey> keyOf(Mapping manifest) {
        String kind = manifest.text("kind");
        Mapping metadata = manifest.get("metadata") instanceof Mapping m ? m : null;
        String name = metadata == null ? null : metadata.text("name");
        if (kind == null || metadata == null || name == null) {
            return Optional.empty();
        }
        String namespace = metadata.text("namespace");
        return ApiKind.ofWord(kind).map(known -> new ObjectKey(known, !known.namespaced() ? ""
                : namespace == null ? ObjectMeta.DEFAULT_NAMESPACE
                : namespace, name));
    }

    private void add(ObjectKey key, Version version) {
        objects.computeIfAbsent(key, k -> new ArrayList<>()).add(version);
    }

    /**
     * Where a field of an object stands that holds at a time; where the object leaves it open, what
     * would hold it.
     */
    Optional<End> field(ObjectKey key, long atNanos, Way way) {
        for (Version version : objects.getOrDefault(key, List.of()).reversed()) {
            End end = version.atNanos <= atNanos ? way.in(version.tree.mapping()) : null;
            if (end != null && (end.whole() || version.whole)) {
                return written(end);
            }
            if (version.atNanos <= atNanos && version.whole) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Where kube-proxy's configuration has a field. */
    Optional<End> kubeProxy(Way way) {
        return whole(way.in(scenario.kubeProxy().source()));
    }

    /**
     * Where the Scenario has a field, or a setting in its stead; what was assumed where it leaves
     * one open has the whole document's place.
     */
    Optional<End> scenario(Way way) {
        return whole(way.in(scenario.document()))
                .filter(end -> !end.where().equals(scenario.document().location()));
    }

    private static Optional<End> whole(@Nullable End end) {
        return written(end).filter(End::whole);
    }

    /** What was assumed for a file that left it out stands beside it. */
    private static Optional<End> written(@Nullable End end) {
        return Optional.ofNullable(end).filter(each -> each.where().line() > 0);
    }

    /** The last event of the timeline until then that is as wanted, if it has a line. */
    Optional<Occurrence> event(long atNanos, Predicate<Event> wanted) {
        return occurrences.reversed().stream()
                .filter(each -> each.sinceNanos() <= atNanos && wanted.test(each.event()))
                .findFirst().filter(each -> each.where() != null);
    }
}
