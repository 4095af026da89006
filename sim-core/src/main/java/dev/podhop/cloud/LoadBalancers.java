package dev.podhop.cloud;

import dev.podhop.net.IpAddress;
import org.jspecify.annotations.Nullable;

/** What a scenario says of a Service's load balancer. */
public interface LoadBalancers {

    /** How it behaves. */
    LoadBalancerSettings settings(String namespace, String service);

    /** Its address where the Service's status has none; null: one that the cloud chooses. */
    @Nullable IpAddress address(String namespace, String service);
}
