package dev.podhop.workload;

import dev.podhop.engine.Keys;
import dev.podhop.net.Endpoint;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.Network;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.Socket;
import dev.podhop.trace.Outcome;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** All clients and servers of a run. */
public final class Workload {

    /** {@code net.ipv4.ip_local_port_range}. */
    private static final int FIRST_PORT = 32768;
    private static final int PORTS = 28232;

    private final Network network;
    final Timers timers;
    final ServedLog served = new ServedLog();
    private Consumer<AttemptResult> results = result -> {};
    private BiConsumer<Integer, AttemptSpec> starts = (attempt, spec) -> {};
    private final Map<Port, Server> listening = new HashMap<>();
    /** Servers that have had connections since the last reset. */
    private final Set<TcpServer> servers = new LinkedHashSet<>();
    private int[] portsUsed = new int[16];
    /** Attempts whose client sends a request. */
    private final BitSet asksFirst = new BitSet();
    private int running;
    private Answering answering = Answering.NOTHING;

    private record Port(int namespace, L4Protocol protocol, int number) {}

    /** A socket that answers whoever calls. */
    interface Server extends Socket {

        /** Its process exits. */
        void stop();
    }

    public Workload(Network network) {
        this.network = network;
        this.timers = new Timers(network.simulation());
    }

    /** Who is told of every attempt before its first packet, with its index. */
    public void onStart(BiConsumer<Integer, AttemptSpec> consumer) {
        starts = consumer;
    }

    /** Who is told of every attempt's end. */
    public void onResult(Consumer<AttemptResult> consumer) {
        results = consumer;
    }

    /** What servers answer to questions. */
    public void answering(Answering knows) {
        answering = knows;
    }

    Answering answering() {
        return answering;
    }

    /** For sockets that others than these clients and servers have. */
    public Timers timers() {
        return timers;
    }

    /** Attempts under way. */
    public int running() {
        return running;
    }

    /**
     * Starts an attempt now. Its result follows, at once when there is no way to its destination.
     *
     * @param client the namespace it is made from
     * @return the attempt's index, as hops name it
     */
    public int start(NetworkNamespace client, AttemptSpec spec) {
        int attempt = network.luck()
                .open(Keys.of(Keys.of(spec.flow() + ' ' + spec.client()), spec.number()));
        running++;
        starts.accept(attempt, spec);
        asksFirst.set(attempt, spec.requestSize() > 0);
        if (spec.lookup() != null) {
            new NamedAttempt(this, client, spec, attempt).start();
        } else {
            begin(client, spec, attempt, timers.nowNanos());
        }
        return attempt;
    }

    /**
     * The client has an address to call.
     *
     * @param startNanos when the attempt started, perhaps with a lookup
     */
    void begin(NetworkNamespace client, AttemptSpec spec, int attempt, long startNanos) {
        IpAddress source = client.sourceFor(spec.remote().address());
        int port = spec.sourcePort() != 0 ? spec.sourcePort() : freshPort(client);
        if (source == null) {
            IpAddress none = spec.remote().address().isV4() ? IpAddress.ANY_V4 : IpAddress.ANY_V6;
            finished(new AttemptResult(attempt, spec.flow(), spec.number(), spec.client(),
                    new Endpoint(none, port), spec.remote(), spec.protocol(), Outcome.Unreachable,
                    null, null, startNanos, timers.nowNanos()));
            return;
        }
        Endpoint local = new Endpoint(source, port);
        if (spec.protocol() == L4Protocol.TCP) {
            new TcpClient(this, client, spec, attempt, local, startNanos).start();
        } else {
            new DatagramClient(this, client, spec, attempt, local, startNanos).start();
        }
    }

    /**
     * A port that this host has not used lately: odd ones first, as {@code __inet_hash_connect}
     * leaves the even ones to {@code bind}.
     */
    public int freshPort(NetworkNamespace client) {
        if (portsUsed.length <= client.index()) {
            portsUsed = Arrays.copyOf(portsUsed, client.index() + 16);
        }
        int used = portsUsed[client.index()]++ % PORTS;
        boolean odd = used < PORTS / 2;
        return FIRST_PORT + (odd ? 2 * used + 1 : 2 * (used - PORTS / 2));
    }

    /** Remembers a server that has connections, to be reset. */
    void accepted(TcpServer server) {
        servers.add(server);
    }

    /** Opens a server on a port, for both families. */
    public void listen(NetworkNamespace ns, L4Protocol protocol, int port, String endpoint,
            long serviceNanos) {
        Server server = protocol == L4Protocol.TCP
                ? new TcpServer(this, ns, port, endpoint, serviceNanos)
                : new DatagramServer(this, ns, protocol, port, endpoint, serviceNanos);
        listening.put(new Port(ns.index(), protocol, port), server);
        ns.sockets().bind(protocol, IpAddress.ANY_V4, port, server);
        ns.sockets().bind(protocol, IpAddress.ANY_V6, port, server);
    }

    /** A server's process exits: what comes now is refused, and whoever waits for it is reset. */
    public void close(NetworkNamespace ns, L4Protocol protocol, int port) {
        Server server = listening.remove(new Port(ns.index(), protocol, port));
        ns.sockets().unbind(protocol, IpAddress.ANY_V4, port);
        ns.sockets().unbind(protocol, IpAddress.ANY_V6, port);
        if (server != null) {
            server.stop();
        }
    }

    /** Whether this attempt's client waits for the server to speak: both ends' protocol says so. */
    boolean serverSpeaksFirst(int attempt) {
        return !asksFirst.get(attempt);
    }

    void finished(AttemptResult result) {
        running--;
        results.accept(result);
    }

    Network network() {
        return network;
    }

    /** Forgets what is under way. */
    public void reset() {
        for (NetworkNamespace each : network.namespaces()) {
            each.sockets().disconnectAll();
        }
        servers.forEach(TcpServer::reset);
        servers.clear();
        timers.clear();
        served.clear();
        Arrays.fill(portsUsed, 0);
        asksFirst.clear();
        running = 0;
    }
}
