package dev.podhop.viz.topology;

import dev.podhop.trace.Role;
import dev.podhop.viz.recording.PacketKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is drawn over the ground at one moment.
 *
 * @param trails the way that led to the cursor, a leg each, the first packet's first
 * @param tokens packets under way; empty where there are too many to tell apart
 * @param loads packets a wire, where there are too many
 * @param marks where packets ended badly, until the cursor
 * @param notes address translations at the places that made them
 * @param ghost where the answer was expected to go; null where it went there
 * @param place where the packet under the cursor is; null for nowhere
 * @param hooks the netfilter hooks that the way met, at the doors where it met them
 * @param lit labels of places that a lesson points at
 */
record Scenery(List<Trail> trails, List<Token> tokens, List<Load> loads, List<Mark> marks,
        List<Note> notes, @Nullable Ghost ghost, @Nullable String place, List<Met> hooks,
        List<String> lit) {

    /** A leg's way so far; numbers stand at the wires, in order. */
    record Trail(Path path, Role role, boolean current, List<String> places,
            List<Number> numbers) {}

    /** A number on a wire. */
    record Number(int value, Point at) {}

    /** A packet; the one under the cursor tells its addresses. */
    record Token(Point at, PacketKind kind, Role role, int hop, boolean current,
            String addresses) {}

    /** How many packets are on a wire, towards its one end and its other. */
    record Load(Point from, Point to, int there, int back) {}

    /** A bad end; more of the same kind at the same place are counted. */
    record Mark(Point at, String place, String reason, int count, int hop) {}

    /** Address translations of a hop. */
    record Note(String place, List<String> lines, Role role, boolean current) {}

    /**
     * A hook that the way met.
     *
     * @param below whether at the door towards the pods
     * @param now whether it is the hook of the step under the cursor
     */
    record Met(String place, String hook, boolean below, Role role, boolean current,
            boolean now) {}

    /**
     * A way that was not taken.
     *
     * @param places along it, in order
     * @param skipped those that the answer never came to
     * @param bypassed nodes that it only crossed in the bridge, past their hooks
     */
    record Ghost(Path path, List<String> places, List<String> skipped, List<String> bypassed) {}
}
