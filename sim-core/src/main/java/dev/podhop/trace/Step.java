package dev.podhop.trace;

import dev.podhop.net.Direction;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.packet.CtState;
import dev.podhop.packet.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that a namespace did with a packet, with its reason. */
public sealed interface Step {

    /** Why, as data. */
    Explanation why();

    /** Begins a hop. */
    sealed interface Entry extends Step {
        Header header();
    }

    /** Ends a hop. */
    sealed interface Terminal extends Step {}

    // ------------------------------------------------------------------ entries

    /** Came in by a device. */
    record Received(String device, Header header, Explanation why) implements Entry {}

    /** Sent by a socket of this namespace. */
    record Originated(String socket, Header header, Explanation why) implements Entry {}

    /** Made by the kernel itself: an ICMP error, a RST, an ARP request. */
    record Generated(Header header, Explanation why) implements Entry {}

    /** A bridge's copy of a frame; {@code original} is the hop that was copied. */
    record Copied(long original, Header header, Explanation why) implements Entry {}

    // ---------------------------------------------------------------- decisions

    /** Seen at another device on its way through; what tcpdump would show there. */
    record Passed(String device, boolean out, Header header, Explanation why) implements Step {}

    /** conntrack's answer; {@code entry} as {@code conntrack -L} prints it, null for none. */
    record Conntrack(CtState state, Direction direction, boolean created, @Nullable String entry,
            Explanation why) implements Step {}

    /** A walk through the chains of one table at one hook. */
    record RuleWalk(Hook hook, String table, List<RuleMatch> rules, String verdict, Explanation why)
            implements Step {
        public RuleWalk {
            rules = List.copyOf(rules);
        }
    }

    /** An address translation; before and after differ. */
    record Nat(Hook hook, Manip manip, Header before, Header after, Explanation why)
            implements Step {
        /** Which end is rewritten ({@code enum nf_nat_manip_type}). */
        public enum Manip {
            SOURCE,
            DESTINATION,
            /** Both ends, and the quoted header, of an ICMP error. */
            ICMP_ERROR
        }
    }

    /** A FIB lookup; device and gateway are null where the answer has none. */
    record Route(boolean input, IpAddress destination, String type, @Nullable String device,
            @Nullable IpAddress gateway, Explanation why) implements Step {}

    /** Source validation of an arriving packet ({@code fib_validate_source}). */
    record SourceCheck(int rpFilter, boolean passed, Explanation why) implements Step {}

    /** A bridge's decision; {@code outPort} is null for flood and for local delivery. */
    record Bridged(String bridge, String inPort, @Nullable String outPort, Explanation why)
            implements Step {}

    /** A neighbour table's answer. */
    record Neighbour(IpAddress address, String device, boolean resolved, Explanation why)
            implements Step {}

    /** A load balancer's choice: candidates, those left out with the reason, the one taken. */
    record BackendChoice(String loadBalancer, List<String> candidates, List<String> excluded,
            @Nullable String chosen, Explanation why) implements Step {
        public BackendChoice {
            candidates = List.copyOf(candidates);
            excluded = List.copyOf(excluded);
        }
    }

    /** Anything else worth telling. */
    record Note(Explanation why) implements Step {}

    // ----------------------------------------------------------------- terminals

    /** Left by a device towards a peer. */
    record Transmitted(String device, String peer, Header header, Explanation why)
            implements Terminal {}

    /** Taken by a socket, or by the kernel on behalf of one. */
    record Delivered(String socket, Header header, Explanation why) implements Terminal {}

    /** Ended here. */
    record Dropped(DropReason reason, Header header, Explanation why) implements Terminal {}

    /** Refused with an answer: {@code icmp-port-unreachable} or {@code tcp-reset}. */
    record Rejected(String with, Header header, Explanation why) implements Terminal {}

    /** Goes on as copies, each a hop of its own. */
    record Spread(int copies, Explanation why) implements Terminal {}
}
