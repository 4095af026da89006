package dev.podhop.run.during;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Container;
import dev.podhop.k8s.Deployment;
import dev.podhop.k8s.LabelSelector;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.OwnerReference;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.ReplicaSet;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.Workload;
import dev.podhop.net.L4Protocol;
import dev.podhop.run.during.PreflightReport.Settings;
import dev.podhop.run.result.UsageException;
import dev.podhop.scenario.ExternalHost;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Names;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who calls a workload's Services while it is rolled out, and how its settings are changed. */
final class RolloutCalls {

    private static final long EVERY_NANOS = 20_000_000L;
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private final LoadedScenario scenario;
    private final Workload target;
    private final List<Service> services;

    RolloutCalls(LoadedScenario given, Workload target) {
        this.target = target;
        this.services = given.objects(Service.class)
                .filter(s -> s.metadata().namespace().equals(target.metadata().namespace())
                        && !s.spec().selector().isEmpty() && !s.spec().isHeadless()
                        && LabelSelector.containsAll(target.template().labels(),
                                s.spec().selector()))
                .toList();
        if (services.isEmpty()) {
            throw new UsageException("found no Service that selects the pods of " + target.key()
                    + ", expected one: nobody calls them");
        }
        this.scenario = joined(During.following(given, services));
    }

    /** With somebody outside, where the file names nobody there. */
    LoadedScenario joined(LoadedScenario given) {
        return given.outside() == null ? given
                : given.askedBy(
                        new Source.ExternalSource(given.outside().host().name()));
    }

    LoadedScenario scenario() {
        return scenario;
    }

    String target() {
        return name(target);
    }

    private static String name(ApiObject object) {
        return object.kind().singular() + "/"
                + Names.qualified(object.metadata().namespace(), object.metadata().name());
    }

    /** Calls from a pod beside it, and from outside where that is what the Service is for. */
    List<Send> flows(long forNanos) {
        List<Send> flows = new ArrayList<>();
        for (Service service : services) {
            for (ServicePort port : service.spec().ports()) {
                if (port.l4Protocol() != L4Protocol.TCP) {
                    continue;
                }
                flows.add(flow(inside(), service, port, false, forNanos));
                if (service.spec().isType(ServiceSpec.LOAD_BALANCER)) {
                    scenario.spec().externalHosts().stream().filter(h -> h.port() == null)
                            .map(ExternalHost::name).findFirst()
                            .ifPresent(host -> flows.add(flow(new Source.ExternalSource(host),
                                    service, port, true, forNanos)));
                }
                break; // its other ports are the same pods
            }
        }
        return flows;
    }

    private Source inside() {
        return scenario.objects(Pod.class)
                .filter(pod -> !pod.isFinished() && !pod.spec().hostNetwork()
                        && !pod.status().podIPs().isEmpty() && !isOwn(pod))
                .sorted(Comparator.comparing(
                        pod -> pod.metadata().namespace().equals("kube-system")))
                .<Source>map(pod -> new Source.PodSource(pod.metadata().namespace(),
                        pod.metadata().name()))
                .findFirst()
                .orElseGet(() -> new Source.NodeSource(scenario.objects(Node.class).findFirst()
                        .map(node -> node.metadata().name()).orElse("")));
    }

    private boolean isOwn(Pod pod) {
        return pod.metadata().namespace().equals(target.metadata().namespace())
                && target.selector().matches(pod.metadata().labels());
    }

    private static Send flow(Source from, Service service, ServicePort port, boolean vip,
            long forNanos) {
        FlowTarget to = new FlowTarget.ServiceTarget(service.metadata().namespace(),
                service.metadata().name(), String.valueOf(port.port()), vip);
        return new Send(to + " from " + from, from, to, null, L4Protocol.TCP, null, EVERY_NANOS,
                null, forNanos, null, null, false, null, false, null, null, PATIENCE_NANOS, 0,
                true);
    }

    /** The ReplicaSets and pods that are its already: they are to be as if they had been so. */
    private List<ApiObject> owned() {
        Set<String> names = scenario.objects(ReplicaSet.class)
                .filter(set -> isOwned(set, Set.of(target.metadata().name())))
                .map(set -> set.metadata().name()).collect(Collectors.toSet());
        names.add(target.metadata().name());
        List<ApiObject> owned = new ArrayList<>();
        scenario.objects(ReplicaSet.class).filter(set -> names.contains(set.metadata().name())
                && set != target).forEach(owned::add);
        scenario.objects(Pod.class).filter(pod -> isOwned(pod, names)).forEach(owned::add);
        return owned;
    }

    private boolean isOwned(ApiObject object, Set<String> names) {
        OwnerReference owner = object.metadata().controller();
        return owner != null && names.contains(owner.name())
                && object.metadata().namespace().equals(target.metadata().namespace());
    }

    /** Settings laid over the workload and all that is its already. */
    List<String> options(Settings settings) {
        List<String> options = new ArrayList<>();
        options(options, name(target) + ".spec.template.spec.", settings);
        if (target instanceof Deployment) {
            options.add(name(target) + ".spec.minReadySeconds=" + settings.minReady());
        }
        for (ApiObject object : owned()) {
            options(options, name(object) + (object instanceof Pod ? ".spec."
                    : ".spec.template.spec."), settings);
        }
        return options;
    }

    private void options(List<String> options, String spec, Settings settings) {
        List<Container> containers = target.template().spec().containers();
        for (int i = 0; i < containers.size(); i++) {
            options.add(spec + "containers[" + i + "].lifecycle=" + (settings.preStop() == 0
                    ? "null"
                    : "{preStop: {sleep: {seconds: " + settings.preStop() + "}}}"));
        }
        options.add(spec + "terminationGracePeriodSeconds=" + settings.grace());
    }
}
