package dev.podhop.run.stage;

import dev.podhop.k8s.Pod;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.net.Tuple;
import dev.podhop.run.stage.Stage.Client;
import dev.podhop.scenario.ClientSpec;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.ScenarioSpec;
import dev.podhop.scenario.Send;
import dev.podhop.workload.AttemptSpec;
import dev.podhop.workload.ConnectionPool;
import dev.podhop.workload.Lookup;
import dev.podhop.workload.Patience;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A flow of one client, resolved: who calls whom.
 *
 * @param remote the address that the target stood for at the flow's start; nobody's for a name
 * @param lookup how the client finds the address of a name, each time anew; null for other targets
 */
public record Flow(Send send, Client client, SocketAddress remote, @Nullable Lookup lookup,
        Patience patience) {

    /** Longer than TCP's own patience: the kernel gives up first. */
    private static final long UNTIL_KERNEL_NANOS = 3_600_000_000_000L;
    private static final long DATAGRAM_NANOS = 5_000_000_000L;
    /** A request that nobody said the size of, on a connection that has to be asked on. */
    private static final int REQUEST_BYTES = 100;

    /** The flows of a send: one a client. */
    public static List<Flow> of(Send send, Stage stage, ScenarioSpec spec) {
        List<Flow> flows = new ArrayList<>();
        for (Client client : stage.clients(send.from())) {
            Lookup lookup = send.to() instanceof FlowTarget.DnsTarget name
                    ? stage.names().lookup(client, name, send.family())
                    : null;
            SocketAddress remote = lookup == null ? stage.resolve(send.to(), send.family())
                    : lookup.nobody();
            flows.add(new Flow(send, client, remote, lookup, patience(send, client, spec)));
        }
        return flows;
    }

    private static Patience patience(Send send, Client client, ScenarioSpec spec) {
        Long own = send.timeoutNanos();
        long timeout = own != null ? own
                : send.protocol() == L4Protocol.TCP ? UNTIL_KERNEL_NANOS
                : DATAGRAM_NANOS;
        Pod pod = client.pod();
        for (ClientSpec each : spec.clients()) {
            if (pod != null && each.pods().entrySet().stream()
                    .allMatch(e -> e.getValue().equals(pod.metadata().label(e.getKey())))) {
                Long connect = each.connectTimeoutNanos();
                return new Patience(timeout,
                        connect == null ? Patience.UNTIL_KERNEL : connect, each.retries());
            }
        }
        return Patience.once(timeout);
    }

    /** Whether the client has a socket from the flow's fixed source port to its target. */
    boolean isOpen() {
        Integer port = send.sourcePort();
        IpAddress local = client.namespace().sourceFor(remote.address());
        return port != null && local != null && client.namespace().sockets().isConnected(new Tuple(
                send.protocol(), local, port, remote.address(), remote.port()));
    }

    /** A client's connections that stay open, none yet; null where each attempt has its own. */
    @Nullable ConnectionPool pool() {
        Integer size = send.connections();
        Long age = send.maxConnectionAgeNanos();
        return !send.keepAlive() ? null
                : new ConnectionPool(size == null ? 1 : size, send.multiplex(),
                        age == null ? ConnectionPool.AGELESS : age);
    }

    /** The flow's first attempt, on a connection not open yet. */
    public AttemptSpec first() {
        return attempt(0, pool());
    }

    AttemptSpec attempt(int number, @Nullable ConnectionPool pool) {
        Integer port = send.sourcePort();
        return new AttemptSpec(send.flow(), number, client.label(), remote, send.protocol(),
                port == null ? 0 : port,
                pool != null && send.requestSize() == 0 ? REQUEST_BYTES : send.requestSize(),
                patience, send.connected(), lookup, pool);
    }
}
