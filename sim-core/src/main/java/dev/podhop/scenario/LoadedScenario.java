package dev.podhop.scenario;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.KubeProxyConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file that can be run.
 *
 * @param file as the user named it
 * @param name the scenario's name; for a bare dump the file's
 * @param objects the Kubernetes objects, in the order of the file and then of its resources, as
 *     written: admissible, but neither defaulted nor allocated
 * @param kubeProxy kube-proxy's configuration; where the file has none its own defaults, with the
 *     network's clusterCIDR
 * @param warnings what is worth telling, a line each
 * @param assumptions what a bare dump left open and how it was filled in, a line each
 * @param bareDump whether the file has no Scenario document
 * @param rereading how the file is read with further settings
 */
public record LoadedScenario(Path file, String name, ScenarioSpec spec, List<ApiObject> objects,
        KubeProxyConfiguration kubeProxy, List<String> warnings, List<String> assumptions,
        boolean bareDump, Rereading rereading) {

    public LoadedScenario {
        objects = List.copyOf(objects);
        warnings = List.copyOf(warnings);
        assumptions = List.copyOf(assumptions);
    }

    /** The objects of one kind, in order. */
    public <T extends ApiObject> Stream<T> objects(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast);
    }

    /**
     * The scenario as it is with further settings, {@code --set} each, laid over its file.
     *
     * @return empty where the file does not pass its checks with them
     */
    public Optional<LoadedScenario> set(List<String> settings) {
        return rereading.with(settings);
    }

    /** This scenario with another specification; settings know nothing of it. */
    public LoadedScenario withSpec(ScenarioSpec changed) {
        return new LoadedScenario(file, name, changed, objects, kubeProxy, warnings, assumptions,
                bareDump, rereading);
    }
}
