package dev.podhop.run.result;

import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.evidence.Cited;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Legs;
import dev.podhop.workload.AttemptResult;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, hop by hop.
 *
 * @param attempt how it ended
 * @param hops all hops of its packets, in order; ARP exchanges included
 * @param odds probabilities of the flow that it is an attempt of
 * @param diagnosis what went wrong; null when nothing did
 * @param backdrop the cluster around it
 */
public record TraceResult(AttemptResult attempt, List<Hop> hops, OddsResult.FlowOdds odds,
        @Nullable Diagnosis diagnosis, Backdrop backdrop) {

    public TraceResult {
        hops = List.copyOf(hops);
    }

    /** Id of the hop in which it was decided, else where the answer arrived; 0 for none. */
    public long decidingHop() {
        return diagnosis != null ? diagnosis.decidingHop()
                : Legs.of(hops).answer(attempt.local()).map(Hop::id).orElse(0L);
    }

    /**
     * What went wrong, and what was tried against it.
     *
     * @param what in plain words, as a code
     * @param decidingHop id of the hop in which it was decided
     * @param expectedReply namespaces that the reply should have crossed, server first; empty when
     *        there was no reply to miss
     * @param takenReply namespaces that it crossed
     * @param fixes each was run again with its change in place, best first
     * @param evidence the lines of the files that it rests on, each once
     */
    public record Diagnosis(Explanation what, long decidingHop, List<String> expectedReply,
            List<String> takenReply, List<Fix> fixes, List<Cited> evidence) {

        public Diagnosis {
            expectedReply = List.copyOf(expectedReply);
            takenReply = List.copyOf(takenReply);
            fixes = List.copyOf(fixes);
            evidence = List.copyOf(evidence);
        }

        /** The same in other words. */
        public Diagnosis saying(Explanation words) {
            return new Diagnosis(words, decidingHop, expectedReply, takenReply, fixes,
                    evidence);
        }
    }

    /**
     * A change that was tried.
     *
     * @param what the change, as a code
     * @param settings the change as {@code --set} takes it, laid over the file
     * @param to the target to be called instead; null where the target stays
     * @param failureBefore probability that an attempt fails without it
     * @param failureAfter the same with it, from {@code odds} run again
     * @param kubectl the change as commands for the cluster; none where it is of no object
     */
    public record Fix(Explanation what, List<String> settings, @Nullable FlowTarget to,
            BigFraction failureBefore, BigFraction failureAfter, List<String> kubectl) {

        public Fix {
            settings = List.copyOf(settings);
            kubectl = List.copyOf(kubectl);
        }

        /** One whose commands nobody has worked out. */
        public Fix(Explanation what, List<String> settings, @Nullable FlowTarget to,
                BigFraction failureBefore, BigFraction failureAfter) {
            this(what, settings, to, failureBefore, failureAfter, List.of());
        }

        /** The same with the commands that make the change. */
        public Fix by(List<String> commands) {
            return new Fix(what, settings, to, failureBefore, failureAfter, commands);
        }

        /** The change as options of {@code trace} and {@code odds}, one a line of a script. */
        public List<String> options() {
            List<String> options = new ArrayList<>();
            settings.forEach(setting -> options.add("--set " + quoted(setting)));
            if (to != null) {
                options.add("--to " + quoted(to.toString()));
            }
            return options;
        }

        /** As a shell takes it for one word. */
        private static String quoted(String word) {
            return word.matches("[\\w.,:/=@%+-]+") ? word
                    : "'" + word.replace("'", "'\\''") + "'";
        }
    }
}
