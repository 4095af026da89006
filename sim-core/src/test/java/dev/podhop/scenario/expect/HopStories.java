package dev.podhop.scenario.expect;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.packet.IcmpKind;
import dev.podhop.packet.TcpFlags;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Place;
import dev.podhop.trace.Step;
import java.util.ArrayList;
import java.util.List;

/** Hops of attempts through a load balancer, made up for tests. */
final class HopStories {

    private static final Place CLIENT = new Place(Place.Kind.POD, "n1", "client");
    private static final Place N1 = new Place(Place.Kind.NODE, "n1", "n1");
    private static final Place N2 = new Place(Place.Kind.NODE, "n2", "n2");
    private static final Place EDGE = new Place(Place.Kind.EDGE, "", "fab");
    private static final Place WEB = new Place(Place.Kind.POD, "n2", "web-2");
    private static final Place OTHER = new Place(Place.Kind.POD, "n1", "other");

    private final List<Hop> hops = new ArrayList<>();
    private final int attempt;

    private HopStories(int attempt) {
        this.attempt = attempt;
    }

    /** The request goes by the edge to a pod of n2; the answer comes back the same way. */
    static List<Hop> answered(int attempt) {
        HopStories story = new HopStories(attempt);
        long request = story.request();
        long edge = story.pass(request, EDGE, "10.244.1.5", "198.51.100.7", TcpFlags.SYN);
        long node = story.pass(edge, N2, "10.244.1.5", "10.0.0.12", TcpFlags.SYN);
        long end = story.end(node, WEB, "10.0.0.12", "10.244.2.23");
        long back = story.originate(end, WEB, "10.244.2.23", TcpFlags.SYN_ACK);
        back = story.pass(back, N2, "10.244.2.23", "10.0.0.12", TcpFlags.SYN_ACK);
        back = story.pass(back, EDGE, "10.0.0.12", "10.244.1.5", TcpFlags.SYN_ACK);
        back = story.pass(back, N1, "198.51.100.7", "10.244.1.5", TcpFlags.SYN_ACK);
        story.end(back, CLIENT, "198.51.100.7", "10.244.1.5");
        return story.hops;
    }

    /** The load balancer picks the client's own node, whose answer never sees the edge again. */
    static List<Hop> loopback(int attempt) {
        HopStories story = new HopStories(attempt);
        long request = story.request();
        long edge = story.pass(request, EDGE, "10.244.1.5", "198.51.100.7", TcpFlags.SYN);
        long own = story.pass(edge, N1, "10.244.1.5", "10.0.0.11", TcpFlags.SYN);
        long node = story.pass(own, N2, "10.0.0.11", "10.244.2.23", TcpFlags.SYN);
        long end = story.end(node, WEB, "10.0.0.11", "10.244.2.23");
        long back = story.originate(end, WEB, "10.244.2.23", TcpFlags.SYN_ACK);
        back = story.pass(back, N2, "10.244.2.23", "10.0.0.11", TcpFlags.SYN_ACK);
        back = story.pass(back, N1, "10.244.2.23", "10.0.0.11", TcpFlags.SYN_ACK);
        story.flood(back, OTHER);
        story.drop(back, CLIENT, "10.0.0.11", "10.244.1.5", DropReason.NO_SOCKET);
        return story.hops;
    }

    private long request() {
        return pass(originate(0, CLIENT, "10.244.1.5", TcpFlags.SYN), N1, "10.244.1.5",
                "198.51.100.7", TcpFlags.SYN);
    }

    private long originate(long parent, Place place, String source, int flags) {
        Header header = header(source, "198.51.100.7", flags);
        return add(parent, place, new Step.Originated("tcp", header, Explanation.NONE),
                new Step.Transmitted("eth0", "peer", header, Explanation.NONE));
    }

    private long pass(long parent, Place place, String source, String destination, int flags) {
        Header header = header(source, destination, flags);
        return add(parent, place, new Step.Received("eth0", header, Explanation.NONE),
                new Step.Transmitted("eth0", "peer", header, Explanation.NONE));
    }

    private long end(long parent, Place place, String source, String destination) {
        Header header = header(source, destination, TcpFlags.SYN);
        return add(parent, place, new Step.Received("eth0", header, Explanation.NONE),
                new Step.Delivered("tcp", header, Explanation.NONE));
    }

    private void drop(long parent, Place place, String source, String destination,
            DropReason reason) {
        Header header = header(source, destination, TcpFlags.SYN_ACK);
        add(parent, place, new Step.Received("eth0", header, Explanation.NONE),
                new Step.Dropped(reason, header, Explanation.NONE));
    }

    private void flood(long parent, Place place) {
        drop(parent, place, "10.0.0.11", "10.244.1.5", DropReason.OTHERHOST);
    }

    private long add(long parent, Place place, Step.Entry entry, Step.Terminal end) {
        long id = 1000L * attempt + hops.size() + 1;
        hops.add(new Hop(id, parent, id, attempt, id, id, place, List.of(entry, end)));
        return id;
    }

    private static Header header(String source, String destination, int flags) {
        return new Header(EtherType.IPV4, L4Protocol.TCP, IpAddress.of(source), 30080,
                IpAddress.of(destination), 80, flags, IcmpKind.NONE, null, 64, 60, 0, false);
    }
}
