package dev.podhop.trace;

import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.packet.Header;
import dev.podhop.packet.TcpFlags;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How hops follow each other: the one account that diagnosis, expectations, reports and the viewer
 * share.
 *
 * <pre>
 *   originated - sent . received - sent . received - delivered      one leg
 *                                                        '- originated - sent . ...   the next
 * </pre>
 */
public final class Legs {

    private final Map<Long, Hop> byId = new HashMap<>();
    private final Map<Long, Integer> legOf = new HashMap<>();
    /** Of each hop the one that took its packet up: of a frame's copies the one that was meant. */
    private final Map<Long, Hop> next = new HashMap<>();
    private final List<Leg> all;
    private final Answers answers;

    private Legs(List<Hop> hops) {
        List<List<Hop>> ways = new ArrayList<>();
        for (Hop hop : hops) {
            byId.put(hop.id(), hop);
            Integer known = hop.entry() instanceof Step.Received ? legOf.get(hop.parent()) : null;
            int leg = known == null ? ways.size() : known;
            if (known == null) {
                ways.add(new ArrayList<>());
            }
            ways.get(leg).add(hop);
            legOf.put(hop.id(), leg);
            if (arrived(hop) && !isForAnother(hop)) {
                next.putIfAbsent(hop.parent(), hop);
            }
        }
        this.all = ways.stream().map(Leg::new).toList();
        this.answers = new Answers(this, hops);
    }

    /** Those of some hops, whatever their order. */
    public static Legs of(List<Hop> hops) {
        return new Legs(hops.stream().sorted(Comparator.comparingLong(Hop::id)).toList());
    }

    /** In the order in which their packets were made. */
    public List<Leg> all() {
        return all;
    }

    /** The leg of a hop, which must be one of these. */
    public Leg of(Hop hop) {
        Integer leg = legOf.get(hop.id());
        if (leg == null) {
            throw new IllegalArgumentException("hop " + hop.id() + " is none of these");
        }
        return all.get(leg);
    }

    /** Whose packet a leg is, which must be one of these. */
    public Role role(Leg leg) {
        if (leg.isArp()) {
            return Role.NEIGHBOUR;
        }
        return switch (leg.first().entry()) {
            case Step.Generated generated -> leg.first().header().protocol().isIcmp() ? Role.ERROR
                    : Role.RESET;
            case Step.Copied copied -> Role.NEIGHBOUR;
            case Step.Originated originated -> answers.is(leg) ? Role.REPLY : Role.REQUEST;
            case Step.Received received -> Role.REQUEST;
        };
    }

    /** The hop that a packet was sent from, or that caused it; null where that is not known. */
    public @Nullable Hop before(Hop hop) {
        return byId.get(hop.parent());
    }

    /** All that led to a hop and it last: its packet's way, that of what this answers, and on. */
    public List<Hop> wayTo(Hop last) {
        return back(last, hop -> true, Integer.MAX_VALUE);
    }

    /** The same, of which the latest only. */
    public List<Hop> wayTo(Hop last, int most) {
        return back(last, hop -> true, most);
    }

    /** A packet's own way to a hop, through the bridges that copied it. */
    public List<Hop> carriedTo(Hop last) {
        return back(last, Legs::arrived, Integer.MAX_VALUE);
    }

    private List<Hop> back(Hop last, Predicate<Hop> goesOn, int most) {
        Deque<Hop> way = new ArrayDeque<>();
        for (Hop hop = last; hop != null && way.size() < most; hop = goesOn.test(hop)
                ? before(hop)
                : null) {
            way.addFirst(hop);
        }
        return List.copyOf(way);
    }

    /** From a hop on, to where its packet ends or is answered. */
    public List<Hop> onwards(Hop first) {
        List<Hop> way = new ArrayList<>();
        for (Hop hop = first; hop != null; hop = next.get(hop.id())) {
            way.add(hop);
        }
        return way;
    }

    /** Where the client took its answer: the first that carries data, else the last of all. */
    public Optional<Hop> answer(SocketAddress client) {
        List<Hop> taken = all.stream().filter(leg -> role(leg) == Role.REPLY).map(Leg::last)
                .filter(hop -> hop.terminal() instanceof Step.Delivered delivered
                        && delivered.header().destination().same(client.address())
                        && delivered.header().destinationPort() == client.port())
                .toList();
        return taken.stream().filter(hop -> carriesData(hop.header())).findFirst()
                .or(() -> taken.isEmpty() ? Optional.empty() : Optional.of(taken.getLast()));
    }

    private static boolean carriesData(Header header) {
        return header.protocol() != L4Protocol.TCP || header.tcpFlags() == TcpFlags.PSH_ACK;
    }

    /** Whether its packet was made elsewhere; what a namespace makes begins a way of its own. */
    public static boolean arrived(Hop hop) {
        return hop.entry() instanceof Step.Received || hop.entry() instanceof Step.Copied;
    }

    /** Whether it ignores a flooded frame that it is not for, which is no loss. */
    public static boolean isForAnother(Hop hop) {
        return hop.terminal() instanceof Step.Dropped dropped
                && dropped.reason() == DropReason.OTHERHOST;
    }
}
