package dev.podhop.reports.text;

import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Sorts a trace's hops into legs, so that packets that are under way together are told apart. */
final class Legs {

    private Legs() {}

    /** The legs in the order in which their packets were made; ARP's only when asked for. */
    static List<Leg> of(List<Hop> hops, boolean arp) {
        List<Hop> inOrder = new ArrayList<>(hops);
        inOrder.sort(Comparator.comparingLong(Hop::id));
        Map<Long, List<Hop>> ways = new LinkedHashMap<>();
        Map<Long, List<Hop>> wayOf = new HashMap<>();
        for (Hop hop : inOrder) {
            // What a host makes or copies is a new packet: only what it receives goes on.
            List<Hop> way = hop.entry() instanceof Step.Received ? wayOf.get(hop.parent()) : null;
            if (way == null) {
                way = new ArrayList<>();
                ways.put(hop.id(), way);
            }
            way.add(hop);
            wayOf.put(hop.id(), way);
        }
        return numbered(ways.values(), arp);
    }

    /** Numbers are given to what is shown only, so that none is missing. */
    private static List<Leg> numbered(Iterable<List<Hop>> ways, boolean arp) {
        List<Leg> legs = new ArrayList<>();
        List<Leg> all = new ArrayList<>();
        ways.forEach(way -> all.add(new Leg(0, 0, false, List.copyOf(way))));
        Set<Integer> drawn = all.stream().flatMapToInt(Leg::drawnPorts).boxed()
                .collect(Collectors.toSet());
        Map<List<String>, Integer> known = new HashMap<>();
        for (Leg each : all) {
            if (each.isArp() && !arp) {
                continue;
            }
            int number = legs.size() + 1;
            Integer like = known.putIfAbsent(each.signature(drawn), number);
            boolean redrawn = like != null && !each.signature(Set.of())
                    .equals(legs.get(like - 1).signature(Set.of()));
            legs.add(new Leg(number, like == null ? 0 : like, redrawn, each.hops()));
        }
        return legs;
    }
}
