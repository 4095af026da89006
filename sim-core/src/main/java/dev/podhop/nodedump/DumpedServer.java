package dev.podhop.nodedump;

import dev.podhop.k8s.source.Location;
import java.util.Map;
import java.util.TreeMap;

/**
 * A virtual server of IPVS.
 *
 * @param key {@code tcp 10.96.0.10:80}
 * @param flags {@code rr}, {@code rr persistent 10800}
 * @param weights of its real servers, by {@code ip:port}
 */
public record DumpedServer(String key, String flags, Map<String, Integer> weights,
        Location where) {

    public DumpedServer {
        weights = new TreeMap<>(weights); // grows while it is read
    }

    /** {@code 10.96.0.10:80}. */
    public String address() {
        return key.substring(key.indexOf(' ') + 1);
    }
}
