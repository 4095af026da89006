package dev.podhop.reports.picture;

import dev.podhop.reports.picture.Layout.Spot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ways through a node: in at one door, by the plates of the hooks, out at the other. What was only
 * bridged stays in the bridge.
 */
final class NodeTrack {

    private final Spot node;
    private final @Nullable Point from;
    private final @Nullable Point to;

    NodeTrack(Spot node, @Nullable Point from, @Nullable Point to) {
        this.node = node;
        this.from = from;
        this.to = to;
    }

    /** As a visit went. */
    Track of(Visit visit, @Nullable Point towards) {
        if (isBridged(visit)) {
            return bridged();
        }
        HookPlates hooks = node.hooks();
        return hooks == null ? plain() : by(hooks, stops(visit), towards);
    }

    private boolean isBridged(Visit visit) {
        boolean pods = from != null && node.isBelow(from) && (to == null || node.isBelow(to));
        return pods && !visit.hooks() && visit.end() == null
                && (to != null || visit.ended() != Visit.Ended.DELIVERED);
    }

    /** In, through FORWARD, out: or from a socket out, or into one. */
    Track routed() {
        HookPlates hooks = node.hooks();
        if (hooks == null) {
            return plain();
        }
        List<String> stops = new ArrayList<>();
        stops.add(from == null ? "OUTPUT" : "PREROUTING");
        if (from != null) {
            stops.add(to == null ? "INPUT" : "FORWARD");
        }
        if (to != null) {
            stops.add("POSTROUTING");
        }
        return by(hooks, stops, to);
    }

    /** The hooks of a visit, with those that it passed without anything to tell. */
    private List<String> stops(Visit visit) {
        List<String> met = new ArrayList<>(visit.stops().stream().map(Visit.Stop::hook).toList());
        String end = visit.end();
        if (end != null && !met.contains(end)) {
            met.add(end);
        }
        String door = from == null ? "OUTPUT" : "PREROUTING";
        if (!met.contains(door)) {
            met.addFirst(door);
        }
        boolean between = met.stream().anyMatch(hook -> !HookPlates.isDoor(hook));
        boolean leaves = to != null || "POSTROUTING".equals(end);
        if (leaves && !met.contains("POSTROUTING")) {
            met.add("POSTROUTING");
        }
        if (!between && leaves) {
            met.add(met.indexOf("POSTROUTING"), "FORWARD");
        }
        return met;
    }

    private Track by(HookPlates hooks, List<String> stops, @Nullable Point towards) {
        boolean in = from != null && node.isBelow(from);
        Point leaves = to == null ? towards : to;
        boolean out = leaves != null && node.isBelow(leaves);
        Track.Builder way = new Track.Builder();
        if (from != null) {
            enter(way, hooks, from);
        }
        String before = "";
        for (String hook : stops) {
            boolean below = hook.equals("POSTROUTING") ? out : in;
            Point stand = hooks.stand(hook, below);
            lane(way, hooks, before, hook, stand);
            way.stand(hooks, hook, below);
            before = hook;
        }
        if (to != null) {
            leave(way, hooks, to);
        }
        return way.build();
    }

    /** From stand to stand along the lane between a door and the middle. */
    private static void lane(Track.Builder way, HookPlates hooks, String before, String hook,
            Point stand) {
        if (before.isEmpty()) {
            return;
        }
        boolean out = hook.equals("POSTROUTING");
        if (out || before.equals("PREROUTING")) {
            double x = hooks.lane(out);
            way.to(x, hooks.middle());
            if (out) {
                way.to(x, stand.y());
            }
        }
    }

    private void enter(Track.Builder way, HookPlates hooks, Point port) {
        boolean below = node.isBelow(port);
        way.to(port);
        bar(way, port, below);
        way.to(hooks.gate(), hooks.level(below));
    }

    private void leave(Track.Builder way, HookPlates hooks, Point port) {
        boolean below = node.isBelow(port);
        way.to(hooks.gate(), hooks.level(below));
        Track.Builder end = new Track.Builder().to(port);
        bar(end, port, below);
        end.build().points().reversed().forEach(way::to);
    }

    /** Along the bridge, from a pod's port to the gate. */
    private void bar(Track.Builder way, Point port, boolean below) {
        if (below) {
            double level = level();
            way.to(port.x(), level);
            way.to(gate(), level);
        }
    }

    /** The height at which packets run in the bridge, or above the pods where there is none. */
    private double level() {
        Point pods = node.ports().getOrDefault(NodeFrame.PODS, node.stand());
        return pods.y() - (node.bridge() == null ? 4 : 6);
    }

    private double gate() {
        return node.hooks() == null ? node.stand().x() : node.hooks().gate();
    }

    private Track bridged() {
        Track.Builder way = new Track.Builder();
        if (from != null) {
            way.to(from).rest(new Point(from.x(), level()));
            if (to != null) {
                way.to(to.x(), level()).to(to);
            }
        }
        return way.build();
    }

    /** Without hooks to pass: down or up the middle. */
    private Track plain() {
        Track.Builder way = new Track.Builder();
        if (from != null) {
            way.to(from);
            bar(way, from, node.isBelow(from));
        }
        way.rest(node.stand());
        if (to != null) {
            Track.Builder end = new Track.Builder().to(to);
            bar(end, to, node.isBelow(to));
            end.build().points().reversed().forEach(way::to);
        }
        return way.build();
    }
}
