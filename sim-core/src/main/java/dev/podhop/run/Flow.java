package dev.podhop.run;

import dev.podhop.net.Endpoint;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.Tuple;
import dev.podhop.run.Stage.Client;
import dev.podhop.scenario.ClientSpec;
import dev.podhop.scenario.ScenarioSpec;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.Target;
import dev.podhop.workload.AttemptSpec;
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
record Flow(Send send, Client client, Endpoint remote, @Nullable Lookup lookup,
        long timeoutNanos) {

    /** Longer than TCP's own patience: the kernel gives up first. */
    private static final long UNTIL_KERNEL_NANOS = 3_600_000_000_000L;
    private static final long DATAGRAM_NANOS = 5_000_000_000L;

    /** The flows of a send: one a client. */
    static List<Flow> of(Send send, Stage stage, ScenarioSpec spec) {
        if (send.keepAlive()) {
            throw new UsageException("flow " + send.flow() + ": keepAlive is not modelled yet");
        }
        List<Flow> flows = new ArrayList<>();
        for (Client client : stage.clients(send.from())) {
            Lookup lookup = send.to() instanceof Target.DnsTarget name
                    ? stage.names().lookup(client, name, send.family())
                    : null;
            Endpoint remote = lookup == null ? stage.resolve(send.to(), send.family())
                    : lookup.nobody();
            flows.add(new Flow(send, client, remote, lookup, timeout(send, client, spec)));
        }
        return flows;
    }

    private static long timeout(Send send, Client client, ScenarioSpec spec) {
        Long own = send.timeoutNanos();
        if (own != null) {
            return own;
        }
        if (send.protocol() != L4Protocol.TCP) {
            return DATAGRAM_NANOS;
        }
        for (ClientSpec each : spec.clients()) {
            Long connect = each.connectTimeoutNanos();
            if (client.pod() != null && connect != null && each.pods().entrySet().stream()
                    .allMatch(e -> e.getValue()
                            .equals(client.pod().metadata().label(e.getKey())))) {
                return connect;
            }
        }
        return UNTIL_KERNEL_NANOS;
    }

    /** Whether the client has a socket from the flow's fixed source port to its target. */
    boolean isOpen() {
        Integer port = send.sourcePort();
        IpAddress local = client.namespace().sourceFor(remote.address());
        return port != null && local != null && client.namespace().sockets().isConnected(new Tuple(
                send.protocol(), local, port, remote.address(), remote.port()));
    }

    AttemptSpec attempt(int number) {
        Integer port = send.sourcePort();
        return new AttemptSpec(send.flow(), number, client.label(), remote, send.protocol(),
                port == null ? 0 : port, send.requestSize(), Patience.once(timeoutNanos),
                send.connected(), lookup, null);
    }
}
