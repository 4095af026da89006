package dev.podhop.netstack.conntrack;

/** Hears of entries as {@code conntrack -E} does; for the state log. */
@FunctionalInterface
public interface ConntrackListener {

    /** The three kinds of event, as {@code conntrack -E} prints them in brackets. */
    enum Change {
        NEW,
        /** The TCP state moved, or the first reply or ASSURED came. */
        UPDATE,
        DESTROY
    }

    /**
     * An entry changed.
     *
     * @param timeNanos when; an expired entry is found late, but the time is that of its expiry
     * @param entry as it is after the change, or was before its end
     */
    void changed(long timeNanos, Change change, ConntrackEntry entry);
}
