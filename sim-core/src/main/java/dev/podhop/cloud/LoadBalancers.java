package dev.podhop.cloud;

import dev.podhop.k8s.Pod;
import dev.podhop.net.IpAddress;
import org.jspecify.annotations.Nullable;

/** What a scenario says of a Service's load balancer. */
public interface LoadBalancers {

    /** How it behaves. */
    LoadBalancerSettings settings(String namespace, String service);

    /** Whether a pod answers on a path with a status that counts as well. */
    boolean answersWell(Pod pod, String path);

    /** Its address where the Service's status has none; null: one that the cloud chooses. */
    @Nullable IpAddress address(String namespace, String service);
}
