package dev.podhop.scenario.load;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Container;
import dev.podhop.k8s.LabelSelector;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.PodSpec;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.Workload;
import dev.podhop.scenario.ServerSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Says on which undeclared ports pods are taken to listen, and which are not: containerPorts only
 * inform, so that a file may leave out what a process does.
 */
final class PortGuess {

    private final List<ApiObject> objects;
    private final List<ServerSpec> servers;
    /** Pods and templates by namespace, label and value. */
    private final Map<String, List<Candidate>> labelled = new HashMap<>();
    private final List<String> assumptions = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** A pod, or the template of many. */
    private record Candidate(ObjectKey key, Map<String, String> labels, PodSpec spec) {

        List<Container.ContainerPort> ports() {
            return spec.containers().stream().flatMap(c -> c.ports().stream()).toList();
        }

        boolean declares(String protocol, int number) {
            return ports().stream().anyMatch(
                    p -> p.protocol().equals(protocol) && p.containerPort() == number);
        }
    }

    /** @param servers what the file says of processes; those whose ports it says are known */
    PortGuess(List<ApiObject> objects, List<ServerSpec> servers) {
        this.objects = objects;
        this.servers = servers;
        of(Pod.class).filter(pod -> !pod.isFinished())
                .forEach(pod -> file(pod, pod.metadata().labels(), pod.spec()));
        of(Workload.class).forEach(workload -> file(workload, workload.template().labels(),
                workload.template().spec()));
        tell();
    }

    /** On which ports pods are taken to listen, a line each. */
    List<String> assumptions() {
        return assumptions;
    }

    /** Which pods are taken not to listen on a port of their Service, a line each. */
    List<String> warnings() {
        return warnings;
    }

    private void tell() {
        for (ApiObject object : objects) {
            if (object instanceof Service service && !service.spec().selector().isEmpty()
                    && !NodeLocalObjects.isUpstream(service)) {
                service.spec().ports().forEach(port -> tell(service, port));
            }
        }
    }

    private void tell(Service service, ServicePort port) {
        int number = port.targetPort().isZero() ? port.port() : port.targetPort().number();
        if (port.targetPort().text() != null) {
            return;
        }
        String protocol = port.protocol().isEmpty() ? "TCP" : port.protocol();
        List<Candidate> candidates = candidates(service);
        List<Candidate> others = candidates.stream()
                .filter(c -> !c.ports().isEmpty() && !c.declares(protocol, number)).toList();
        if (others.isEmpty()) {
            return;
        }
        if (candidates.stream().noneMatch(c -> c.declares(protocol, number))) {
            assumptions.add("servers: the pods of " + service.key() + " listen on " + protocol
                    + " " + number + ", its targetPort (none of them declares it: "
                    + Completion.some(names(others)) + ")");
        } else {
            warnings.add(service.key() + ": " + Completion.some(names(others))
                    + (others.size() == 1 ? " does" : " do") + " not declare targetPort " + number
                    + ", which others declare: taken not to listen on it");
        }
    }

    private static List<String> names(List<Candidate> candidates) {
        return candidates.stream().map(candidate -> candidate.key().toString()).toList();
    }

    /** Pods first, then workloads, each in the file's order. */
    private List<Candidate> candidates(Service service) {
        Map<String, String> selector = service.spec().selector();
        Map.Entry<String, String> first = selector.entrySet().iterator().next();
        return labelled.getOrDefault(label(service.metadata().namespace(), first), List.of())
                .stream()
                .filter(each -> LabelSelector.containsAll(each.labels(), selector)
                        && !isKnown(each.labels()))
                .toList();
    }

    private void file(ApiObject object, Map<String, String> labels, PodSpec spec) {
        Candidate candidate = new Candidate(object.key(), labels, spec);
        labels.entrySet().forEach(label -> labelled.computeIfAbsent(
                label(object.metadata().namespace(), label), each -> new ArrayList<>())
                .add(candidate));
    }

    private static String label(String namespace, Map.Entry<String, String> label) {
        return namespace + "\n" + label.getKey() + "\n" + label.getValue();
    }

    private boolean isKnown(Map<String, String> labels) {
        return servers.stream().filter(s -> LabelSelector.containsAll(labels, s.pods())).findFirst()
                .filter(server -> !server.ports().isEmpty()).isPresent();
    }

    private <T extends ApiObject> Stream<T> of(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast);
    }
}
