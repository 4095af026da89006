package dev.podhop.kubeproxy;

import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.IntOrString;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A slice for every pod that a Service selects: the least that makes kube-proxy see it. */
final class DerivedSlices {

    private DerivedSlices() {}

    static List<EndpointSlice> of(Service service, List<Pod> pods) {
        List<EndpointSlice> slices = new ArrayList<>();
        for (Pod pod : pods) {
            boolean selected = service.spec().selector().entrySet().stream()
                    .allMatch(label -> label.getValue().equals(
                            pod.metadata().label(label.getKey())));
            if (selected && !pod.isFinished()) {
                for (IpAddress address : pod.addresses()) {
                    slices.add(slice(service, pod, address));
                }
            }
        }
        return slices;
    }

    private static EndpointSlice slice(Service service, Pod pod, IpAddress address) {
        List<Map<String, Object>> ports = new ArrayList<>();
        for (ServicePort port : service.spec().ports()) {
            ports.add(Map.of("name", port.name(), "protocol",
                    port.protocol().isEmpty() ? "TCP" : port.protocol(), "port",
                    targetPort(port, pod)));
        }
        boolean publish = service.spec().publishNotReadyAddresses();
        Map<String, Object> endpoint = Map.of("addresses", List.of(address.toString()), "nodeName",
                pod.spec().nodeName(), "conditions",
                Map.of("ready", publish || pod.isReady() && !pod.isTerminating(), "serving",
                        pod.isReady(), "terminating", pod.isTerminating()));
        String family = address.family() == IpFamily.IPv4 ? "IPv4" : "IPv6";
        return CorpusObjects.slice(
                service.metadata().namespace() + "/" + service.metadata().name(),
                service.metadata().name() + "-" + pod.metadata().name() + "-" + family.charAt(3),
                family, ports, List.of(endpoint));
    }

    private static int targetPort(ServicePort port, Pod pod) {
        IntOrString target = port.targetPort();
        if (target.isZero()) {
            return port.port();
        }
        String name = target.text();
        return name == null ? target.number()
                : pod.spec().containers().stream().flatMap(c -> c.ports().stream())
                        .filter(p -> Objects.equals(p.name(), name)).findFirst().orElseThrow()
                        .containerPort();
    }
}
