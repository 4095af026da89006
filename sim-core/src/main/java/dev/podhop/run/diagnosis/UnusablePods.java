package dev.podhop.run.diagnosis;

import dev.podhop.k8s.Condition;
import dev.podhop.k8s.Container;
import dev.podhop.k8s.Container.ContainerPort;
import dev.podhop.k8s.ContainerAction;
import dev.podhop.k8s.IntOrString;
import dev.podhop.k8s.Namespace;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Probe;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.scheduler.ClusterView;
import dev.podhop.k8s.scheduler.Placement;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Spelling;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.net.IpFamily;
import dev.podhop.trace.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why none of the pods that a Service selects is a usable endpoint of one of its ports. */
final class UnusablePods {

    private final ApiStore store;
    private final Service service;
    private final ServicePort port;
    private final IpFamily family;
    private final String name;
    private final FieldPath targetPort;

    UnusablePods(ApiStore store, Service service, ServicePort port, IpFamily family) {
        this.store = store;
        this.service = service;
        this.port = port;
        this.family = family;
        this.name = Said.service(service);
        this.targetPort = FieldPath.of("spec", "ports")
                .index(Math.max(0, service.spec().ports().indexOf(port))).child("targetPort");
    }

    /** Each pod at the first step of the way at which it is lost, the steps in their order. */
    Finding finding(List<Pod> pods) {
        List<Finding> all = new ArrayList<>();
        List<Pod> left = new ArrayList<>(pods);
        take(left, Pod::isFinished).ifPresent(lost -> all.add(Finding.of(
                EndpointReason.FINISHED.of(name, lost.size(), Said.pods(lost)))));
        take(left, pod -> pod.spec().nodeName().isEmpty()).ifPresent(
                lost -> all.add(pending(lost)));
        take(left, pod -> store.get(Node.class, "", pod.spec().nodeName()) == null)
                .ifPresent(lost -> all.add(Finding.of(EndpointReason.NODE_GONE.of(name,
                        lost.size(), Said.pods(lost), lost.getFirst().spec().nodeName()))));
        take(left, pod -> pod.status().podIPs().isEmpty()).ifPresent(lost -> all.add(Finding.of(
                EndpointReason.STARTING.of(name, lost.size(), Said.pods(lost)))));
        take(left, pod -> pod.addresses().stream().noneMatch(a -> a.family() == family))
                .ifPresent(lost -> all.add(Finding.of(
                        EndpointReason.FAMILY.of(name, family.name(), Said.pods(lost)))));
        take(left, pod -> !hasPort(pod)).ifPresent(lost -> all.add(portName(lost)));
        take(left, pod -> pod.isTerminating() && !pod.isReady()).ifPresent(
                lost -> all.add(Finding.of(EndpointReason.TERMINATING.of(name, lost.size(),
                        Said.pods(lost)))));
        take(left, pod -> !pod.isReady()).ifPresent(lost -> all.add(Finding.of(
                EndpointReason.UNREADY.of(name, lost.size(), Said.pods(lost))
                        .because(unready(lost.getFirst())))));
        // What is left is an endpoint already, or will be when its controller has looked.
        Finding first = all.isEmpty() ? Finding.of(EndpointReason.STARTING.of(name, left.size(),
                Said.pods(left))) : all.getFirst();
        for (Finding further : all.subList(Math.min(1, all.size()), all.size())) {
            first = first.because(further.what());
        }
        return first;
    }

    private static Optional<List<Pod>> take(List<Pod> left, Predicate<Pod> lost) {
        List<Pod> taken = left.stream().filter(lost).toList();
        left.removeAll(taken);
        return taken.isEmpty() ? Optional.empty() : Optional.of(taken);
    }

    private Finding pending(List<Pod> pods) {
        Pod first = pods.getFirst();
        String why = new Placement(new ClusterView(store.list(Node.class), store.list(Pod.class),
                store.list(Namespace.class))).refusals(first);
        return Finding.of(EndpointReason.PENDING.of(name, pods.size(), Said.pods(pods),
                Said.name(first), why, Said.where(first, FieldPath.of("spec"))));
    }

    /** {@code FindPort}: containers, and sidecars. */
    private static Stream<ContainerPort> ports(Pod pod) {
        return Stream.concat(pod.spec().containers().stream(),
                pod.spec().initContainers().stream()
                        .filter(container -> container.restartPolicy().equals("Always")))
                .map(Container::ports).flatMap(List::stream);
    }

    static boolean declares(Pod pod, String protocol, int number) {
        return ports(pod).anyMatch(
                p -> p.protocol().equals(protocol) && p.containerPort() == number);
    }

    /** Whether a pod says on what it listens, and that number is not among it. */
    static boolean declaresOthers(Pod pod, String protocol, int number) {
        return ports(pod).findAny().isPresent() && !declares(pod, protocol, number);
    }

    private boolean hasPort(Pod pod) {
        String wanted = port.targetPort().text();
        return wanted == null || ports(pod).anyMatch(
                p -> p.name().equals(wanted) && p.protocol().equals(port.protocol()));
    }

