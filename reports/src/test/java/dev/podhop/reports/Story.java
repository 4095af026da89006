package dev.podhop.reports;

import dev.podhop.net.Direction;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.PathReason;
import dev.podhop.packet.CtState;
import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.packet.IcmpKind;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Place;
import dev.podhop.trace.RuleMatch;
import dev.podhop.trace.Step;
import java.util.ArrayList;
import java.util.List;

/** Writes hops by hand, for tests that look at their rendering. Each call stands for one step. */
final class Story {

    final List<Hop> hops = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private Place place = new Place(Place.Kind.POD, "", "");
    private Header header;
    private long nowNanos;
    private long parent;

    static Place pod(String node, String name) {
        return new Place(Place.Kind.POD, node, name);
    }

    static Place node(String name) {
        return new Place(Place.Kind.NODE, name, name);
    }

    static final Place EDGE = new Place(Place.Kind.EDGE, "", "fab");

    /** A segment: {@code "10.244.1.5:32769 > 198.51.100.7:80"}. */
    Story(int flags, String addresses) {
        this.header = tcp(flags, addresses);
    }

    private static Header tcp(int flags, String addresses) {
        String[] ends = addresses.split(" > ");
        return new Header(EtherType.IPV4, L4Protocol.TCP, address(ends[0]), port(ends[0]),
                address(ends[1]), port(ends[1]), flags, IcmpKind.NONE, null, 64, 60, 0, false);
    }

    private static IpAddress address(String end) {
        return IpAddress.of(end.substring(0, end.indexOf(':')));
    }

    private static int port(String end) {
        return Integer.parseInt(end.substring(end.indexOf(':') + 1));
    }

    /** A packet of another kind begins; hops go on being numbered. */
    Story packet(int flags, String addresses) {
        header = tcp(flags, addresses);
        return this;
    }

    Story at(long micros) {
        nowNanos = micros * 1000;
        return this;
    }

    Story originated(Place where, String socket) {
        place = where;
        return step(new Step.Originated(socket, header,
                PathReason.SENT_BY_SOCKET.with("socket", socket)));
    }

    Story generated(Place where, Explanation why) {
        place = where;
        return step(new Step.Generated(header, why));
    }

    Story received(Place where, String device) {
        place = where;
        return step(new Step.Received(device, header, PathReason.RECEIVED.with("device", device)));
    }

    Story route(boolean input, String route, PathReason reason) {
        return step(new Step.Route(input, header.destination(), "UNICAST", "eth0", null,
                reason.with("destination", header.destination().toString(), "route", route)));
    }

    Story conntrack(CtState state, Direction direction, PathReason reason, String entry) {
        return step(new Step.Conntrack(state, direction, state == CtState.NEW, entry,
                reason.with("entry", entry)));
    }

    Story rules(Hook hook, String verdict, RuleMatch... rules) {
        return step(new Step.RuleWalk(hook, "nat", List.of(rules), verdict,
                rules[rules.length - 1].why()));
    }

    Story nat(Hook hook, Step.Nat.Manip manip, String to, PathReason reason) {
        Header before = header;
        header = tcp(before.tcpFlags(), to);
        return step(new Step.Nat(hook, manip, before, header,
                reason.with("from", before.addresses(), "to", header.addresses())));
    }

    Story step(Step step) {
        steps.add(step);
        return this;
    }

    Story sent(String device, String peer) {
        return end(new Step.Transmitted(device, peer, header,
                PathReason.TRANSMITTED.with("device", device)));
    }

    Story delivered(String socket) {
        return end(new Step.Delivered(socket, header,
                PathReason.DELIVERED.with("socket", socket)));
    }

    Story dropped(DropReason reason, Explanation why) {
        return end(new Step.Dropped(reason, header, why));
    }

    private Story end(Step.Terminal last) {
        steps.add(last);
        long id = hops.size() + 1;
        hops.add(new Hop(id, parent, 1, 0, nowNanos, nowNanos, place, steps));
        parent = id;
        steps.clear();
        return this;
    }
}
