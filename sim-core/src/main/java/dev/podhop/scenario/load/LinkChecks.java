package dev.podhop.scenario.load;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.source.Problems;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.LatencySpec;
import dev.podhop.scenario.LinkQuality;
import dev.podhop.scenario.LinkRef;
import dev.podhop.scenario.load.References.Place;
import java.util.HashSet;
import java.util.Set;

/**
 * What a link can be made: a delay that jitters by more than itself would arrive before it was
 * sent. Of a link that an event has changed before only what both keys say is known here; the rest
 * is told when it happens.
 */
final class LinkChecks {

    private final LatencySpec usual;
    private final Problems problems;
    private final Set<LinkRef> changed = new HashSet<>();

    LinkChecks(LatencySpec usual, Problems problems) {
        this.usual = usual;
        this.problems = problems;
    }

    void check(Event.Impair impair, Place at) {
        LinkQuality quality = switch (impair.target().end()) {
            case POD -> usual.pod();
            case NODE -> usual.node();
            case EXTERNAL -> usual.external();
        };
        Long latency = impair.latencyNanos();
        Long jitter = impair.jitterNanos();
        boolean known = changed.add(impair.target()) || latency != null && jitter != null;
        long most = latency == null ? quality.meanNanos() : latency;
        long wanted = jitter == null ? quality.jitterNanos() : jitter;
        if (known && wanted > most) {
            problems.unexpected(at.where(), at.path(), "a jitter of " + SimTime.format(wanted),
                    "at most the latency, which is " + SimTime.format(most) + " then");
        }
    }
}
