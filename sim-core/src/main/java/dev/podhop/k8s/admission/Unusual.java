package dev.podhop.k8s.admission;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.admission.FieldErrors.FieldError;
import dev.podhop.k8s.source.Problems;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is let stand in objects that a server has printed, though the rules here would not take it
 * of a new object: told in one line, and not held against an update that leaves it as it is, for no
 * server does that either (ratcheting validation).
 */
final class Unusual {

    private final Map<ObjectKey, Set<String>> standing = new HashMap<>();
    private String first = "";
    private int count;

    /** Remembers the objections to what stands in an object all the same. */
    void note(ApiObject object, List<FieldError> taken) {
        if (taken.isEmpty()) {
            return;
        }
        FieldError error = taken.getFirst();
        if (count++ == 0) {
            first = object.locationOf(error.place()) + ": " + object.key() + ": " + error;
        }
        Set<String> texts = standing.computeIfAbsent(object.key(), key -> new HashSet<>());
        taken.forEach(each -> texts.add(each.toString()));
    }

    /** Takes out of an update's objections those to what has stood there before. */
    void forgive(ApiObject old, FieldErrors errors) {
        Set<String> texts = standing.get(old.key());
        if (texts != null) {
            errors.remove(texts);
        }
    }

    /** The line, if there is anything to tell. */
    void tell(String version, Problems problems) {
        if (count > 0) {
            problems.warn("taken as a server has printed it, though Kubernetes " + version
                    + " would not take it as new: " + first
                    + (count == 1 ? "" : "; and the like in " + (count - 1) + " more objects"));
        }
        count = 0;
    }
}
