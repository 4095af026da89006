package dev.podhop.run;

import dev.podhop.netstack.Network;
import dev.podhop.run.stage.Execution;
import dev.podhop.scenario.Invariant;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.expect.Check;
import dev.podhop.scenario.invariant.InvariantInput;
import dev.podhop.scenario.invariant.Invariants;
import dev.podhop.trace.Hop;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds a run against the invariants: conservation always, the others for the attempts that were
 * traced.
 */
final class InvariantChecks {

    private InvariantChecks() {}

    /** A failed check for each violation that the file does not allow. */
    static List<Check> of(LoadedScenario scenario, Execution execution) {
        Network network = execution.stage().cluster().network();
        Set<Long> inUse = new HashSet<>();
        network.packets().forEachInUse(packet -> inUse.add(packet.id));
        List<Hop> hops = execution.recorder().hops().stream()
                .sorted(Comparator.comparingLong(Hop::id)).toList();
        Set<Invariant> allowed = scenario.spec().allowedViolations();
        InvariantInput evidence = new InvariantInput(hops, execution.recorder().changes(), inUse,
                network.underWay());
        return Invariants.check(evidence).stream()
                .filter(violation -> !allowed.contains(violation.invariant()))
                .map(violation -> new Check("invariant", violation.invariant().toString(),
                        Check.Status.FAILED, violation.why()))
                .toList();
    }
}
