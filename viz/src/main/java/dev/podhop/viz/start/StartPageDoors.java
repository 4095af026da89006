package dev.podhop.viz.start;

import dev.podhop.viz.recording.AskedCall;

/** Where the start page leads to. */
public interface StartPageDoors {

    /** Leads nowhere: of a picture. */
    StartPageDoors NONE = new StartPageDoors() {};

    /** Follows an attempt of the run, by its index. */
    default void open(int attempt) {}

    /** Asks a call, and shows an attempt of it. */
    default void ask(AskedCall question) {}

    /** Has somebody asked who is to call a target. */
    default void askTo(String target) {}

    /** Shows what lies behind the page. */
    default void close() {}
}
