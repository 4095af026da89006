package dev.podhop.viz.events;

import dev.podhop.reports.Amounts;
import dev.podhop.reports.picture.Visit;
import dev.podhop.trace.Hop;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.style.ViewerWords;
import dev.podhop.workload.AttemptResult;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of the event list, and what "only this" means in each column. */
public final class EventsViewModel {

    /** The list's columns; a key each for their words and conditions. */
    enum Column {
        TIME(104, EventRow::time),
        FLOW(76, EventRow::flow),
        WHERE(100, EventRow::where),
        PACKET(66, EventRow::packet),
        WAY(104, EventRow::way),
        VERDICT(96, EventRow::verdict);

        private final int width;
        private final Function<EventRow, String> text;

        Column(int width, Function<EventRow, String> text) {
            this.width = width;
            this.text = text;
        }

        /** How wide it begins, in pixels. */
        int width() {
            return width;
        }

        String text(EventRow row) {
            return text.apply(row);
        }
    }

    private final PlaybackViewModel playback;
    private final Recording recording;
    private final ViewerWords words;

    public EventsViewModel(PlaybackViewModel playback, ViewerWords words) {
        this.playback = playback;
        this.recording = playback.recording();
        this.words = words;
    }

    ShownViewModel shown() {
        return playback.shown();
    }

    PlaybackViewModel playback() {
        return playback;
    }

    int size() {
        return playback.told();
    }

    /** Why the list is empty, in words. */
    String nothing() {
        if (recording.size() == 0) {
            return words.get("events.none.calls");
        }
        return words.get(shown().filter().get().isBlank() ? "events.none.hops"
                : elsewhere() > 0 ? "events.none.here"
                : "events.none", elsewhere());
    }

    /** How many hops of other attempts pass the filter that those of this one do not. */
    int elsewhere() {
        return shown().followed().get() == ShownViewModel.ALL ? 0 : shown().passing();
    }

    /** Shows the hops of all attempts. */
    void showAll() {
        shown().followed().set(ShownViewModel.ALL);
    }

    /** The row at a position of what is shown. */
    EventRow row(int position) {
        int number = shown().hops().get()[position];
        Hop hop = recording.hop(number);
        Visit visit = recording.visit(number);
        String in = visit.in() == null ? "●" : visit.in();
        String way = in + " → " + (visit.out() == null ? "●" : visit.out());
        boolean told = playback.tells(number);
        return new EventRow(number, Amounts.time(hop.timeNanos()), flow(hop.attempt()),
                visit.place(), hop.header().what(), visit.addresses(), told ? way : in + " → ?",
                told ? verdict(visit) : "?", told && visit.lost(),
                told && !visit.changes().isEmpty());
    }

    private String flow(int attempt) {
        AttemptResult known = recording.attempt(attempt);
        return known == null ? "" : known.flow() + " #" + known.number();
    }

    private String verdict(Visit visit) {
        return switch (visit.ended()) {
            case SENT -> words.get(visit.changes().isEmpty() ? "events.sent" : "events.sent.nat");
            case DELIVERED -> "✓ " + words.get("events.delivered");
            case DROPPED -> "✖ " + visit.reason();
            case REJECTED -> "✖ " + visit.reason();
            case SPREAD -> words.get("events.copied");
        };
    }

    /** The filter that holds for rows with the same value in a column; null where none is. */
    @Nullable String condition(EventRow row, Column column) {
        Hop hop = recording.hop(row.number());
        Visit visit = recording.visit(row.number());
        return switch (column) {
            case TIME -> "time==" + hop.timeNanos() + "ns";
            case FLOW -> recording.flow(hop.attempt()) == null ? null
                    : "flow==" + quoted(String.valueOf(recording.flow(hop.attempt())));
            case WHERE -> "namespace==" + quoted(visit.place());
            case PACKET -> "flags==" + quoted(hop.header().what());
            case WAY -> visit.in() == null ? null : "device==" + quoted(visit.in());
            case VERDICT -> switch (visit.ended()) {
                case SENT -> "transmitted";
                case DELIVERED -> "delivered";
                case DROPPED -> "reason==" + visit.reason();
                case REJECTED -> "rejected";
                case SPREAD -> "verdict==Spread";
            };
        };
    }

    private static String quoted(String value) {
        return value.matches("[A-Za-z0-9_./:-]+") ? value : '"' + value + '"';
    }
}
