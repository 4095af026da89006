package dev.podhop.run.doctor;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.run.result.TraceResult.Fix;
import dev.podhop.scenario.LoadedScenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A change of objects as commands for the cluster. What differs between the objects before and
 * after is the patch, so that command and setting cannot part.
 */
final class KubectlCommands {

    private static final String OBJECT = "[^.\\[=]*/.*";

    private KubectlCommands() {}

    /** A fix with its commands; without any where it is no change of objects alone. */
    static Fix on(LoadedScenario scenario, Fix fix) {
        boolean objects = fix.to() == null && !fix.settings().isEmpty()
                && fix.settings().stream().allMatch(setting -> setting.matches(OBJECT));
        return objects ? scenario.set(fix.settings()).map(
                changed -> fix.by(commands(scenario, changed, fix.settings()))).orElse(fix) : fix;
    }

    private static List<String> commands(LoadedScenario before, LoadedScenario after,
            List<String> settings) {
        Map<ObjectKey, ApiObject> changed = new LinkedHashMap<>();
        after.objects().forEach(object -> changed.put(object.key(), object));
        boolean slices = settings.stream().anyMatch(s -> s.startsWith("endpointslice/"));
        List<String> commands = new ArrayList<>();
        for (ApiObject object : before.objects()) {
            ApiObject now = changed.get(object.key());
            if (now != null) {
                patch(object, Trees.difference(object.source(), now.source()), commands);
            } else if (slices || object.kind() != ApiKind.ENDPOINT_SLICE) {
                // slices that a change outdates are written anew by their controller
                commands.add("kubectl delete " + named(object));
            }
        }
        return commands;
    }

    private static void patch(ApiObject object, Mapping patch, List<String> commands) {
        Mapping rest = patch.without("status");
        if (!rest.entries().isEmpty()) {
            commands.add(patch(object, "", rest));
        }
        YamlNode status = patch.get("status");
        if (status != null) {
            commands.add(patch(object, " --subresource=status", new Mapping(patch.location(),
                    List.of()).with("status", status)));
        }
    }

    private static String patch(ApiObject object, String of, Mapping patch) {
        return "kubectl patch " + named(object) + of + " --type=merge -p '"
                + Trees.json(patch).replace("'", "'\\''") + "'";
    }

    private static String named(ApiObject object) {
        String namespace = object.metadata().namespace();
        return object.kind().singular() + " " + object.metadata().name()
                + (namespace.isEmpty() ? "" : " -n " + namespace);
    }
}
