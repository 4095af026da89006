package dev.podhop.run.odds;

import dev.podhop.run.odds.Explorer.Branch;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.OddsResult.ResultOdds;
import dev.podhop.run.stage.Flow;
import dev.podhop.trace.Explanation;
import dev.podhop.workload.ResultKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.fraction.BigFraction;

/** Adds branches up to probabilities. */
public final class OddsBook {

    private OddsBook() {}

    public static FlowOdds of(Flow flow, List<Branch> branches, List<Explanation> notes) {
        Map<ResultKey, BigFraction> sums = new TreeMap<>();
        BigFraction explored = BigFraction.ZERO;
        for (Branch branch : branches) {
            sums.merge(ResultKey.of(branch.result()), branch.probability(), BigFraction::add);
            explored = explored.add(branch.probability());
        }
        List<ResultOdds> results = sums.entrySet().stream()
                .map(e -> new ResultOdds(e.getKey(), e.getValue())).toList();
        return new FlowOdds(flow.send().flow(), flow.client().label(),
                flow.send().to().toString(), flow.send().protocol(), results, branches.size(),
                explored, notes);
    }
}
