package dev.podhop.run.doctor;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.LoadBalancerIngress;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.source.Location;
import dev.podhop.net.Cidr;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Addresses and ports that two have, or that nobody has. */
final class AddressInspection {

    private final Surroundings around;
    private final Consumer<Suspect> found;

    AddressInspection(Surroundings around, Consumer<Suspect> found) {
        this.around = around;
        this.found = found;
    }

    void look(List<Service> services) {
        ranges();
        podAddresses();
        services.forEach(this::endpoints);
        nodePorts(services);
        shared(services);
    }

    private void ranges() {
        List<Node> nodes = around.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            for (int j = 0; j < i; j++) {
                overlap(nodes.get(i), nodes.get(j));
            }
        }
    }

    private void overlap(Node node, Node other) {
        for (Cidr range : node.podRanges()) {
            for (Cidr taken : other.podRanges()) {
                if (range.contains(taken.base()) || taken.contains(range.base())) {
                    Location where = Inspections.at(node, "spec", "podCIDR");
                    Set<String> both = Set.of(node.metadata().name(), other.metadata().name());
                    found.accept(new Suspect(FaultCode.RANGES_OVERLAP, Severity.WARNING,
                            Inspections.name(node), where,
                            DoctorReason.RANGES_OVERLAP.of(Inspections.name(node), range,
                                    Inspections.where(where), Inspections.name(other), taken),
                            symptom -> around.concerns(symptom, both)));
                    return;
                }
            }
        }
    }

    private void podAddresses() {
        Map<String, Pod> holders = new HashMap<>();
        for (Pod pod : around.pods()) {
            if (pod.isFinished() || pod.spec().hostNetwork()) {
                continue;
            }
            for (String address : pod.status().podIPs()) {
                Pod other = holders.putIfAbsent(address, pod);
                if (other != null) {
                    twice(pod, other, address);
                }
            }
        }
    }

    private void twice(Pod pod, Pod other, String address) {
        Location where = Inspections.at(pod, "status", "podIP");
        found.accept(new Suspect(FaultCode.ADDRESS_TWICE, Severity.WARNING, Inspections.name(pod),
                where, DoctorReason.ADDRESS_TWICE.of(Inspections.name(pod), address,
                        Inspections.where(where), Inspections.name(other)),
                symptom -> symptom.attempt().local().address().toString().equals(address)
                        || around.usable(symptom.call().service()).stream()
                                .anyMatch(e -> e.addresses().contains(address))));
    }

    /** Endpoints at addresses that nobody in the file has, beside others that somebody has. */
    private void endpoints(Service service) {
        for (EndpointSlice slice : around.slices(service)) {
            for (Endpoint endpoint : Surroundings.usable(slice)) {
                for (String address : endpoint.addresses()) {
                    if (around.isNobodys(endpoint, address)) {
                        Location where = Inspections.at(slice, "endpoints");
                        found.accept(new Suspect(FaultCode.STALE_SLICE, Severity.HINT,
                                Inspections.name(service), where,
                                DoctorReason.NOBODYS_ENDPOINT.of(
                                        Inspections.qualified(service), address,
                                        Inspections.name(slice), Inspections.where(where)),
                                symptom -> symptom.call().service().key()
                                        .equals(service.key())));
                        return;
                    }
                }
            }
        }
    }

    /** A node port at which a process of the node listens: it gets no call any more. */
    private void nodePorts(List<Service> services) {
        Map<String, Pod> listening = new HashMap<>();
        around.pods().stream().filter(pod -> pod.spec().hostNetwork() && !pod.isFinished())
                .forEach(pod -> pod.spec().containers().forEach(container -> container.ports()
                        .forEach(port -> listening.putIfAbsent(
                                port.protocol() + " " + port.containerPort(), pod))));
        for (Service service : services) {
            for (ServicePort port : service.spec().ports()) {
                Pod pod = listening.get(port.protocol() + " " + port.nodePort());
                if (port.nodePort() != 0 && pod != null) {
                    Location where = Inspections.at(service, "spec", "ports");
                    found.accept(Suspect.alone(FaultCode.NODE_PORT_TAKEN,
                            Inspections.name(service), where,
                            DoctorReason.NODE_PORT_TAKEN.of(Inspections.qualified(service),
                                    port.nodePort(), Inspections.where(where),
                                    Inspections.name(pod))));
                }
            }
        }
    }

    private void shared(List<Service> services) {
        Map<String, Service> doors = new HashMap<>();
        Set<String> told = new HashSet<>();
        for (Service service : services) {
            if (service.spec().isType(ServiceSpec.EXTERNAL_NAME)) {
                continue;
            }
            for (ServicePort port : service.spec().ports()) {
                addresses(service).distinct().forEach(address -> {
                    Service other = doors.putIfAbsent(
                            port.protocol() + " " + address + " " + port.port(), service);
                    if (other != null && other != service
                            && told.add(service.key() + " " + other.key())) {
                        share(service, other, address, port);
                    }
                });
            }
        }
    }

    private void share(Service service, Service other, String address, ServicePort port) {
        Location where = Inspections.at(service, "spec");
        found.accept(Suspect.alone(FaultCode.ADDRESS_SHARED, Inspections.name(service), where,
                DoctorReason.ADDRESS_SHARED.of(Inspections.qualified(service), port.port(),
                        address, Inspections.where(where), Inspections.qualified(other))));
    }

    private static Stream<String> addresses(Service service) {
        ServiceSpec spec = service.spec();
        Stream<String> cluster = spec.clusterIPs().isEmpty() ? Stream.of(spec.clusterIP())
                : spec.clusterIPs().stream();
        return Stream.of(cluster, spec.externalIPs().stream(),
                service.ingress().stream().filter(i -> !"Proxy".equals(i.ipMode()))
                        .map(LoadBalancerIngress::ip))
                .flatMap(all -> all).filter(text -> Addresses.parse(text).isPresent());
    }
}
