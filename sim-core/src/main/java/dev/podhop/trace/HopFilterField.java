package dev.podhop.trace;

import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.packet.TcpFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What of a hop can be compared. */
enum HopFilterField {
    FLOW(Kind.TEXT),
    OUTCOME(Kind.TEXT),
    CAUSE(Kind.TEXT),
    NODE(Kind.TEXT),
    NAMESPACE(Kind.TEXT),
    DEVICE(Kind.TEXT),
    SOURCE(Kind.ADDRESS),
    DESTINATION(Kind.ADDRESS),
    PORT(Kind.NUMBER),
    PROTOCOL(Kind.TEXT),
    FLAGS(Kind.TEXT),
    HOOK(Kind.TEXT),
    VERDICT(Kind.TEXT),
    REASON(Kind.TEXT),
    TIME(Kind.TIME);

    enum Kind {
        TEXT,
        /** IpAddress. */
        ADDRESS,
        /** Long. */
        NUMBER,
        /** Long, nanoseconds. */
        TIME
    }

    private final Kind kind;

    HopFilterField(Kind kind) {
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    boolean isOrdered() {
        return kind == Kind.NUMBER || kind == Kind.TIME;
    }

    /** The values that the hop has for it; none where it has no such thing. */
    List<?> values(Hop hop, @Nullable AttemptFacts attempt) {
        return switch (this) {
            case FLOW -> attempt == null ? List.of() : List.of(attempt.flow());
            case OUTCOME -> attempt == null ? List.of() : known(attempt.outcome());
            case CAUSE -> attempt == null ? List.of() : known(attempt.cause());
            case NODE -> List.of(hop.place().node());
            case NAMESPACE -> List.of(hop.place().name(), hop.place().label());
            case DEVICE -> hop.steps().stream().flatMap(s -> devices(s).stream()).toList();
            case SOURCE -> headers(hop).stream().map(Header::source).toList();
            case DESTINATION -> headers(hop).stream().map(Header::destination).toList();
            case PORT -> ports(hop);
            case PROTOCOL -> headers(hop).stream().map(HopFilterField::protocol).toList();
            case FLAGS -> headers(hop).stream().flatMap(HopFilterField::flags).toList();
            case HOOK -> hop.steps().stream().map(HopFilterField::hook).filter(Objects::nonNull)
                    .toList();
            case VERDICT -> hop.steps().stream().map(HopFilterField::verdict)
                    .filter(Objects::nonNull).toList();
            case REASON -> hop.steps().stream().flatMap(s -> reasons(s).stream()).toList();
            case TIME -> List.of(hop.timeNanos());
        };
    }

    private static List<?> known(@Nullable Object value) {
        return value == null ? List.of() : List.of(value);
    }

    /** The packet as it was at each step that shows it, before and after translations. */
    static List<Header> headers(Hop hop) {
        List<Header> headers = new ArrayList<>();
        for (Step step : hop.steps()) {
            switch (step) {
                case Step.Entry entry -> headers.add(entry.header());
                case Step.Passed passed -> headers.add(passed.header());
                case Step.Nat nat -> headers.add(nat.after());
                case Step.Transmitted sent -> headers.add(sent.header());
                case Step.Delivered delivered -> headers.add(delivered.header());
                case Step.Dropped dropped -> headers.add(dropped.header());
                case Step.Rejected rejected -> headers.add(rejected.header());
                default -> {
                    // The others are about a packet that one of these shows.
                }
            }
        }
        return headers;
    }

    static String protocol(Header header) {
        return header.etherType() == EtherType.ARP ? "arp" : header.protocol().lowerCase();
    }

    /** {@code SYN-ACK} as people say it, and {@code S.} as tcpdump does. */
    private static Stream<String> flags(Header header) {
        return protocol(header).equals("tcp")
                ? Stream.of(header.what(), TcpFlags.text(header.tcpFlags()))
                : Stream.of(header.what());
    }

    /**
     * Of either end. ICMP keeps the query's id where ports would be, which nobody means by a port.
     */
    private static List<Long> ports(Hop hop) {
        List<Long> ports = new ArrayList<>();
        for (Header header : headers(hop)) {
            if (header.etherType() != EtherType.ARP && !header.protocol().isIcmp()) {
                ports.add((long) header.sourcePort());
                ports.add((long) header.destinationPort());
            }
        }
        return ports;
    }

    /** Every device that the packet is seen at, the ports of a bridge among them. */
    private static List<String> devices(Step step) {
        return switch (step) {
            case Step.Received received -> List.of(received.device());
            case Step.Passed passed -> List.of(passed.device());
            case Step.Bridged bridged -> bridged.outPort() == null
                    ? List.of(bridged.bridge(), bridged.inPort())
                    : List.of(bridged.bridge(), bridged.inPort(), bridged.outPort());
            case Step.Transmitted sent -> List.of(sent.device());
            default -> List.of();
        };
    }

    private static @Nullable String hook(Step step) {
        return switch (step) {
            case Step.RuleWalk walk -> walk.hook().name();
            case Step.Nat nat -> nat.hook().name();
            default -> null;
        };
    }

    /** What the rules said, and how the visit ended: {@code DROP}, {@code Dropped}. */
    private static @Nullable String verdict(Step step) {
        return switch (step) {
            case Step.RuleWalk walk -> walk.verdict();
            case Step.Terminal end -> end.getClass().getSimpleName();
            default -> null;
        };
    }

    /** The kernel's own name where it has one, and the code of every step's explanation. */
    private static List<String> reasons(Step step) {
        String code = step.why().code();
        return step instanceof Step.Dropped dropped ? List.of(dropped.reason().name(), code)
                : List.of(code);
    }

    /** As it is written in a filter. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
