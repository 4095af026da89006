package dev.podhop.run;

import dev.podhop.cluster.Labels;
import dev.podhop.k8s.NetworkPolicy;
import dev.podhop.k8s.Pod;
import dev.podhop.run.result.FlowResult;
import dev.podhop.run.result.OddsResult;
import dev.podhop.run.result.ResultCount;
import dev.podhop.run.result.RunReason;
import dev.podhop.run.stage.Stage;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Names;
import dev.podhop.trace.Explanation;
import dev.podhop.workload.ResultKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * NetworkPolicies that select the calling or the answering pod of a flow: they are not simulated,
 * and whoever reads its outcome must know.
 */
final class PolicyNotes {

    private final List<NetworkPolicy> policies;
    private final Map<String, Pod> pods = new LinkedHashMap<>();

    PolicyNotes(LoadedScenario scenario, Stage stage) {
        this.policies = scenario.policies();
        if (!policies.isEmpty()) {
            Stream.concat(scenario.objects(Pod.class), stage.controlPlane().pods().stream())
                    .forEach(pod -> pods.put(Labels.pod(pod.metadata()), pod));
        }
    }

    /** Of a flow with its odds. */
    OddsResult.FlowOdds on(OddsResult.FlowOdds odds) {
        return policies.isEmpty() ? odds
                : odds.with(about(odds.from(), odds.to(),
                        odds.results().stream().map(OddsResult.ResultOdds::key).toList()));
    }

    /** Of a flow that ran. */
    FlowResult on(FlowResult flow) {
        return policies.isEmpty() ? flow
                : flow.withPolicies(about(flow.from(), flow.to(),
                        flow.results().stream().map(ResultCount::key).toList()));
    }

    private List<Explanation> about(String from, String to, List<ResultKey> results) {
        Set<String> answering = new LinkedHashSet<>();
        results.stream().map(ResultKey::endpoint).filter(Objects::nonNull)
                .forEach(answering::add);
        answering.add(to.substring(0, Math.max(0, to.lastIndexOf(':'))));
        List<Explanation> notes = new ArrayList<>();
        for (NetworkPolicy policy : policies) {
            Pod caller = pods.get(from);
            if (policy.egress() && caller != null && policy.selects(caller)) {
                notes.add(note(RunReason.POLICY_EGRESS, policy, from));
            }
            List<String> selected = answering.stream()
                    .filter(label -> pods.containsKey(label) && policy.selects(pods.get(label)))
                    .toList();
            if (policy.ingress() && !selected.isEmpty()) {
                notes.add(note(RunReason.POLICY_INGRESS, policy, String.join(", ", selected)));
            }
        }
        return notes;
    }

    private static Explanation note(RunReason reason, NetworkPolicy policy, String pods) {
        return reason.with("policy", Names.qualified(policy.namespace(), policy.name()), "pods",
                pods, "where", policy.where().toString());
    }
}
