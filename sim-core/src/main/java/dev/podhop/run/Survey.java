package dev.podhop.run;

import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.net.L4Protocol;
import dev.podhop.run.stage.Stage;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of a cluster where its file asks nothing: one flow from each kind of source, a pod,
 * a node and somebody outside, to each way to each Service port.
 */
final class Survey {

    private final List<Send> questions = new ArrayList<>();
    private final LoadedScenario scenario;

    private Survey(LoadedScenario scenario) {
        this.scenario = scenario;
    }

    /** The questions, by Service, as the API server has them: with all ports allocated. */
    static List<Send> of(LoadedScenario scenario, Stage stage) {
        Survey survey = new Survey(scenario);
        stage.controlPlane().services().stream().filter(service -> service.spec().hasClusterIP())
                .forEach(survey::ask);
        return survey.questions;
    }

    /** Whoever asks from outside can do so. */
    static LoadedScenario ready(LoadedScenario scenario) {
        return scenario.outsider().map(scenario::askedBy).orElse(scenario);
    }

    private void ask(Service service) {
        String namespace = service.metadata().namespace();
        String name = service.metadata().name();
        Optional<Node> node = scenario.objects(Node.class)
                .filter(each -> !each.internalAddresses().isEmpty()).findFirst();
        for (ServicePort port : service.spec().ports()) {
            String number = String.valueOf(port.port());
            List<FlowTarget> inside = new ArrayList<>();
            List<FlowTarget> outside = new ArrayList<>();
            inside.add(new FlowTarget.ServiceTarget(namespace, name, number, false));
            if (service.ingress().stream().anyMatch(ingress -> !ingress.ip().isEmpty())
                    || service.spec().isType(ServiceSpec.LOAD_BALANCER)) {
                outside.add(new FlowTarget.ServiceTarget(namespace, name, number, true));
            }
            if (port.nodePort() != 0) {
                node.ifPresent(each -> outside.add(
                        new FlowTarget.NodeTarget(each.metadata().name(), port.nodePort())));
            }
            inside.addAll(outside);
            pod().ifPresent(source -> inside.forEach(to -> add(source, to, port)));
            node.ifPresent(each -> inside.forEach(
                    to -> add(new Source.NodeSource(each.metadata().name()), to, port)));
            scenario.outsider().ifPresent(source -> outside.forEach(to -> add(source, to, port)));
        }
    }

    /** A pod that no Service selects, where there is one. */
    private Optional<Source> pod() {
        List<Pod> pods = scenario.objects(Pod.class)
                .filter(pod -> !pod.spec().hostNetwork() && !pod.isFinished()
                        && !pod.spec().nodeName().isEmpty() && !pod.addresses().isEmpty())
                .toList();
        return pods.stream().filter(pod -> scenario.objects(Service.class)
                .noneMatch(service -> !service.spec().selector().isEmpty()
                        && pod.metadata().labels().entrySet()
                                .containsAll(service.spec().selector().entrySet())
                        && service.metadata().namespace().equals(pod.metadata().namespace())))
                .findFirst().or(() -> pods.stream().findFirst())
                .map(pod -> new Source.PodSource(pod.metadata().namespace(),
                        pod.metadata().name()));
    }

    private void add(Source from, FlowTarget to, ServicePort port) {
        L4Protocol.ofServicePort(port.protocol()).ifPresent(protocol -> questions
                .add(Tracing.adHoc(from + " > " + to, from, to, protocol)));
    }
}
