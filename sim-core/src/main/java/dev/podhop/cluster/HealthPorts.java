package dev.podhop.cluster;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.workload.Traffic;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The ports on which a node's kube-proxy answers health checks, whatever the answer is. */
final class HealthPorts {

    /** {@code healthzBindAddress}. */
    static final int HEALTHZ = 10256;

    private final NodeHost host;
    private final Traffic workload;
    private final Set<Integer> open = new LinkedHashSet<>();

    HealthPorts(NodeHost host, Traffic workload) {
        this.host = host;
        this.workload = workload;
    }

    /** Listens on its own port and on these health check node ports, and on no others. */
    void listen(Set<Integer> nodePorts) {
        List.copyOf(open).stream().filter(port -> port != HEALTHZ && !nodePorts.contains(port))
                .forEach(this::close);
        open(HEALTHZ);
        nodePorts.forEach(this::open);
    }

    /** The process is gone, and its ports with it. */
    void close() {
        List.copyOf(open).forEach(this::close);
    }

    private void open(int port) {
        if (open.add(port)) {
            IpAddress own = host.node().internalAddresses().stream().findFirst()
                    .orElse(IpAddress.LOOPBACK_V4);
            workload.listen(host.namespace(), L4Protocol.TCP, port, own.withPort(port), 0);
        }
    }

    private void close(int port) {
        workload.close(host.namespace(), L4Protocol.TCP, port);
        open.remove(port);
    }
}
