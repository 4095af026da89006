package dev.podhop.k8s.admission;

import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.source.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the API server demands of a Service's ports, each for itself and all together. */
final class ServicePortValidation {

    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");
    private static final FieldPath PORTS = ServiceValidation.SPEC.child("ports");

    private final ServiceSpec spec;
    private final FieldErrors errors;

    ServicePortValidation(ServiceSpec spec, FieldErrors errors) {
        this.spec = spec;
        this.errors = errors;
    }

    /** Each port for itself, and their names. */
    void ports() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < spec.ports().size(); i++) {
            ServicePort port = spec.ports().get(i);
            FieldPath path = PORTS.index(i);
            name(port.name(), path.child("name"), names);
            NameRules.portNumber(port.port())
                    .forEach(wrong -> errors.always().invalid(path.child("port"), port.port(),
                            wrong));
            if (!PROTOCOLS.contains(port.protocol())) {
                errors.always().notSupported(path.child("protocol"), port.protocol(), PROTOCOLS);
            }
            targetPort(port, path.child("targetPort"));
            String application = port.appProtocol();
            if (application != null) {
                NameRules.qualifiedName(application).forEach(
                        wrong -> errors.invalid(path.child("appProtocol"), application, wrong));
            }
        }
    }

    /** A single port may go without a name; endpoints tell several apart by nothing else. */
    private void name(String name, FieldPath field, Set<String> names) {
        if (name.isEmpty()) {
            if (spec.ports().size() > 1) {
                errors.required(field, "");
            }
            return;
        }
        NameRules.dns1123Label(name).forEach(wrong -> errors.invalid(field, name, wrong));
        if (!names.add(name)) {
            errors.duplicate(field, FieldErrors.quote(name));
        }
    }

    /** A number, or the name of a container's port, which follows other rules than a Service's. */
    private void targetPort(ServicePort port, FieldPath field) {
        String name = port.targetPort().text();
        if (name == null) {
            int number = port.targetPort().number();
            NameRules.portNumber(number)
                    .forEach(wrong -> errors.always().invalid(field, number, wrong));
        } else {
            NameRules.portName(name).forEach(wrong -> errors.invalid(field, name, wrong));
        }
    }

    /** Node ports where there can be none, and ports that stand there twice. */
    void conflicts() {
        List<ServicePort> ports = spec.ports();
        if (spec.isType(ServiceSpec.CLUSTER_IP)) {
            for (int i = 0; i < ports.size(); i++) {
                if (ports.get(i).nodePort() != 0) {
                    errors.forbidden(PORTS.index(i).child("nodePort"),
                            "may not be used when `type` is 'ClusterIP'");
                }
            }
        }
        // TCP and UDP may share a number, here and below; one protocol may have it once.
        Set<String> nodePorts = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            ServicePort port = ports.get(i);
            if (port.nodePort() != 0 && !nodePorts.add(port.protocol() + port.nodePort())) {
                errors.duplicate(PORTS.index(i).child("nodePort"),
                        String.valueOf(port.nodePort()));
            }
        }
        Set<String> numbers = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            ServicePort port = ports.get(i);
            if (!numbers.add(port.protocol() + port.port())) {
                errors.duplicate(PORTS.index(i), goStruct(port));
            }
        }
    }

    /** The key that the API server looks for, as it prints it. */
    private static String goStruct(ServicePort port) {
        return "core.ServicePort{Name:\"\", Protocol:\"" + port.protocol()
                + "\", AppProtocol:(*string)(nil), Port:" + port.port()
                + ", TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:\"\"}, NodePort:0}";
    }
}
