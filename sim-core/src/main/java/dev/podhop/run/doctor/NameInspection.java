package dev.podhop.run.doctor;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.NetworkPolicy;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.kubeproxy.ProxyMode;
import dev.podhop.scenario.KubernetesVersion;
import dev.podhop.scenario.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Names that stand for nothing, and what is known to be on its way out or not simulated. */
final class NameInspection {

    /** Since then kube-proxy warns of mode ipvs (KEP-5495). */
    private static final int IPVS_DEPRECATED = 35;
    /** Since then the API server warns of externalIPs (KEP-5707). */
    private static final int EXTERNAL_IPS_DEPRECATED = 36;

    private static final int OFF = 40;

    private final Surroundings around;
    private final Consumer<Suspect> found;

    NameInspection(Surroundings around, Consumer<Suspect> found) {
        this.around = around;
        this.found = found;
    }

    void look(List<Service> services) {
        services.stream().filter(s -> s.spec().isType(ServiceSpec.EXTERNAL_NAME))
                .forEach(this::externalName);
        around.scenario().policies().forEach(policy -> policy(policy, services));
        deprecated(services);
    }

    private void externalName(Service service) {
        String name = service.spec().externalName().replaceFirst("\\.$", "");
        Location where = Inspections.at(service, "spec", "externalName");
        if (Addresses.parse(name).isPresent()) {
            found.accept(Suspect.alone(FaultCode.EXTERNAL_NAME, Inspections.name(service), where,
                    DoctorReason.EXTERNAL_NAME_ADDRESS.of(Inspections.qualified(service), name,
                            Inspections.where(where))));
            return;
        }
        String suffix = ".svc." + around.scenario().spec().network().clusterDomain();
        String[] parts = name.replace(suffix, "").split("\\.");
        boolean known = around.stage().controlPlane().services().stream()
                .anyMatch(s -> parts.length >= 2
                        && s.metadata().name().equals(parts[parts.length - 2])
                        && s.metadata().namespace().equals(parts[parts.length - 1]));
        if (name.endsWith(suffix) && !known) {
            found.accept(Suspect.alone(FaultCode.EXTERNAL_NAME, Inspections.name(service), where,
                    DoctorReason.EXTERNAL_NAME.of(Inspections.qualified(service), name,
                            Inspections.where(where))));
        }
    }

    /** Policies are not simulated: whom one selects may be refused what is answered here. */
    private void policy(NetworkPolicy policy, List<Service> services) {
        if (!policy.ingress()) {
            return;
        }
        for (Service service : services) {
            List<String> selected = new ArrayList<>();
            for (Pod pod : around.endpointPods(service)) {
                if (policy.selects(pod)) {
                    selected.add(Inspections.name(pod));
                }
            }
            if (!selected.isEmpty()) {
                found.accept(Suspect.alone(FaultCode.POLICY, Inspections.name(service),
                        policy.where(), DoctorReason.POLICY.of(
                                Names.qualified(policy.namespace(), policy.name()),
                                String.join(", ", selected.subList(0, Math.min(3,
                                        selected.size()))),
                                Inspections.qualified(service),
                                Inspections.where(policy.where()))));
            }
        }
    }

    private void deprecated(List<Service> services) {
        KubernetesVersion version = around.scenario().spec().kubernetesVersion();
        if (version.isAtLeast(1, IPVS_DEPRECATED) && around.scenario().kubeProxy().mode()
                .equals(ProxyMode.IPVS.name().toLowerCase(Locale.ROOT))) {
            Location where = around.scenario().kubeProxy()
                    .locationOf(FieldPath.of("mode"));
            found.accept(new Suspect(FaultCode.DEPRECATED, severity(version), "kube-proxy", where,
                    DoctorReason.IPVS.of(version, Inspections.where(where)), s -> false));
        }
        if (version.isAtLeast(1, EXTERNAL_IPS_DEPRECATED)) {
            services.stream().filter(s -> !s.spec().externalIPs().isEmpty()).forEach(service -> {
                Location where = Inspections.at(service, "spec", "externalIPs");
                found.accept(new Suspect(FaultCode.DEPRECATED, severity(version),
                        Inspections.name(service), where,
                        DoctorReason.EXTERNAL_IPS.of(Inspections.qualified(service),
                                Inspections.where(where)),
                        s -> false));
            });
        }
    }

    /** By plan both are off by default then (KEP-5495, KEP-5707). */
    private static Severity severity(KubernetesVersion version) {
        return version.isAtLeast(1, OFF) ? Severity.ERROR : Severity.HINT;
    }
}
