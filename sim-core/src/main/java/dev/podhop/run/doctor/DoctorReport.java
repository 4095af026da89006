package dev.podhop.run.doctor;

import dev.podhop.scenario.Assumption;
import java.util.List;

/**
 * What the doctor found.
 *
 * @param file as the user named it
 * @param faults the worst first
 * @param tried what was looked at
 * @param assumptions what the file leaves open and how it was filled in
 * @param notes what else is to be known about it, a line each
 */
public record DoctorReport(String file, List<Fault> faults, Tried tried,
        List<Assumption> assumptions, List<String> notes) {

    public DoctorReport {
        faults = List.copyOf(faults);
        assumptions = List.copyOf(assumptions);
        notes = List.copyOf(notes);
    }

    /**
     * How much was looked at.
     *
     * @param calls each from one of a class of callers
     * @param attempts ways in which they can go, each followed to its end
     * @param dumped nodes whose tools' output was there
     */
    public record Tried(int services, int nodes, int pods, int calls, long attempts,
            List<String> dumped) {}

    /** Whether something is at least that bad. */
    public boolean has(Severity severity) {
        return faults.stream().anyMatch(f -> f.severity().isAtLeast(severity));
    }
}
