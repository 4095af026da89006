package dev.podhop.run.doctor;

import dev.podhop.k8s.Container;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.source.Location;
import dev.podhop.net.IpFamily;
import dev.podhop.run.diagnosis.Finding;
import dev.podhop.run.diagnosis.WhyNoEndpoint;
import java.util.List;
import java.util.function.Consumer;

/** Ports of Services that work, or seem to, and are not what their pods say. */
final class PortInspection {

    private final Surroundings around;
    private final Consumer<Suspect> found;
    private final WhyNoEndpoint why;

    PortInspection(Surroundings around, Consumer<Suspect> found) {
        this.around = around;
        this.found = found;
        this.why = new WhyNoEndpoint(around.stage().controlPlane().store());
    }

    void look(List<Service> services) {
        services.forEach(service -> service.spec().ports().forEach(port -> look(service, port)));
    }

    private void look(Service service, ServicePort port) {
        for (IpFamily family : IpFamily.values()) {
            if (service.spec().ipFamilies().contains(family.name())) {
                why.someLeftOut(service, port, family)
                        .filter(f -> why.of(service, port, family).isEmpty())
                        .ifPresent(f -> tell(service, FaultCode.PORT_SOME, Severity.WARNING, f));
            }
        }
        why.undeclaredNumber(service, port).filter(f -> noneDeclares(service, port))
                .ifPresent(f -> tell(service, FaultCode.PORT_UNDECLARED,
                        isPlain(service) ? Severity.WARNING : Severity.HINT, f));
    }

    private boolean noneDeclares(Service service, ServicePort port) {
        List<Pod> pods = around.endpointPods(service);
        return !pods.isEmpty() && pods.stream().noneMatch(pod -> pod.spec().containers().stream()
                .flatMap(c -> c.ports().stream())
                .anyMatch(p -> p.containerPort() == port.targetPort().number()
                        && p.protocol().equals(port.protocol())));
    }

    /**
     * One port, and pods that declare one other: that is a mistake, and no habit of leaving ports
     * undeclared. containerPorts only inform, so that nothing is certain.
     */
    private boolean isPlain(Service service) {
        return service.spec().ports().size() == 1 && around.endpointPods(service).stream()
                .allMatch(pod -> pod.spec().containers().stream().map(Container::ports)
                        .mapToInt(List::size).sum() == 1);
    }

    private void tell(Service service, FaultCode code, Severity severity, Finding finding) {
        Location where = Verdicts.where(finding.what(), service);
        found.accept(new Suspect(code, severity, Inspections.name(service), where, finding.what(),
                symptom -> false));
    }
}
