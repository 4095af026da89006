package dev.podhop.nodedump;

import dev.podhop.k8s.source.Location;
import java.util.List;

/**
 * A rule of a dump.
 *
 * @param text in which what is of no effect is left out, and the rest in one order
 * @param printed as it stands in the dump, without counters
 */
public record DumpedRule(List<RuleCondition> conditions, RuleVerdict verdict, String text,
        String printed, Location where) {

    public DumpedRule {
        conditions = List.copyOf(conditions);
    }
}
