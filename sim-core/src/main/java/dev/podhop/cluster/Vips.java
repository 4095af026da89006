package dev.podhop.cluster;

import dev.podhop.k8s.LoadBalancerIngress;
import dev.podhop.k8s.Service;
import dev.podhop.net.IpAddress;
import java.util.List;

/** The addresses of a Service's load balancer. */
public final class Vips {

    private Vips() {}

    /** Those of its status; where the status has only names, the one that the scenario gives. */
    public static List<IpAddress> of(Service service,
            ClusterConfig.LoadBalancers loadBalancers) {
        List<IpAddress> inStatus = service.ingress().stream().map(LoadBalancerIngress::ip)
                .filter(ip -> !ip.isEmpty()).map(IpAddress::of).toList();
        if (!inStatus.isEmpty()) {
            return inStatus;
        }
        IpAddress given = loadBalancers.address(service.metadata().namespace(),
                service.metadata().name());
        return given == null ? List.of() : List.of(given);
    }
}
