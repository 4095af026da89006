package dev.podhop.reports.picture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a picture is about: a cluster, its life, and of the packets in view where they come by.
 *
 * @param visits the hops of the attempt in view; of all attempts none
 * @param visited labels of the places that packets in view come by
 * @param deciding the place where the fate of the attempt was decided; empty for none
 */
public record Subject(Wiring wiring, Life life, List<Visit> visits, Set<String> visited,
        String deciding) {

    /** Of one attempt. */
    public static Subject of(Wiring wiring, Life life, List<Visit> visits, String deciding) {
        Set<String> visited = new LinkedHashSet<>();
        visits.forEach(each -> visited.add(each.place()));
        return new Subject(wiring, life, visits, visited, deciding);
    }

    /** Of all attempts at once. */
    public static Subject of(Wiring wiring, Life life) {
        Set<String> visited = new LinkedHashSet<>();
        wiring.spaces().stream().map(Wiring.Space::label).filter(wiring::visited)
                .forEach(visited::add);
        return new Subject(wiring, life, List.of(), visited, "");
    }

    Captions said(PictureWords words) {
        Map<String, List<List<String>>> notes = new LinkedHashMap<>();
        Set<String> balancers = new LinkedHashSet<>();
        Set<String> lost = new LinkedHashSet<>();
        for (Visit visit : visits) {
            List<String> lines = translations(visit, visit.steps(), words);
            if (!lines.isEmpty()) {
                notes.computeIfAbsent(visit.place(), place -> new ArrayList<>()).add(lines);
            }
            if (visit.isBadEnd()) {
                lost.add(visit.place());
            }
            if (visit.balancer() != null) {
                balancers.add(visit.balancer());
            }
        }
        return new Captions(words, life, balancers, notes, lost);
    }

    /** What a hop replaced until a step, each as {@code dst old → new}. */
    static List<String> translations(Visit visit, int step, PictureWords words) {
        return visit.changes().stream().filter(each -> each.step() <= step)
                .map(each -> (each.field().equals("source") ? words.get("note.source")
                        : each.field().equals("destination") ? words.get("note.destination")
                        : each.field()) + " " + each.before() + " → " + each.after())
                .toList();
    }
}
