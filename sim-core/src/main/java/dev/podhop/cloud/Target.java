package dev.podhop.cloud;

import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;

/**
 * Something that a load balancer sends to.
 *
 * @param name the node, or the endpoint's label: {@code n1}, {@code pod/web-1}
 * @param endpoint where packets are addressed
 * @param node address of the node it is on, or of itself: the next hop where destinations are kept
 * @param weight its share; 0 takes nothing new
 * @param healthy what the health check says
 */
public record Target(String name, SocketAddress endpoint, IpAddress node, int weight,
        boolean healthy) {}
