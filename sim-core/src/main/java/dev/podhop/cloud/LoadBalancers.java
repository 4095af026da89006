package dev.podhop.cloud;

import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.net.IpAddress;
import org.jspecify.annotations.Nullable;

/** What a scenario, and a Service itself, says of its load balancer. */
public interface LoadBalancers {

    /** How it behaves, as far as the Service's annotations leave it; for one that is not there. */
    LoadBalancerSettings settings(String namespace, String service);

    /** How it behaves on all ports of which nothing else is said. */
    LoadBalancerSettings settings(Service service);

    /** How one of its listeners behaves. */
    LoadBalancerSettings settings(Service service, ServicePort port);

    /** Why the controller does not work on a Service: what it cannot read; empty: it does. */
    String refusal(Service service);

    /** Whether a pod answers on a path with a status that counts as well. */
    boolean answersWell(Pod pod, String path);

    /** Its address where the Service's status has none; null: one that the cloud chooses. */
    @Nullable IpAddress address(Service service);
}
