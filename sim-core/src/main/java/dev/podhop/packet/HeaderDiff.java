package dev.podhop.packet;

import java.util.ArrayList;
import java.util.List;

/** What a rewrite changed, field by field. */
public record HeaderDiff(List<Change> changes) {

    /** One field's change, {@code old -> new}. */
    public record Change(String field, String before, String after) {}

    public HeaderDiff {
        changes = List.copyOf(changes);
    }

    /** The differences between two headers of one packet; empty when nothing changed. */
    public static HeaderDiff between(Header before, Header after) {
        List<Change> changes = new ArrayList<>();
        compare(changes, "source", before.source().withPort(before.sourcePort()),
                after.source().withPort(after.sourcePort()));
        compare(changes, "destination", before.destination().withPort(before.destinationPort()),
                after.destination().withPort(after.destinationPort()));
        compare(changes, "quoted", String.valueOf(before.inner()), String.valueOf(after.inner()));
        compare(changes, "ttl", String.valueOf(before.ttl()), String.valueOf(after.ttl()));
        compare(changes, "mark", Integer.toHexString(before.mark()),
                Integer.toHexString(after.mark()));
        return new HeaderDiff(changes);
    }

    private static void compare(List<Change> changes, String field, String before, String after) {
        if (!before.equals(after)) {
            changes.add(new Change(field, before, after));
        }
    }
}
