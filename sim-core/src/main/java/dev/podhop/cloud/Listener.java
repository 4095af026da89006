package dev.podhop.cloud;

import dev.podhop.net.Cidr;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import java.util.List;

/**
 * A port of a load balancer.
 *
 * @param loadBalancer whose it is, {@code lb/web} or {@code lb/NAMESPACE/NAME}
 * @param vip address and port that clients call
 * @param sources whom the cloud lets in; empty: everybody
 * @param internal whether nobody outside the cloud's network may call
 * @param targets all registered ones, healthy or not, in a stable order
 */
public record Listener(String loadBalancer, L4Protocol protocol, SocketAddress vip,
        LoadBalancerSettings settings, List<Cidr> sources, boolean internal,
        List<Target> targets) {

    public Listener {
        sources = List.copyOf(sources);
        targets = List.copyOf(targets);
    }
}
