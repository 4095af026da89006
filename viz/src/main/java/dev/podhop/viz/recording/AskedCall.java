package dev.podhop.viz.recording;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One call that no file has: who calls whom, in the words of a scenario file.
 *
 * @param from {@code pod/client}
 * @param to {@code service/web:80}
 * @param udp whether by UDP instead of TCP
 * @param atNanos when, in virtual time; empty for before anything happens
 * @param answer of the ways in which it can end the one to show; empty for the likeliest failure
 */
public record AskedCall(String from, String to, boolean udp, OptionalLong atNanos,
        Optional<Answer> answer) {

    /**
     * A way to end.
     *
     * @param endpoint who answers; empty where that does not matter
     */
    public record Answer(String outcome, Optional<String> endpoint) {}

    /** The same call, ending so. */
    public AskedCall ending(Answer such) {
        return new AskedCall(from, to, udp, atNanos, Optional.of(such));
    }
}
