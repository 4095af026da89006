package dev.podhop.run.diagnosis;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.admission.Admission;
import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.scenario.LoadedScenario;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What an API server would say to a file's objects as new ones. What a server has printed is taken
 * as it stands, whatever the rules; what somebody edits in it is not.
 */
final class AsNew {

    private AsNew() {}

    /** Whether the server objects to nothing in the edited objects that it did not before. */
    static boolean bringsNoObjection(LoadedScenario before, LoadedScenario edited) {
        Map<ObjectKey, ApiObject> known = new HashMap<>();
        before.objects().forEach(object -> known.put(object.key(), object));
        return edited.objects().stream().allMatch(object -> {
            ApiObject old = known.get(object.key());
            return old != null && old.source().equals(object.source())
                    || (old == null ? Set.of() : objections(before, old))
                            .containsAll(objections(edited, object));
        });
    }

    private static Set<String> objections(LoadedScenario scenario, ApiObject object) {
        Problems problems = new Problems();
        new Admission(scenario.spec().network().serviceCIDR(),
                scenario.spec().kubernetesVersion().modelled().minor())
                .create(object, problems);
        Set<String> objections = new HashSet<>();
        for (Problem problem : problems.all()) {
            objections.add(problem.path() + ": " + problem.message());
        }
        return objections;
    }
}
