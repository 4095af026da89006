package dev.podhop.kubeproxy;

import dev.podhop.k8s.LoadBalancerIngress;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Service as kube-proxy does ({@code servicechangetracker.go}, {@code serviceport.go}).
 *
 * <p>With two exceptions the Service's type is not looked at: a node port or a load balancer's
 * address counts wherever it stands.
 */
final class ServicePorts {

    /** {@code service.kubernetes.io/topology-mode} and the annotation before it. */
    private static final String HINTS_ANNOTATION = "service.kubernetes.io/topology-mode";
    private static final String DEPRECATED_HINTS = "service.kubernetes.io/topology-aware-hints";
    private static final int DEFAULT_AFFINITY_SECONDS = 10_800;

    private ServicePorts() {}

    /** The ports of a Service in one family; none if kube-proxy does not serve it there. */
    static List<ServicePortInfo> of(Service service, IpFamily family, ProxyVersion version) {
        if (!service.spec().hasClusterIP()) {
            return List.of();
        }
        return clusterIp(service.spec(), family).map(clusterIp -> service.spec().ports().stream()
                .map(port -> info(service, port, clusterIp, version)).toList()).orElse(List.of());
    }

    /** {@code GetClusterIPByFamily}: by {@code ipFamilies} if there are any, or by the text. */
    private static Optional<IpAddress> clusterIp(ServiceSpec spec, IpFamily family) {
        List<String> all = spec.clusterIPs().isEmpty() ? List.of(spec.clusterIP())
                : spec.clusterIPs();
        if (!spec.ipFamilies().isEmpty()) {
            int index = spec.ipFamilies().indexOf(family.name());
            return index < 0 || index >= all.size() ? Optional.empty()
                    : SloppyText.address(all.get(index));
        }
        return SloppyText.addresses(all, family).stream().findFirst();
    }

    private static ServicePortInfo info(Service service, ServicePort port, IpAddress clusterIp,
            ProxyVersion version) {
        ServiceSpec spec = service.spec();
        IpFamily family = clusterIp.family();
        List<String> vips = service.ingress().stream()
                .filter(ingress -> !version.readsIpMode() || !ingress.ipMode().equals("Proxy"))
                .map(LoadBalancerIngress::ip).toList();
        ServicePortName name = new ServicePortName(service.metadata().namespace(),
                service.metadata().name(), port.name(), protocol(port.protocol()));
        return new ServicePortInfo(name, clusterIp, port.port(), port.nodePort(),
                SloppyText.addresses(spec.externalIPs(), family),
                SloppyText.addresses(vips, family),
                SloppyText.ranges(spec.loadBalancerSourceRanges(), family),
                spec.isInternalLocal(), spec.isExternalLocal(), affinitySeconds(spec),
                spec.needsHealthCheck() ? spec.healthCheckNodePort() : 0, hints(service));
    }

    /** TCP where the manifest has no protocol. */
    static L4Protocol protocol(String text) {
        return L4Protocol.ofServicePort(text).orElse(L4Protocol.TCP);
    }

    private static int affinitySeconds(ServiceSpec spec) {
        if (!spec.hasClientAffinity()) {
            return 0;
        }
        return Objects.requireNonNullElse(spec.sessionAffinityTimeoutSeconds(),
                DEFAULT_AFFINITY_SECONDS);
    }

    private static String hints(Service service) {
        @Nullable String mode = service.metadata().annotation(DEPRECATED_HINTS);
        if (mode == null) {
            mode = service.metadata().annotation(HINTS_ANNOTATION);
        }
        return mode == null ? "" : mode;
    }
}
