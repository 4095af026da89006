package dev.podhop.viz.recording;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.k8s.source.YamlReader;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.PatchTarget;
import dev.podhop.scenario.TimelineEntry;
import dev.podhop.viz.recording.Fields.Finder;
import dev.podhop.viz.recording.Sources.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the files say, and since when: each object as it was written first, and what the timeline
 * applied and patched since. Places are those of sim-core's own reading of the files.
 */
final class Written {

    private static final String SPEC = "spec";

    private final LoadedScenario scenario;
    private final FileRows rows;
    private final Map<ObjectKey, List<Version>> objects = new HashMap<>();
    private final @Nullable Mapping document;

    /** What was written at a time; a patch is not whole, what it does not name stays. */
    private record Version(long atNanos, Mapping tree, boolean whole) {}

    Written(LoadedScenario scenario, FileRows rows, String text) {
        this.scenario = scenario;
        this.rows = rows;
        for (ApiObject object : scenario.objects()) {
            add(object.key(), new Version(Long.MIN_VALUE, object.source(), true));
        }
        for (TimelineEntry entry : scenario.spec().timeline()) {
            if (entry.event() instanceof Event.Patch patch
                    && patch.target() instanceof PatchTarget.ObjectTarget target) {
                add(target.key(), new Version(entry.atNanos(), patch.with(), false));
            } else if (entry.event() instanceof Event.Apply apply) {
                apply.manifests().forEach(manifest -> keyOf(manifest).ifPresent(
                        key -> add(key, new Version(entry.atNanos(), manifest, true))));
            }
        }
        this.document = YamlReader.read(scenario.file().toString(), text, new Problems())
                .stream().filter(each -> "Scenario".equals(each.text("kind"))).findFirst()
                .orElse(null);
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
     * Where a field of an object stands that holds at a time.
     *
     * @param byDefault whether to name the object's spec where it leaves the field open
     */
    Optional<Line> field(ObjectKey key, long atNanos, String about, boolean byDefault,
            Finder finder) {
        List<Version> versions = objects.getOrDefault(key, List.of());
        for (Version version : versions.reversed()) {
            if (version.atNanos() <= atNanos) {
                Location place = finder.in(version.tree());
                if (place != null) {
                    return line(place, about, false);
                }
                if (version.whole()) {
                    Location spec = Fields.key(SPEC).in(version.tree());
                    return byDefault && spec != null ? line(spec, about, true)
                            : Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** Where kube-proxy's configuration has a field. */
    Optional<Line> kubeProxy(String about, Finder finder) {
        Location place = finder.in(scenario.kubeProxy().source());
        return place == null ? Optional.empty() : line(place, about, false);
    }

    /** Where the Scenario itself has a field below its spec, or a setting in its stead. */
    Optional<Line> spec(String about, String... way) {
        String[] whole = new String[way.length + 1];
        whole[0] = SPEC;
        System.arraycopy(way, 0, whole, 1, way.length);
        OptionalInt setting = rows.ofSetting(String.join(".", way));
        if (setting.isPresent()) {
            return Optional.of(line(setting.getAsInt(), about, false));
        }
        Location place = document == null ? null : Fields.key(whole).in(document);
        return place == null ? Optional.empty() : line(place, about, false);
    }

    /** The last event of the timeline until then that is as wanted. */
    Optional<Line> event(long atNanos, String about, Predicate<Event> wanted) {
        List<TimelineEntry> timeline = scenario.spec().timeline();
        int last = -1;
        for (int i = 0; i < timeline.size(); i++) {
            boolean before = last < 0
                    || timeline.get(i).atNanos() >= timeline.get(last).atNanos();
            if (timeline.get(i).atNanos() <= atNanos && before
                    && wanted.test(timeline.get(i).event())) {
                last = i;
            }
        }
        YamlNode item = last < 0 ? null : timelineItem(last);
        return item == null ? Optional.empty() : line(item.location(), about, false);
    }

    private @Nullable YamlNode timelineItem(int index) {
        Mapping spec = document != null && document.get(SPEC) instanceof Mapping m ? m : null;
        return spec != null && spec.get("timeline") instanceof Sequence items
                && index < items.items().size() ? items.items().get(index) : null;
    }

    private Optional<Line> line(Location place, String about, boolean absent) {
        OptionalInt row = rows.of(place);
        return row.isEmpty() ? Optional.empty()
                : Optional.of(line(row.getAsInt(), about, absent));
    }

    private Line line(int row, String about, boolean absent) {
        FileRows.Row found = rows.all().get(row);
        return new Line(row, found.file(), found.number(), about, absent);
    }
}
