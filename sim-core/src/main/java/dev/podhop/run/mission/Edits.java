package dev.podhop.run.mission;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.run.mission.Mission.Permission;
import dev.podhop.trace.Explanation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What differs between a mission's file and what somebody made of it, as data and not as text:
 * comments, order and writing are free.
 */
final class Edits {

    private final List<Permission> permissions;
    private final List<Explanation> objections = new ArrayList<>();
    private boolean changed;

    private Edits(List<Permission> permissions) {
        this.permissions = permissions;
    }

    /** The edits between two files' documents, under a mission's permissions. */
    static Edits between(List<Mapping> broken, List<Mapping> mended,
            List<Permission> permissions) {
        Edits edits = new Edits(permissions);
        Map<String, Mapping> left = new LinkedHashMap<>();
        broken.forEach(each -> left.put(name(each), each));
        Set<String> met = new LinkedHashSet<>();
        for (Mapping each : mended) {
            String name = name(each);
            Mapping before = left.get(name);
            if (!met.add(name)) {
                // The later one would count as an update of the earlier.
                edits.object(MissionReason.TWICE.of(name, each.location()));
            } else if (before == null) {
                edits.object(MissionReason.ADDED.of(name, each.location()));
            } else {
                edits.compare(name, FieldPath.root(), before, each, each.location());
            }
        }
        left.keySet().stream().filter(name -> !met.contains(name))
                .forEach(name -> edits.object(MissionReason.MISSING.of(name)));
        return edits;
    }

    /** {@code service/web}, {@code service/shop/web}; {@code scenario} has no other name. */
    static String name(Mapping document) {
        String kind = String.valueOf(document.text("kind")).toLowerCase(Locale.ROOT);
        Mapping meta = document.get("metadata") instanceof Mapping m ? m : null;
        if (kind.equals("scenario") || meta == null) {
            return kind;
        }
        String namespace = meta.text("namespace");
        return kind + "/" + (namespace == null || namespace.equals("default") ? ""
                : namespace + "/") + meta.text("name");
    }

    /** What may not be done, and was. */
    List<Explanation> objections() {
        return objections;
    }

    /** Whether anything was changed at all. */
    boolean areAny() {
        return changed;
    }

    private void object(Explanation objection) {
        changed = true;
        objections.add(objection);
    }

    /** @param near the place to tell where something is missing */
    private void compare(String object, FieldPath at, @Nullable YamlNode before,
            @Nullable YamlNode after, Location near) {
        Location where = after == null ? near : after.location();
        if (before instanceof Mapping || after instanceof Mapping) {
            Mapping old = before instanceof Mapping m ? m : null;
            Mapping now = after instanceof Mapping m ? m : null;
            if (isValue(before) || isValue(after)) {
                change(object, at, after, where);
                return;
            }
            Set<String> keys = new LinkedHashSet<>(old == null ? List.of() : old.keys());
            keys.addAll(now == null ? List.of() : now.keys());
            keys.forEach(key -> compare(object, at.child(key),
                    old == null ? null : old.get(key), now == null ? null : now.get(key), where));
        } else if (before instanceof Sequence || after instanceof Sequence) {
            if (before instanceof Scalar || after instanceof Scalar) {
                change(object, at, after, where);
                return;
            }
            List<YamlNode> old = before instanceof Sequence s ? s.items() : List.of();
            List<YamlNode> now = after instanceof Sequence s ? s.items() : List.of();
            for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
                compare(object, at.index(i), i < old.size() ? old.get(i) : null,
                        i < now.size() ? now.get(i) : null, where);
            }
        } else if (!same((Scalar) before, (Scalar) after)) {
            change(object, at, after, where);
        }
    }

    /** A list or a scalar: no field can be compared with it. */
    private static boolean isValue(@Nullable YamlNode node) {
        return node instanceof Sequence || node instanceof Scalar && !isNull(node);
    }

    private static boolean isNull(@Nullable YamlNode node) {
        return node == null || node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL;
    }

    private static boolean same(@Nullable Scalar before, @Nullable Scalar after) {
        if (before == null || after == null || isNull(before) || isNull(after)) {
            return isNull(before) && isNull(after);
        }
        return before.kind() == after.kind() && before.text().equals(after.text());
    }

    private void change(String object, FieldPath at, @Nullable YamlNode after, Location where) {
        changed = true;
        String field = object + "." + at;
        Permission permission = permissions.stream().filter(each -> each.covers(field))
                .findFirst().orElse(null);
        if (permission == null) {
            object(MissionReason.CHANGED.of(field, where, String.join(", ",
                    permissions.stream().map(Permission::toString).toList())));
        } else if (permission.atMost() != null && after instanceof Scalar value) {
            Long number = value.integer();
            if (number == null || number > permission.atMost()) {
                object(MissionReason.TOO_MUCH.of(field, where, permission.atMost()));
            }
        }
    }
}
