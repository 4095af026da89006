package dev.podhop.workload.resolver;

import dev.podhop.dns.NodeCacheServer;
import dev.podhop.netstack.NetworkNamespace;

/**
 * A server that asks others on behalf of who asks it.
 *
 * @param label its pod
 * @param host from where it asks
 */
public record CachePlace(String label, NodeCacheServer server, NetworkNamespace host) {}
