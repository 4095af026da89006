package dev.podhop.netstack;

import dev.podhop.engine.SampledChooser;
import dev.podhop.engine.Simulation;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.netfilter.RuleOwner;
import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.packet.Packet;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.StateChange;
import dev.podhop.trace.Step;
import dev.podhop.trace.TraceSink;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.AttemptSpec;
import dev.podhop.workload.Traffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** A small network ({@link Drawing}), packets let loose in it, and what became of them. */
final class TestNetwork {

    static final long SECOND = 1_000_000_000L;
    private static final int HEADERS = 28;

    final Simulation simulation = new Simulation();
    final Network network = new Network(simulation, new SampledChooser(1));
    final Traffic workload = new Traffic(network);
    private final List<Hop> hops = new ArrayList<>();
    private final List<AttemptResult> results = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    /** Builds what a {@link Drawing} shows, and writes down everything that happens in it. */
    TestNetwork(String drawing) {
        Drawing.of(drawing).build(network);
        workload.onResult(results::add);
        network.tracer().sink(new TraceSink() {
            @Override
            public Level level() {
                return Level.FULL;
            }

            @Override
            public void hop(Hop hop) {
                hops.add(hop);
            }

            @Override
            public void stateChange(StateChange change) {
                // Hops are all that is asked here.
            }
        });
    }

    NetworkNamespace at(String name) {
        return network.namespaces().stream().filter(ns -> ns.name().equals(name)).findFirst()
                .orElseThrow();
    }

    Device device(String name, String device) {
        return Objects.requireNonNull(at(name).device(device), device);
    }

    TestNetwork sysctl(String name, String sysctl, Object value) {
        at(name).sysctls().set(sysctl, String.valueOf(value));
        return this;
    }

    TestNetwork rules(String name, TestRules rules) {
        at(name).hooks().install(RuleOwner.KUBE_PROXY, rules);
        return this;
    }

    // ----------------------------------------------------------------- packets

    /** A datagram with these addresses, {@code 10.0.0.5:1000} or an address without a port. */
    Packet udp(String from, String to) {
        Packet p = network.packets().allocate();
        p.protocol = L4Protocol.UDP;
        p.source = address(from);
        p.etherType = p.source.isV4() ? EtherType.IPV4 : EtherType.IPV6;
        p.sourcePort = port(from);
        p.destination = address(to);
        p.destinationPort = port(to);
        p.length = HEADERS;
        return p;
    }

    static IpAddress address(String endpoint) {
        int colon = endpoint.lastIndexOf(':');
        return IpAddress.of(colon < 0 ? endpoint : endpoint.substring(0, colon));
    }

    static int port(String endpoint) {
        int colon = endpoint.lastIndexOf(':');
        return colon < 0 ? 1 : Integer.parseInt(endpoint.substring(colon + 1));
    }

    static SocketAddress endpoint(String text) {
        return new SocketAddress(address(text), port(text));
    }

    /** The host sends it. */
    void send(String name, Packet p) {
        network.path().send(at(name), p, null);
    }

    /** It arrives at a device, as by a wire. */
    void arrive(String name, String device, Packet p) {
        NetworkNamespace ns = at(name);
        Device in = device(name, device);
        p.namespace = ns.index();
        p.destinationMac = in.mac();
        Objects.requireNonNull(network.tracer().open(p, simulation.nowNanos(), ns.place()))
                .add(new Step.Received(device, Header.of(p), Explanation.NONE));
        network.path().receive(ns, in, p);
    }

    /** A socket that writes down what it hears. */
    void probe(String name, String local) {
        at(name).sockets().bind(L4Protocol.UDP, address(local), port(local), new Socket() {
            @Override
            public void receive(Packet p) {
                heard.add(Header.of(p).what() + " " + Header.of(p).addresses());
            }

            @Override
            public void error(Packet p) {
                heard.add(p.icmp.words() + " from " + p.source + " about "
                        + Objects.requireNonNull(Header.of(p).inner()));
            }

            @Override
            public String label() {
                return "probe";
            }
        });
    }

    /** What probes heard, in order. */
    List<String> heard() {
        return heard;
    }

    // ---------------------------------------------------------------- workload

    void listen(String name, L4Protocol protocol, int port) {
        workload.listen(at(name), protocol, port, name, 0);
    }

    /** A client that is prepared to wait for an hour, longer than any kernel. */
    void call(String name, L4Protocol protocol, String to) {
        call(name, protocol, to, 0, true);
    }

    void call(String name, L4Protocol protocol, String to, int requestSize, boolean connected) {
        workload.start(at(name), new AttemptSpec("flow", 0, name, endpoint(to), protocol, 0,
                requestSize, 3600 * SECOND, connected));
    }

    TestNetwork run() {
        simulation.run();
        return this;
    }

    List<AttemptResult> results() {
        return results;
    }

    /** How each attempt ended, and when: {@code Unreachable 3.000}. */
    List<String> outcomes() {
        return results.stream().map(r -> r.outcome() + " " + seconds(r.endNanos())).toList();
    }

    // ------------------------------------------------------------------- hops

    List<Hop> hops() {
        return hops.stream().sorted(Comparator.comparingLong(Hop::id)).toList();
    }

    /** Hops of IP packets as {@code WHERE WHAT ADDRESSES: END}, addresses at the end. */
    List<String> story() {
        return hops().stream().filter(h -> h.header().etherType() != EtherType.ARP)
                .map(TestNetwork::line).toList();
    }

    /** Hops of ARP packets, with their times. */
    List<String> arpStory() {
        return hops().stream().filter(h -> h.header().etherType() == EtherType.ARP)
                .map(h -> seconds(h.timeNanos()) + " " + line(h)).toList();
    }

    /** When the host sent what it sent of this kind, in seconds. */
    List<String> sendTimes(String name, String what) {
        return hops().stream()
                .filter(h -> h.place().name().equals(name) && h.header().what().equals(what))
                .filter(h -> !(h.entry() instanceof Step.Received))
                .map(h -> seconds(h.timeNanos())).toList();
    }

    static String seconds(long nanos) {
        return "%d.%03d".formatted(nanos / SECOND, nanos % SECOND / 1_000_000);
    }

    private static String line(Hop hop) {
        String start = hop.place().name() + " " + hop.header().what() + " ";
        return switch (hop.terminal()) {
            case Step.Transmitted s -> start + s.header().addresses() + ": out " + s.device();
            case Step.Delivered s -> start + s.header().addresses() + ": delivered";
            case Step.Dropped s -> start + s.header().addresses() + ": " + s.reason();
            case Step.Rejected s -> start + s.header().addresses() + ": " + s.with();
            case Step.Spread s -> start + hop.header().addresses() + ": " + s.copies() + " copies";
        };
    }
}
