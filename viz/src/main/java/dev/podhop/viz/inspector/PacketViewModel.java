package dev.podhop.viz.inspector;

import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.style.ViewerWords;
import java.util.ArrayList;
import java.util.List;

/** The packet as it came to the hop under the cursor, beside what it is after the cursor's step. */
public final class PacketViewModel {

    private final PlaybackViewModel playback;
    private final ViewerWords words;

    /** A field of the header. */
    record Row(String field, String before, String after) {
        boolean changed() {
            return !before.equals(after);
        }
    }

    public PacketViewModel(PlaybackViewModel playback, ViewerWords words) {
        this.playback = playback;
        this.words = words;
    }

    PlaybackViewModel playback() {
        return playback;
    }

    /** A row a field. */
    List<Row> rows() {
        int hop = playback.hop().get();
        if (hop < 0) {
            return List.of();
        }
        Hop here = playback.recording().hop(hop);
        Header before = here.header();
        Header after = before;
        for (int i = 0; i <= playback.step().get(); i++) {
            after = switch (here.steps().get(i)) {
                case Step.Nat nat -> nat.after();
                case Step.Passed passed -> passed.header();
                case Step.Transmitted sent -> sent.header();
                case Step.Delivered delivered -> delivered.header();
                case Step.Dropped dropped -> dropped.header();
                case Step.Rejected rejected -> rejected.header();
                default -> after;
            };
        }
        return rows(before, after);
    }

    private List<Row> rows(Header before, Header after) {
        List<Row> rows = new ArrayList<>();
        boolean arp = before.etherType() == EtherType.ARP;
        rows.add(row("what", before.what(), after.what()));
        rows.add(row("source", text(before.source()), text(after.source())));
        if (!arp && !before.protocol().isIcmp()) {
            rows.add(row("source-port", text(before.sourcePort()),
                    text(after.sourcePort())));
        }
        rows.add(row("destination", text(before.destination()), text(after.destination())));
        if (!arp && !before.protocol().isIcmp()) {
            rows.add(row("destination-port", text(before.destinationPort()),
                    text(after.destinationPort())));
        }
        if (before.inner() != null) {
            rows.add(row("quotes", text(before.inner()), String.valueOf(after.inner())));
        }
        if (!arp) {
            rows.add(row("ttl", text(before.ttl()), text(after.ttl())));
            rows.add(row("length", bytes(before.length()), bytes(after.length())));
            rows.add(row("mark", "0x" + Integer.toHexString(before.mark()),
                    "0x" + Integer.toHexString(after.mark())));
        }
        return rows;
    }

    private Row row(String field, String before, String after) {
        return new Row(words.get("packet." + field), before, after);
    }

    private String bytes(int length) {
        return words.get("packet.bytes", length);
    }

    private static String text(Object value) {
        return value.toString();
    }
}
