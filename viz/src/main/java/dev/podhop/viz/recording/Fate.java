package dev.podhop.viz.recording;

import dev.podhop.run.result.TraceResult.Diagnosis;
import dev.podhop.workload.AttemptResult;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** The hop of an attempt to look at first: where its packet died, or where its answer arrived. */
final class Fate {

    private final Recording recording;

    Fate(Recording recording) {
        this.recording = recording;
    }

    /**
     * The hop that decided an attempt, or {@link Recording#NONE} for one without hops.
     *
     * <p>Of a failed attempt it is the first bad end at or after the hop that the diagnosis names:
     * what was lost before that did not matter. Without a bad end it is the diagnosis' own hop. Of
     * an answered attempt it is the arrival of the answer.
     */
    int of(int attempt) {
        int[] hops = recording.hopsOf(attempt);
        if (hops.length == 0) {
            return Recording.NONE;
        }
        Optional<Diagnosis> diagnosis = recording.diagnosis(attempt);
        if (diagnosis.isEmpty()) {
            return arrival(attempt, hops);
        }
        int decided = recording.indexOf(diagnosis.get().decidingHop());
        return ends(hops).filter(hop -> hop >= decided).findFirst()
                .orElseGet(() -> ends(hops).findFirst()
                        .orElse(decided >= 0 ? decided : hops[hops.length - 1]));
    }

    /** Bad ends of the packets that the attempt is about; ARP and flooded copies are not. */
    private IntStream ends(int[] hops) {
        return Arrays.stream(hops).filter(recording::lost)
                .filter(hop -> recording.legs().role(hop) != Role.NEIGHBOUR);
    }

    private int arrival(int attempt, int[] hops) {
        AttemptResult result = recording.attempt(attempt);
        IntStream answers = Arrays.stream(hops)
                .filter(hop -> recording.legs().role(hop) == Role.REPLY
                        && recording.visit(hop).ended() == Visit.Ended.DELIVERED);
        int[] arrivals = answers.toArray();
        // The last of them closes the connection; the answer is what carries data.
        return result == null || arrivals.length == 0 ? hops[hops.length - 1]
                : Arrays.stream(arrivals)
                        .filter(hop -> recording.visit(hop).kind().carriesData()).findFirst()
                        .orElse(arrivals[arrivals.length - 1]);
    }
}