    private Finding portName(List<Pod> pods) {
        String wanted = String.valueOf(port.targetPort().text());
        String where = Said.where(service, targetPort);
        Optional<ContainerPort> other = pods.stream().flatMap(UnusablePods::ports)
                .filter(p -> p.name().equals(wanted)).findFirst();
        if (other.isPresent()) {
            return Finding.of(EndpointReason.PORT_PROTOCOL.of(name, wanted, where,
                    port.protocol(), other.get().protocol()));
        }
        List<String> names = pods.stream().flatMap(UnusablePods::ports)
                .filter(p -> p.protocol().equals(port.protocol()) && !p.name().isEmpty())
                .map(ContainerPort::name).distinct().toList();
        List<Integer> numbers = pods.stream().flatMap(UnusablePods::ports)
                .filter(p -> p.protocol().equals(port.protocol()))
                .map(ContainerPort::containerPort).distinct().toList();
        Optional<String> near = Spelling.nearest(wanted, names);
        String instead = near.orElseGet(() -> names.size() == 1 ? names.getFirst()
                : numbers.size() == 1 ? String.valueOf(numbers.getFirst())
                : "");
        Finding.Edit edit = instead.isEmpty() ? null
                : new Finding.Edit(EndpointReason.FIX_TARGET_PORT.of(name, instead),
                        List.of(targetPort(instead)));
        Explanation what = near.isPresent()
                ? EndpointReason.PORT_NAME.of(name, wanted, where, near.get(), Said.pods(pods))
                : names.isEmpty()
                        ? EndpointReason.PORT_UNNAMED.of(name, wanted, where, Said.pods(pods))
                : EndpointReason.PORT_NAMES.of(name, wanted, where,
                        String.join(", ", names), Said.pods(pods));
        return new Finding(what, edit);
    }

    private String targetPort(String value) {
        return "service/" + name + ".ports[" + service.spec().ports().indexOf(port)
                + "].targetPort=" + value;
    }

    /** Pods that are passed over for want of the named port, while others have it. */
    Optional<Finding> withoutPort(List<Pod> pods) {
        List<Pod> without = pods.stream().filter(pod -> !pod.isFinished() && !hasPort(pod))
                .toList();
        return without.isEmpty() ? Optional.empty()
                : Optional.of(Finding.of(EndpointReason.PORT_SOME.of(name,
                        String.valueOf(port.targetPort().text()), Said.where(service, targetPort),
                        without.size(), pods.size(), Said.pods(without),
                        Said.where(without.getFirst(), FieldPath.of("spec", "containers")))));
    }

    private static Explanation unready(Pod pod) {
        String podName = Said.name(pod);
        for (String gate : pod.spec().readinessGates()) {
            if (pod.status().conditions().stream()
                    .noneMatch(c -> c.type().equals(gate) && c.status().equals("True"))) {
                return EndpointReason.GATE.of(podName, gate,
                        Said.where(pod, FieldPath.of("spec", "readinessGates")));
            }
        }
        for (int i = 0; i < pod.spec().containers().size(); i++) {
            Probe probe = pod.spec().containers().get(i).readinessProbe();
            if (probe != null) {
                String where = Said.where(pod,
                        FieldPath.of("spec", "containers").index(i).child("readinessProbe"));
                return probe(pod, probe, where);
            }
        }
        Optional<Condition> ready = pod.status().conditions().stream()
                .filter(c -> c.type().equals("Ready")).findFirst();
        return EndpointReason.CONDITION.of(podName,
                ready.map(Condition::status).orElse("Unknown"),
                ready.map(Condition::reason).filter(r -> !r.isEmpty()).orElse("-"),
                Said.where(pod, FieldPath.of("status", "conditions")));
    }

    private static Explanation probe(Pod pod, Probe probe, String where) {
        IntOrString asked = switch (probe.action()) {
            case ContainerAction.HttpGet get -> get.port();
            case ContainerAction.TcpSocket socket -> socket.port();
            case ContainerAction.Grpc grpc -> IntOrString.of(grpc.port());
            default -> IntOrString.ZERO;
        };
        String text = switch (probe.action()) {
            case ContainerAction.HttpGet get -> "httpGet :" + get.port() + get.path();
            case ContainerAction.TcpSocket socket -> "tcpSocket :" + socket.port();
            case ContainerAction.Grpc grpc -> "grpc :" + grpc.port();
            case ContainerAction.Exec exec -> "exec " + String.join(" ", exec.command());
            case ContainerAction.Sleep sleep -> "sleep";
        };
        List<ContainerPort> ports = ports(pod).filter(p -> p.protocol().equals("TCP")).toList();
        boolean known = asked.isZero() || ports.isEmpty() || ports.stream().anyMatch(
                p -> p.name().equals(asked.text()) || p.containerPort() == asked.number());
        return known ? EndpointReason.PROBE.of(Said.name(pod), text, where)
                : EndpointReason.PROBE_PORT.of(Said.name(pod), text, where,
                        ports.stream().map(p -> String.valueOf(p.containerPort())).distinct()
                                .collect(Collectors.joining(", ")));
    }

    /** The number that calls of this port reach a pod at, which it does not listen on. */
    Finding number(Pod pod, int asked, List<Pod> pods) {
        List<Integer> ports = ports(pod).filter(p -> p.protocol().equals(port.protocol()))
                .map(ContainerPort::containerPort).distinct().toList();
        String listed = ports.isEmpty() ? "-"
                : ports.stream().map(String::valueOf).collect(Collectors.joining(", "));
        // A name that all of them have means each one's own number.
        String instead = ports(pod).map(ContainerPort::name).filter(n -> !n.isEmpty())
                .filter(n -> pods.stream().allMatch(other -> ports(other).anyMatch(
                        p -> p.name().equals(n) && p.protocol().equals(port.protocol()))))
                .findFirst()
                .orElseGet(() -> ports.size() == 1 ? String.valueOf(ports.getFirst()) : "");
        Finding.Edit edit = instead.isEmpty() ? null
                : new Finding.Edit(EndpointReason.FIX_TARGET_PORT.of(name, instead),
                        List.of(targetPort(instead)));
        return new Finding(EndpointReason.PORT_NUMBER.of(name, asked,
                Said.where(service, targetPort), Said.name(pod), listed), edit);
    }
}
