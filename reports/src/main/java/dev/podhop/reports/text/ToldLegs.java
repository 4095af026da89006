package dev.podhop.reports.text;

import dev.podhop.trace.Hop;
import dev.podhop.trace.Legs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Sorts a trace's hops into legs, so that packets that are under way together are told apart. */
final class ToldLegs {

    private ToldLegs() {}

    /** The legs in the order in which their packets were made; ARP's only when asked for. */
    static List<ToldLeg> of(List<Hop> hops, boolean arp) {
        return numbered(Legs.of(hops), arp);
    }

    /** Numbers are given to what is shown only, so that none is missing. */
    private static List<ToldLeg> numbered(Legs ways, boolean arp) {
        List<ToldLeg> legs = new ArrayList<>();
        List<ToldLeg> all = new ArrayList<>();
        ways.all().forEach(way -> all.add(new ToldLeg(0, 0, false, way, ways.role(way))));
        Set<Integer> drawn = all.stream().flatMapToInt(ToldLeg::drawnPorts).boxed()
                .collect(Collectors.toSet());
        Map<List<String>, Integer> known = new HashMap<>();
        for (ToldLeg each : all) {
            if (each.leg().isArp() && !arp) {
                continue;
            }
            int number = legs.size() + 1;
            Integer like = known.putIfAbsent(each.signature(drawn), number);
            boolean redrawn = like != null && !each.signature(Set.of())
                    .equals(legs.get(like - 1).signature(Set.of()));
            legs.add(new ToldLeg(number, like == null ? 0 : like, redrawn, each.leg(),
                    each.role()));
        }
        return legs;
    }
}
