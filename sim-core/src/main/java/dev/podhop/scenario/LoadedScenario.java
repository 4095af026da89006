package dev.podhop.scenario;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.KubeProxyConfiguration;
import dev.podhop.k8s.NetworkPolicy;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.kubeproxy.ProxyNames;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file that can be run.
 *
 * @param file as the user named it
 * @param name the scenario's name; for a bare dump the file's
 * @param objects the Kubernetes objects, in the order of the file and then of its resources, as
 *     written: admissible, but neither defaulted nor allocated
 * @param kubeProxy kube-proxy's configuration; where the file has none its own defaults, with the
 *     network's clusterCIDR
 * @param proxyNames what kube-proxies call themselves
 * @param warnings what is worth telling, a line each
 * @param assumptions what the file leaves open and how it was filled in
 * @param notes what else is to be known about an answer, a line each
 * @param bareDump whether the file has no Scenario document
 * @param outside whoever asks from outside where the file names nobody there; not in the spec
 *     until somebody means it
 * @param policies NetworkPolicies, which are named where they concern a flow, and not simulated
 * @param document the Scenario as it was read, with the settings laid over it and what was assumed;
 *     that has no line
 * @param rereading how the file is read with further settings
 */
public record LoadedScenario(Path file, String name, ScenarioSpec spec, List<ApiObject> objects,
        KubeProxyConfiguration kubeProxy, ProxyNames proxyNames, List<String> warnings,
        List<Assumption> assumptions, List<String> notes, boolean bareDump,
        @Nullable Outsider outside, List<NetworkPolicy> policies, Mapping document,
        Rereading rereading) {

    public LoadedScenario {
        objects = List.copyOf(objects);
        warnings = List.copyOf(warnings);
        assumptions = List.copyOf(assumptions);
        notes = List.copyOf(notes);
        policies = List.copyOf(policies);
    }

    /** A host outside that nobody has meant yet, and what is to be told once somebody does. */
    public record Outsider(ExternalHost host, Assumption assumption) {}

    /** The assumptions that belong beside an answer. */
    public List<Assumption> told() {
        return assumptions.stream().filter(Assumption::told).toList();
    }

    /**
     * The scenario in which that source can ask: somebody outside is there, and told of, once he is
     * meant.
     */
    public LoadedScenario askedBy(@Nullable Source from) {
        if (outside == null || !(from instanceof Source.ExternalSource external)
                || !external.name().equals(outside.host.name())) {
            return this;
        }
        return new LoadedScenario(file, name, spec.withExternalHosts(List.of(outside.host)),
                objects, kubeProxy, proxyNames, warnings,
                Stream.concat(assumptions.stream(), Stream.of(outside.assumption)).toList(),
                notes, bareDump, null, policies, document,
                settings -> rereading.with(settings).map(again -> again.askedBy(from)));
    }

    /** Who may ask from outside: the first that the file names, else whom one may mean. */
    public Optional<Source> outsider() {
        return spec.externalHosts().stream().findFirst()
                .or(() -> Optional.ofNullable(outside).map(Outsider::host))
                .map(host -> new Source.ExternalSource(host.name()));
    }

    /** The timeline's entries in the order in which they happen. */
    public List<TimelineEntry> timeline() {
        return spec.timeline().stream().sorted(Comparator.comparingLong(TimelineEntry::atNanos))
                .toList();
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
        return new LoadedScenario(file, name, changed, objects, kubeProxy, proxyNames, warnings,
                assumptions,
                notes, bareDump, outside, policies, document, rereading);
    }
}
