package dev.podhop.run.state;

import dev.podhop.cluster.ClusterObjects;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.LoadBalancerIngress;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code kubectl describe service} ({@code describeService} of kubectl's describe.go). */
final class ServiceDescription {

    private static final String UNSET = "<unset>";

    private final List<List<String>> rows = new ArrayList<>();

    private ServiceDescription() {}

    /** Rows of two cells, of three where a port has a name. */
    static List<List<String>> of(Service service, ClusterObjects objects) {
        ServiceDescription text = new ServiceDescription();
        text.head(service);
        text.addresses(service);
        List<EndpointSlice> slices = KubectlTables.slices(objects, service);
        service.spec().ports().forEach(port -> text.port(port, slices));
        text.policies(service.spec());
        text.row("Events", KubectlTables.NONE);
        return text.rows;
    }

    private void head(Service service) {
        ServiceSpec spec = service.spec();
        row("Name", service.metadata().name());
        row("Namespace", service.metadata().namespace());
        lines("Labels", service.metadata().labels(), "=");
        lines("Annotations", service.metadata().annotations(), ": ");
        row("Selector", KubectlTables.pairs(spec.selector()));
        row("Type", spec.type());
        some("IP Family Policy", spec.ipFamilyPolicy());
        row("IP Families", joined(spec.ipFamilies()));
    }

    private void addresses(Service service) {
        ServiceSpec spec = service.spec();
        row("IP", spec.clusterIP());
        row("IPs", joined(spec.clusterIPs().isEmpty() && !spec.clusterIP().isEmpty()
                ? List.of(spec.clusterIP())
                : spec.clusterIPs()));
        some("External IPs", String.join(",", spec.externalIPs()));
        some("Desired LoadBalancer IP", spec.loadBalancerIP());
        some("External Name", spec.externalName());
        some("LoadBalancer Ingress", service.ingress().stream().map(ServiceDescription::door)
                .collect(Collectors.joining(", ")));
    }

    private static String door(LoadBalancerIngress ingress) {
        return KubectlTables.door(ingress)
                + (ingress.ipMode().isEmpty() ? "" : " (" + ingress.ipMode() + ")");
    }

    private void port(ServicePort port, List<EndpointSlice> slices) {
        String name = port.name().isEmpty() ? UNSET : port.name();
        rows.add(List.of("Port:", name, port.port() + "/" + port.protocol()));
        String target = port.targetPort().isZero() ? String.valueOf(port.port())
                : port.targetPort().toString();
        row("TargetPort", target + "/" + port.protocol());
        if (port.nodePort() != 0) {
            rows.add(List.of("NodePort:", name, port.nodePort() + "/" + port.protocol()));
        }
        row("Endpoints", KubectlTables.endpoints(slices,
                each -> each.name().equals(port.name())));
    }

    private void policies(ServiceSpec spec) {
        row("Session Affinity", spec.sessionAffinity());
        some("External Traffic Policy", spec.externalTrafficPolicy());
        some("Internal Traffic Policy", spec.internalTrafficPolicy());
        some("HealthCheck NodePort", spec.healthCheckNodePort() == 0 ? ""
                : String.valueOf(spec.healthCheckNodePort()));
        some("Traffic Distribution", spec.trafficDistribution());
        some("LoadBalancer Source Ranges", String.join(",", spec.loadBalancerSourceRanges()));
    }

    private static String joined(List<String> values) {
        return values.isEmpty() ? KubectlTables.NONE : String.join(",", values);
    }

    private void lines(String label, Map<String, String> pairs, String between) {
        if (pairs.isEmpty()) {
            row(label, KubectlTables.NONE);
        }
        new TreeMap<>(pairs).forEach((key, value) -> rows.add(List.of(
                rows.isEmpty() || !isOpen(label) ? label + ":" : "", key + between + value)));
    }

    /** Whether the lines of a label have begun. */
    private boolean isOpen(String label) {
        for (int i = rows.size() - 1; i >= 0; i--) {
            if (!rows.get(i).getFirst().isEmpty()) {
                return rows.get(i).getFirst().equals(label + ":");
            }
        }
        return false;
    }

    private void some(String label, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            row(label, value);
        }
    }

    private void row(String label, String value) {
        rows.add(List.of(label + ":", value));
    }
}
