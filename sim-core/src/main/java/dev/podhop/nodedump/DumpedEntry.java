package dev.podhop.nodedump;

import dev.podhop.k8s.source.Location;
import dev.podhop.net.SocketAddress;

/**
 * An entry of a connection table.
 *
 * @param protocol {@code tcp}
 * @param source who began
 * @param destination what was called
 * @param answers from where answers come
 * @param answered to where they go
 */
public record DumpedEntry(String protocol, SocketAddress source, SocketAddress destination,
        SocketAddress answers, SocketAddress answered, boolean replied, Location where) {}
