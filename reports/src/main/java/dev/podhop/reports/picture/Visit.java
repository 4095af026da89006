package dev.podhop.reports.picture;

import dev.podhop.net.Hook;
import dev.podhop.packet.Header;
import dev.podhop.packet.HeaderDiff;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hop as a drawing needs it: where, in by what, out by what, what changed, how it ended.
 *
 * @param place label of the namespace
 * @param in the device that it came in by; null where it was made here
 * @param out the device that it left by; null where it ended here
 * @param hooks whether netfilter saw it, so that its way leads through the kernel's hooks
 * @param balancer the load balancer that chose a backend; null for none
 * @param addresses source and destination at arrival
 * @param ended how the visit ended
 * @param reason the name of the reason of a drop, or what it was rejected with; else empty
 * @param changes address translations, in order
 * @param stops the netfilter hooks that it met, each once, in order
 * @param end the hook where it ended; null where it went on, or where there are none
 * @param towards the device that it was routed to, sent or not; null for none
 */
public record Visit(String place, @Nullable String in, @Nullable String out, boolean hooks,
        @Nullable String balancer, PacketKind kind, String addresses, Ended ended, String reason,
        List<Change> changes, List<Stop> stops, int steps, @Nullable String end,
        @Nullable String towards) {

    /** A hook, and the number of the first step there. */
    public record Stop(String hook, int step) {}

    /** How a visit ended. */
    public enum Ended {
        SENT,
        DELIVERED,
        DROPPED,
        REJECTED,
        /** Went on as copies. */
        SPREAD
    }

    /**
     * An address translation.
     *
     * @param step number of the step that made it
     * @param field {@code source} or {@code destination}
     */
    public record Change(int step, String field, String before, String after) {}

    /** What a drawing needs of a hop. */
    public static Visit of(Hop hop) {
        String in = hop.entry() instanceof Step.Received received ? received.device() : null;
        String out = hop.terminal() instanceof Step.Transmitted sent ? sent.device() : null;
        boolean hooks = false;
        String balancer = null;
        List<Change> changes = new ArrayList<>();
        List<Stop> stops = new ArrayList<>();
        for (int i = 0; i < hop.steps().size(); i++) {
            Step step = hop.steps().get(i);
            String hook = step instanceof Step.Conntrack ? asked(hop) : hook(step);
            hooks |= hook != null;
            if (hook != null && stops.stream().noneMatch(stop -> stop.hook().equals(hook))) {
                stops.add(new Stop(hook, i));
            }
            if (step instanceof Step.BackendChoice choice) {
                balancer = choice.loadBalancer();
            }
            if (step instanceof Step.Nat nat) {
                for (HeaderDiff.Change each : HeaderDiff.between(nat.before(), nat.after())
                        .changes()) {
                    changes.add(new Change(i, each.field(), each.before(), each.after()));
                }
            }
        }
        Header header = hop.header();
        return new Visit(hop.place().label(), in, out, hooks, balancer, PacketKind.of(header),
                header.addresses(), ended(hop), reason(hop), changes, stops,
                hop.steps().size(), Ends.of(hop, stops), towards(hop, out));
    }

    private static @Nullable String towards(Hop hop, @Nullable String out) {
        String towards = out;
        for (Step step : hop.steps()) {
            if (out == null && step instanceof Step.Route route && route.device() != null) {
                towards = route.device();
            }
        }
        return towards;
    }

    /** The hook at which conntrack is asked ({@code nf_conntrack_in}): the first one there is. */
    private static String asked(Hop hop) {
        return (hop.entry() instanceof Step.Received ? Hook.PREROUTING : Hook.OUTPUT).name();
    }

    /** Whether it met a hook. */
    public boolean met(String hook) {
        return stops.stream().anyMatch(stop -> stop.hook().equals(hook));
    }

    /** The last hook that it met until a step; null for none. */
    public @Nullable String hookUntil(int step) {
        return stops.stream().filter(stop -> stop.step() <= step)
                .reduce((first, second) -> second).map(Stop::hook).orElse(null);
    }

    /** The netfilter hook at which a step happened; null for none. */
    public static @Nullable String hook(Step step) {
        return switch (step) {
            case Step.RuleWalk walk -> walk.hook().name();
            case Step.Nat nat -> nat.hook().name();
            default -> null;
        };
    }

    private static Ended ended(Hop hop) {
        return switch (hop.terminal()) {
            case Step.Transmitted t -> Ended.SENT;
            case Step.Delivered d -> Ended.DELIVERED;
            case Step.Dropped d -> Ended.DROPPED;
            case Step.Rejected r -> Ended.REJECTED;
            case Step.Spread s -> Ended.SPREAD;
        };
    }

    private static String reason(Hop hop) {
        return switch (hop.terminal()) {
            case Step.Dropped dropped -> dropped.reason().name();
            case Step.Rejected rejected -> rejected.with();
            default -> "";
        };
    }

    /** Lost, and not a frame for others: those end everywhere, and mean nothing. */
    public boolean isBadEnd() {
        return lost() && !reason.equals("OTHERHOST") && kind != PacketKind.ARP;
    }

    /** Whether the packet ended here and nobody took it. */
    public boolean lost() {
        return ended == Ended.DROPPED || ended == Ended.REJECTED;
    }
}
