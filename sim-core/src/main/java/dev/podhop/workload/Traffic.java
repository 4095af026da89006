package dev.podhop.workload;

import dev.podhop.engine.Keys;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.Network;
import dev.podhop.netstack.NetworkNamespace;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** All clients and servers of a run. */
public final class Traffic {

    private final Network network;
    final Timers timers;
    final ServedLog served = new ServedLog();
    private final LocalPorts ports = new LocalPorts();
    private Consumer<AttemptResult> results = result -> {};
    private BiConsumer<Object, Boolean> reached = (state, over) -> {};
    private BiConsumer<Integer, AttemptSpec> starts = (attempt, spec) -> {};
    private final Map<OnePort, ServerProcess> listening = new HashMap<>();
    /** Servers that have had connections since the last reset. */
    private final Set<ServerProcess.Server> servers = new LinkedHashSet<>();
    /** Attempts whose client sends a request. */
    private final BitSet asksFirst = new BitSet();
    /** How many calls of others' an attempt makes on its way at the moment. */
    private final Map<Integer, Integer> within = new HashMap<>();
    private int running;
    private Answering answering = Answering.NOTHING;

    private record OnePort(int namespace, ServerProcess.Port port) {}

    public Traffic(Network network) {
        this.network = network;
        this.timers = new Timers(network.simulation());
    }

    // ------------------------------------------------------------------ clients

    /** Who is told of every attempt and probe before its first packet, with its index. */
    public void onStart(BiConsumer<Integer, AttemptSpec> consumer) {
        starts = consumer;
    }

    /** Who is told of every attempt's end; not of a probe's. */
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

    /**
     * Who is told of every state that a lookup comes to, with whether it is over: what follows
     * hangs on that state alone.
     */
    public void onReached(BiConsumer<Object, Boolean> consumer) {
        reached = consumer;
    }

    /** A lookup has come to a state. */
    public void reached(Object state, boolean over) {
        reached.accept(state, over);
    }

    /** The network that all of them are on. */
    public Network network() {
        return network;
    }

    /** A source port for such a socket. */
    public int freshPort(NetworkNamespace client) {
        return ports.nextForAnybody(client);
    }

    /** Attempts under way; probes do not count. */
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
        return start(client, spec, result -> {});
    }

    /**
     * Like {@link #start(NetworkNamespace, AttemptSpec)}.
     *
     * @param whenOver told of its result after {@link #onResult}'s
     */
    public int start(NetworkNamespace client, AttemptSpec spec,
            Consumer<AttemptResult> whenOver) {
        running++;
        return begin(client, spec, false, result -> {
            running--;
            results.accept(result);
            whenOver.accept(result);
        });
    }

    /**
     * Starts an attempt that belongs to no flow: a health check, a kubelet's probe. Its packets are
     * in the trace like any other's, under the flow name in the spec; it is no result, does not
     * keep a run going, and takes no port that a flow would have got. Without a request, a
     * connection is all it wants.
     *
     * @param whenOver told of its result, at once or later
     */
    public int probe(NetworkNamespace client, AttemptSpec spec,
            Consumer<AttemptResult> whenOver) {
        return begin(client, spec, true, whenOver);
    }

    private int begin(NetworkNamespace client, AttemptSpec spec, boolean probe,
            Consumer<AttemptResult> whenOver) {
        int index = network.luck()
                .open(Keys.of(Keys.of(spec.flow() + ' ' + spec.client()), spec.number()));
        starts.accept(index, spec);
        asksFirst.set(index, probe || spec.requestSize() > 0);
        new Attempt(this, client, spec, index, probe, whenOver).tryNow();
        return index;
    }

    /**
     * A call that an attempt makes on its way, such as for a name over TCP: its packets and its
     * luck are the attempt's. The client asks first.
     *
     * @param index the attempt's
     * @param whenOver told of its result
     */
    public void within(int index, NetworkNamespace client, AttemptSpec spec,
            Consumer<AttemptResult> whenOver) {
        within.merge(index, 1, Integer::sum);
        new Attempt(this, client, spec, index, false, result -> {
            within.computeIfPresent(index, (attempt, calls) -> calls == 1 ? null : calls - 1);
            whenOver.accept(result);
        }).tryNow();
    }

    /** A client's source port; {@link LocalPorts#NONE} when all are taken. */
    int localPort(NetworkNamespace client, SocketAddress peer, int fixed, boolean probe) {
        if (fixed != 0) {
            return fixed;
        }
        return probe ? ports.nextForProbe(client) : ports.next(client, peer, timers.nowNanos());
    }

    void releasePort(NetworkNamespace client, int port, boolean closedFirst) {
        ports.release(client, port, closedFirst, timers.nowNanos());
    }

    // ------------------------------------------------------------------ servers

    /** A server's process, not yet started. */
    public ServerProcess process(NetworkNamespace ns, String label, ServerBehaviour behaviour) {
        return new ServerProcess(this, ns, label, behaviour);
    }

    /** A process of one port that has been listening for long. */
    public void listen(NetworkNamespace ns, L4Protocol protocol, int port, String endpoint,
            long serviceNanos) {
        ServerProcess process = process(ns, endpoint, ServerBehaviour.answering(serviceNanos));
        ServerProcess.Port only = new ServerProcess.Port(protocol, port);
        process.ports(Set.of(only));
        process.startSettled();
        listening.put(new OnePort(ns.index(), only), process);
    }

    /** What {@link #listen} started exits: what comes now is refused. */
    public void close(NetworkNamespace ns, L4Protocol protocol, int port) {
        ServerProcess process = listening
                .remove(new OnePort(ns.index(), new ServerProcess.Port(protocol, port)));
        if (process != null) {
            process.kill();
        }
    }

    /**
     * A host is no more: its connections end without a word. An attempt under way there finds out
     * by itself.
     */
    public void hostGone(NetworkNamespace host) {
        timers.hostGone(host);
    }

    /** Remembers a server that has work, to be reset. */
    void accepted(ServerProcess.Server server) {
        servers.add(server);
    }

    /** Whether this attempt's client waits for the server to speak: both ends' protocol says so. */
    boolean serverSpeaksFirst(int attempt) {
        return !asksFirst.get(attempt) && !within.containsKey(attempt);
    }

    /** Forgets what is under way; processes stay as they are. */
    public void reset() {
        for (NetworkNamespace each : network.touched()) {
            each.sockets().disconnectAll();
        }
        servers.forEach(ServerProcess.Server::reset);
        servers.clear();
        timers.clear();
        served.clear();
        ports.clear();
        asksFirst.clear();
        within.clear();
        answering.reset();
        running = 0;
    }
}
