package dev.podhop.k8s.admission;

import dev.podhop.k8s.Container;
import dev.podhop.k8s.Container.ContainerPort;
import dev.podhop.k8s.PodSpec;
import dev.podhop.k8s.source.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the API server demands of a pod's spec, as far as the network and its names go. */
final class PodSpecValidation {

    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");
    private static final List<String> DNS_POLICIES =
            List.of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None");
    private static final List<String> RESTART_POLICIES = List.of("Always", "OnFailure", "Never");

    private final FieldErrors errors;

    PodSpecValidation(FieldErrors errors) {
        this.errors = errors;
    }

    void validate(PodSpec spec, FieldPath path) {
        if (spec.containers().isEmpty()) {
            errors.required(path.child("containers"), "");
        }
        Set<String> names = new HashSet<>();
        containers(spec, spec.containers(), path.child("containers"), names);
        containers(spec, spec.initContainers(), path.child("initContainers"), names);
        if (!DNS_POLICIES.contains(spec.dnsPolicy())) {
            errors.notSupported(path.child("dnsPolicy"), spec.dnsPolicy(), DNS_POLICIES);
        }
        if (!RESTART_POLICIES.contains(spec.restartPolicy())) {
            errors.notSupported(path.child("restartPolicy"), spec.restartPolicy(),
                    RESTART_POLICIES);
        }
        label(spec.hostname(), path.child("hostname"));
        label(spec.subdomain(), path.child("subdomain"));
        if (!spec.nodeName().isEmpty()) {
            NameRules.dns1123Subdomain(spec.nodeName()).forEach(
                    wrong -> errors.invalid(path.child("nodeName"), spec.nodeName(), wrong));
        }
    }

    private void label(String text, FieldPath field) {
        if (!text.isEmpty()) {
            NameRules.dns1123Label(text).forEach(wrong -> errors.invalid(field, text, wrong));
        }
    }

    /** Names are unique over all of a pod's containers, port names within one of them. */
    private void containers(PodSpec spec, List<Container> containers, FieldPath path,
            Set<String> names) {
        for (int i = 0; i < containers.size(); i++) {
            Container container = containers.get(i);
            FieldPath field = path.index(i);
            if (container.name().isEmpty()) {
                errors.required(field.child("name"), "");
            } else if (!names.add(container.name())) {
                errors.duplicate(field.child("name"), FieldErrors.quote(container.name()));
            }
            label(container.name(), field.child("name"));
            if (container.image().isEmpty()) {
                errors.required(field.child("image"), "");
            }
            Set<String> portNames = new HashSet<>();
            for (int k = 0; k < container.ports().size(); k++) {
                port(spec, container.ports().get(k), field.child("ports").index(k), portNames);
            }
        }
    }

    /**
     * {@code validateContainerPorts}; on the host's network, a port cannot have another number
     * there.
     */
    private void port(PodSpec spec, ContainerPort port, FieldPath field, Set<String> names) {
        if (!port.name().isEmpty()) {
            List<String> wrong = NameRules.portName(port.name());
            wrong.forEach(w -> errors.invalid(field.child("name"), port.name(), w));
            if (wrong.isEmpty() && !names.add(port.name())) {
                errors.duplicate(field.child("name"), FieldErrors.quote(port.name()));
            }
        }
        FieldPath number = field.child("containerPort");
        if (port.containerPort() == 0) {
            errors.always().required(number, "");
        } else {
            NameRules.portNumber(port.containerPort())
                    .forEach(wrong -> errors.always().invalid(number, port.containerPort(), wrong));
        }
        if (port.hostPort() != 0 && port.hostPort() != port.containerPort()) {
            NameRules.portNumber(port.hostPort())
                    .forEach(wrong -> errors.always().invalid(field.child("hostPort"),
                            port.hostPort(),
                            wrong));
            if (spec.hostNetwork()) {
                errors.invalid(number, port.containerPort(),
                        "must match `hostPort` when `hostNetwork` is true");
            }
        }
        if (!PROTOCOLS.contains(port.protocol())) {
            errors.always().notSupported(field.child("protocol"), port.protocol(), PROTOCOLS);
        }
    }
}
