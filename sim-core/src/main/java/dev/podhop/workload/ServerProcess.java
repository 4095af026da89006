package dev.podhop.workload;

import dev.podhop.engine.Simulation;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.Socket;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A server's process: starts, listens on its ports after its startup time, serves, hears SIGTERM,
 * exits. Whoever runs it (a kubelet) is told when it has exited by itself.
 */
public final class ServerProcess implements Timers.Owner {

    private static final int STARTED = 0;
    private static final int DRAINED = 1;
    private static final List<IpAddress> EVERY = List.of(IpAddress.ANY_V4, IpAddress.ANY_V6);

    private final Traffic workload;
    private final NetworkNamespace ns;
    private final String label;
    private final ServerBehaviour behaviour;
    private final Workers workers;
    private final int slot;
    private List<Port> ports = List.of();
    private final Map<Port, Server> servers = new LinkedHashMap<>(2);
    /** The addresses of the host that a port is bound to; all of them where it is not there. */
    private Map<Integer, List<IpAddress>> bound = Map.of();
    private State state = State.NEW;
    private long timer = Simulation.NO_EVENT;
    private Runnable exited = () -> {};

    private enum State {
        NEW,
        STARTING,
        LISTENING,
        DRAINING,
        EXITED
    }

    /** A port to listen on. */
    public record Port(L4Protocol protocol, int number) {}

    /** A socket that answers whoever calls. */
    interface Server extends Socket {

        /** Room among the workers: connections that wait may be accepted. */
        void acceptAll();

        /** The port is closed to whoever comes now; what is open is drained. */
        void stopListening();

        /** The process is gone, and its kernel closes what it had open. */
        void exit();

        /** Whether nothing is under way. */
        boolean drained();

        /** Forgets all connections. */
        void reset();
    }

    ServerProcess(Traffic workload, NetworkNamespace ns, String label,
            ServerBehaviour behaviour) {
        this.workload = workload;
        this.ns = ns;
        this.label = label;
        this.behaviour = behaviour;
        this.workers = new Workers(workload.timers, behaviour);
        this.slot = workload.timers.enterLasting(this);
        workers.whenRoom(() -> servers.values().forEach(Server::acceptAll));
    }

    // ------------------------------------------------------------------ for whoever runs it

    /** Begins to run: it listens when its startup time is over. */
    public void start() {
        if (behaviour.startupNanos() == 0) {
            startSettled();
        } else {
            state = State.STARTING;
            timer = workload.timers.afterLasting(behaviour.startupNanos(), slot, STARTED);
        }
    }

    /** Has been running for long. */
    public void startSettled() {
        state = State.LISTENING;
        ports.forEach(this::open);
    }

    /** On which ports it listens; may change while it runs. */
    public void ports(Set<Port> wanted) {
        List<Port> before = ports;
        Set<Port> now = new LinkedHashSet<>(before);
        now.retainAll(wanted);
        now.addAll(wanted);
        ports = List.copyOf(now);
        for (Port port : before) {
            if (!wanted.contains(port)) {
                close(port, true);
            }
        }
        for (Port port : ports) {
            if (!before.contains(port) && state == State.LISTENING) {
                open(port);
            }
        }
    }

    /** To which addresses it binds ports that are not everybody's; before it starts. */
    public void bindTo(Map<Integer, List<IpAddress>> addresses) {
        bound = Map.copyOf(addresses);
    }

    /** Whether whoever connects is served, or at least waits in the backlog. */
    public boolean listening() {
        return state == State.LISTENING;
    }

    /** Whether it is no more. */
    public boolean exited() {
        return state == State.EXITED;
    }

    /**
     * SIGTERM.
     *
     * @param whenExited called once when the process has exited, at once or later; not when it is
     *        killed
     */
    public void terminate(Runnable whenExited) {
        if (state == State.EXITED) {
            whenExited.run();
            return;
        }
        switch (behaviour.onSigterm()) {
            case IGNORE -> {
                // nobody hears it; a kubelet ends that with kill()
            }
            case ABRUPT -> {
                exited = whenExited;
                exit();
            }
            case GRACEFUL -> {
                exited = whenExited;
                drain();
            }
        }
    }

    /** Its host is about to be no more: what still waits is not accepted. */
    public void lose() {
        workers.whenRoom(() -> {});
    }

    /** SIGKILL, or a crash. Nobody is told. */
    public void kill() {
        exited = () -> {};
        exit();
    }

    // ------------------------------------------------------------------ its life

    private void open(Port port) {
        Server server = port.protocol() == L4Protocol.TCP ? new TcpServer(this, port.number())
                : new DatagramServer(this, port.protocol(), port.number());
        servers.put(port, server);
        addresses(port)
                .forEach(own -> ns.sockets().bind(port.protocol(), own, port.number(), server));
    }

    private void close(Port port, boolean forGood) {
        Server server = servers.get(port);
        if (server == null) {
            return;
        }
        addresses(port).forEach(own -> ns.sockets().unbind(port.protocol(), own, port.number()));
        server.stopListening();
        if (forGood) {
            server.exit();
            servers.remove(port);
        }
    }

    private List<IpAddress> addresses(Port port) {
        return bound.getOrDefault(port.number(), EVERY);
    }

    private void drain() {
        state = State.DRAINING;
        workload.timers.cancel(timer);
        List.copyOf(servers.keySet()).forEach(port -> close(port, false));
        if (state == State.DRAINING && behaviour.drainNanos() != ServerBehaviour.FOREVER) {
            timer = workload.timers.afterLasting(behaviour.drainNanos(), slot, DRAINED);
        }
        connectionClosed();
    }

    /** While it drains, the last connection's end is its own. */
    void connectionClosed() {
        if (state == State.DRAINING && servers.values().stream().allMatch(Server::drained)) {
            exit();
        }
    }

    private void exit() {
        if (state == State.EXITED) {
            return;
        }
        state = State.EXITED;
        workload.timers.cancel(timer);
        workload.timers.leaveLasting(slot);
        workers.whenRoom(() -> {});
        List.copyOf(servers.keySet()).forEach(port -> close(port, true));
        exited.run();
    }

    @Override
    public void expired(int which) {
        if (which == STARTED) {
            startSettled();
        } else {
            exit();
        }
    }

    // ------------------------------------------------------------------ for its sockets

    Traffic workload() {
        return workload;
    }

    NetworkNamespace namespace() {
        return ns;
    }

    String label() {
        return label;
    }

    ServerBehaviour behaviour() {
        return behaviour;
    }

    Workers workers() {
        return workers;
    }
}
