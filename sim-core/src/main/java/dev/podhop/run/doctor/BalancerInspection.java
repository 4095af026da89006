package dev.podhop.run.doctor;

import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.source.Location;
import dev.podhop.run.result.RunReason;
import java.util.List;
import java.util.function.Consumer;

/** Load balancers that are not there. */
final class BalancerInspection {

    private final Surroundings around;
    private final Consumer<Suspect> found;

    BalancerInspection(Surroundings around, Consumer<Suspect> found) {
        this.around = around;
        this.found = found;
    }

    void look(List<Service> services) {
        services.stream().filter(s -> s.spec().isType(ServiceSpec.LOAD_BALANCER))
                .forEach(service -> {
                    refused(service);
                    look(service);
                });
    }

    /** What a cloud controller will not do stays as it was, and the file says otherwise. */
    private void refused(Service service) {
        String objection = around.stage().controlPlane().objection(
                service.metadata().namespace() + "/" + service.metadata().name());
        if (!objection.isEmpty()) {
            found.accept(new Suspect(FaultCode.BALANCER_OBJECTS, Severity.WARNING,
                    Inspections.name(service), Inspections.at(service, "metadata", "name"),
                    RunReason.OBJECTION.of(Inspections.qualified(service), objection),
                    symptom -> symptom.call().door() == Door.LOAD_BALANCER
                            && symptom.call().service().key().equals(service.key())));
        }
    }

    /** What a server printed without an address has none; a manifest has not been asked for yet. */
    private void look(Service service) {
        Service written = around.scenario().objects(Service.class)
                .filter(s -> s.key().equals(service.key())).findFirst().orElse(service);
        if (!written.isPrinted() || !written.ingress().isEmpty()
                || written.source().get("status") == null) {
            return;
        }
        String wanted = written.spec().loadBalancerClass();
        Location where = wanted == null ? Inspections.at(written, "spec", "type")
                : Inspections.at(written, "spec", "loadBalancerClass");
        found.accept(Suspect.alone(FaultCode.BALANCER_PENDING, Inspections.name(service), where,
                wanted == null
                        ? DoctorReason.PENDING.of(Inspections.qualified(service),
                                Inspections.where(where))
                        : DoctorReason.PENDING_CLASS.of(Inspections.qualified(service),
                                Inspections.where(where), wanted)));
    }
}
