package dev.podhop.run.doctor;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.LabelSelector;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.Workload;
import dev.podhop.k8s.source.Location;
import dev.podhop.net.L4Protocol;
import dev.podhop.run.doctor.Fault.Met;
import dev.podhop.run.during.During;
import dev.podhop.run.during.Losses;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.result.UsageException;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.FaultTarget;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.math3.fraction.BigFraction;

/** What calls would lose in what is to be expected: each is let happen, in time, while they run. */
final class Forecast {

    private static final long SECOND = 1_000_000_000L;
    private static final long EVERY_NANOS = SECOND / 20;
    private static final long PATIENCE_NANOS = 2 * SECOND;
    /** A dead node is noticed after 50 s, and its pods are replaced 300 s later. */
    private static final long LOSS_SECONDS = 90;
    private static final long DRAIN_SECONDS = 60;
    /** So many nodes, workloads and Services are tried: each is a run of its own. */
    private static final int MOST_EVENTS = 4;
    private static final int MOST_FLOWS = 24;

    private final Surroundings around;
    private final RunWatch watch;
    private final List<Service> services;
    private final LoadedScenario scenario;

    Forecast(Surroundings around, RunWatch watch, List<Service> services) {
        this.around = around;
        this.watch = watch;
        this.services = services.stream().filter(s -> s.spec().hasClusterIP()
                && !s.spec().selector().isEmpty() && !around.usable(s).isEmpty())
                .limit(MOST_FLOWS).toList();
        this.scenario = Outsiders.joining(During.following(around.scenario(), this.services));
    }

    List<Fault> of(WhatIf whatIf) {
        return switch (whatIf) {
            case WhatIf.Drain drain -> busiest().stream()
                    .flatMap(node -> during(FaultCode.DRAIN,
                            new Event.Drain(new ObjectKey(ApiKind.NODE, "", node)), node,
                            "drain node/" + node, DRAIN_SECONDS, services).stream())
                    .toList();
            case WhatIf.NodeLoss loss -> busiest().stream()
                    .flatMap(node -> during(FaultCode.NODE_LOSS,
                            new Event.Fail(new FaultTarget.NodeFault(node)), node,
                            "fail node/" + node, LOSS_SECONDS, services).stream())
                    .toList();
            case WhatIf.Rollout rollout -> workloads().stream()
                    .flatMap(w -> during(FaultCode.ROLLOUT, new Event.Rollout(w.key()), "",
                            "rollout " + Inspections.name(w), DRAIN_SECONDS,
                            services.stream().filter(s -> isServed(s, w)).toList()).stream())
                    .toList();
            case WhatIf.Upgrade upgrade -> upgraded(upgrade);
        };
    }

    /** The nodes with endpoints of most Services. */
    private List<String> busiest() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        services.forEach(s -> around.nodesOf(s).forEach(n -> counts.merge(n, 1, Integer::sum)));
        return counts.entrySet().stream()
                .filter(e -> around.node(e.getKey()).isPresent())
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(MOST_EVENTS).map(Map.Entry::getKey).toList();
    }

    private List<Workload> workloads() {
        return around.scenario().objects(Workload.class)
                .filter(w -> w.metadata().controller() == null)
                .filter(w -> services.stream().anyMatch(s -> isServed(s, w)))
                .limit(2L * MOST_EVENTS).toList();
    }

    private static boolean isServed(Service service, Workload workload) {
        return service.metadata().namespace().equals(workload.metadata().namespace())
                && LabelSelector.containsAll(workload.template().labels(),
                        service.spec().selector());
    }

    private List<Fault> during(FaultCode code, Event event, String victim, String name,
            long seconds, List<Service> of) {
        Map<String, Call> calls = new LinkedHashMap<>();
        List<Send> flows = new ArrayList<>();
        for (Service service : of) {
            call(service, victim).ifPresent(call -> {
                String flow = Inspections.name(service);
                calls.put(flow, call);
                flows.add(new Send(flow, call.caller().source(), call.target(), call.family(),
                        L4Protocol.TCP, null, EVERY_NANOS, null, (seconds + 2) * SECOND, null,
                        null, false, null, false, null, null, PATIENCE_NANOS, 0, true));
            });
        }
        List<Fault> faults = new ArrayList<>();
        if (!flows.isEmpty()) {
            new During(watch, 1, seconds * SECOND).losses(scenario, event, flows)
                    .forEach((flow, losses) -> {
                        Call call = calls.get(flow);
                        if (call != null && !losses.isLossless()) {
                            faults.add(fault(code, call, name, losses));
                        }
                    });
        }
        return faults;
    }

    /** By a TCP port, from a pod that what happens does not happen to. */
    private Optional<Call> call(Service service, String victim) {
        Set<String> own = Set.of(victim);
        return service.spec().ports().stream()
                .filter(port -> port.l4Protocol() == L4Protocol.TCP).findFirst()
                .flatMap(port -> caller(service, own).map(caller -> call(service, port, caller)));
    }

    private Optional<Caller> caller(Service service, Set<String> victims) {
        List<Caller> inside = new Callers(around, service).inside().stream()
                .filter(c -> c.role() != CallerRole.ENDPOINT && !victims.contains(c.node()))
                .toList();
        return inside.stream().filter(c -> c.role().isPod()).findFirst()
                .or(() -> inside.stream().findFirst())
                .or(() -> around.nodes().stream()
                        .filter(n -> !victims.contains(n.metadata().name())).findFirst()
                        .map(n -> new Caller(CallerRole.NODE_WITHOUT,
                                new Source.NodeSource(n.metadata().name()),
                                n.metadata().name())));
    }

    private static Call call(Service service, ServicePort port, Caller caller) {
        return new Call(service, port, Door.CLUSTER_IP,
                new FlowTarget.ServiceTarget(service.metadata().namespace(),
                        service.metadata().name(), String.valueOf(port.port()), false),
                service.spec().clusterAddresses().getFirst().family(), caller);
    }

    private Fault fault(FaultCode code, Call call, String event, Losses losses) {
        boolean still = losses.atTheEnd() > 0;
        // That calls to a dead node are lost until it is noticed, nobody can help.
        Severity severity = still ? Severity.ERROR
                : code == FaultCode.NODE_LOSS ? Severity.HINT
                : code.severity();
        Location where = Inspections.at(call.service(), "metadata", "name");
        BigFraction share = new BigFraction(losses.total(), losses.attempts());
        return new Fault(code, severity, Inspections.name(call.service()), where, share,
                List.of(new Met(call.caller().role(), call.door(),
                        call.caller().source().toString(), call.target().toString(), share)),
                (still ? DoctorReason.LOSES_STILL : DoctorReason.LOSES).of(
                        Inspections.qualified(call.service()), event, losses.total(),
                        losses.attempts()),
                List.of(), code != FaultCode.ROLLOUT ? ""
                        : "podhop preflight " + around.scenario().file() + " --target "
                                + event.substring("rollout ".length()));
    }

    /** What is wrong there, and is not here. */
    private List<Fault> upgraded(WhatIf.Upgrade upgrade) {
        LoadedScenario then = around.scenario()
                .set(List.of("kubernetesVersion=" + upgrade.version()))
                .orElseThrow(() -> new UsageException("the file does not pass its checks at"
                        + " Kubernetes " + upgrade.version()));
        return new Doctor(then, watch, DoctorRequest.ALL).examine().faults();
    }
}
