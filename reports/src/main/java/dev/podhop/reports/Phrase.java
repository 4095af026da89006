package dev.podhop.reports;

import dev.podhop.trace.Reason;

/**
 * The words around a reason: the stage that a step belongs to, its part, and how a sentence is
 * framed. They are kept as reasons are, so that one table and one test hold for both.
 */
enum Phrase implements Reason {
    IN("step.in"),
    SOCKET("step.socket"),
    KERNEL("step.kernel"),
    BRIDGE("step.bridge"),
    ROUTING("step.routing"),
    NEIGHBOUR("step.neighbour"),
    BALANCER("step.balancer"),
    OUT("step.out"),
    END("step.end"),

    SEND("step.send"),
    SENDS("step.sends"),
    COPY("step.copy"),
    NOTE("step.note"),
    ROUTE("step.route"),
    SOURCE("step.source"),
    DELIVERED("step.delivered"),
    DROPPED("step.dropped"),
    REJECTED("step.rejected"),
    COPIES("step.copies", "n"),

    SENT("step.sent", "peer"),
    /** The packet waited for its next hop's MAC address. */
    SENT_LATE("step.sent.late", "peer", "wait"),
    /** A reason, and the one behind it. */
    BECAUSE("text.because", "what", "why"),
    BECAUSE_THERE("text.because.there", "what", "why"),
    /** With what: the drop's reason, or what a rule rejected with. */
    ENDED("step.ended", "why", "with"),
    CONNTRACK("step.conntrack", "state", "why"),
    CONNTRACK_REPLY("step.conntrack.reply", "state", "why"),
    CHANGED("step.changed", "changes", "why"),
    CHANGES("step.changes", "one", "more"),
    CHANGE("step.change", "field", "before", "after"),
    CANDIDATES("step.candidates", "names"),
    CANDIDATES_WITHOUT("step.candidates.without", "names", "others"),
    /** What an ICMP error is about. */
    QUOTING("step.quoting", "packet", "quoted"),
    /** Where a hop is, and by which device its packet came in. */
    PLACE("step.place", "place", "device"),

    /** The fields of {@link dev.podhop.packet.HeaderDiff}, for {@code {field:field}}. */
    FIELD_SOURCE("field.source"),
    FIELD_DESTINATION("field.destination"),
    FIELD_QUOTED("field.quoted"),
    FIELD_TTL("field.ttl"),
    FIELD_MARK("field.mark");

    private final Wording wording;

    Phrase(String code, String... arguments) {
        this.wording = Wording.of(code, arguments);
    }

    @Override
    public Wording wording() {
        return wording;
    }
}
