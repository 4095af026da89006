package dev.podhop.run.doctor;

import dev.podhop.cloud.LoadBalancerReason;
import dev.podhop.k8s.LabelSelector;
import dev.podhop.net.IpFamily;
import dev.podhop.run.diagnosis.Diagnoser;
import dev.podhop.run.diagnosis.Finding;
import dev.podhop.run.diagnosis.NameHints;
import dev.podhop.run.diagnosis.ObjectWitness;
import dev.podhop.run.diagnosis.WhyNoEndpoint;
import dev.podhop.run.odds.Explorer;
import dev.podhop.run.odds.Explorer.Branch;
import dev.podhop.run.odds.Moments.Moment;
import dev.podhop.run.result.RunReason;
import dev.podhop.run.result.UsageException;
import dev.podhop.run.stage.Flow;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.AttemptResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** Tries calls at one moment, each on a fresh data plane, and says how those fail that do. */
final class Trial {

    /** Of a call's failing attempts so many are followed hop by hop. */
    private static final int MOST_FOLLOWED = 64;

    private final LoadedScenario scenario;
    private final Moment moment;
    private final Surroundings around;
    private final ObjectWitness witness;
    private final NameHints hints;
    private final WhyNoEndpoint endpoints;
    private int calls;
    private long branches;

    Trial(LoadedScenario scenario, Moment moment, Surroundings around) {
        this.around = around;
        this.scenario = scenario;
        this.moment = moment;
        this.witness = new ObjectWitness(scenario, moment.stage());
        this.endpoints = new WhyNoEndpoint(moment.stage().controlPlane().store());
        this.hints = new NameHints(moment.stage().controlPlane());
    }

    /** How many calls were tried. */
    int calls() {
        return calls;
    }

    /** How many attempts of them were followed to their end. */
    long branches() {
        return branches;
    }

    /** The ways in which a call fails; none where it is always answered. */
    List<Symptom> symptoms(Call call) {
        Flow flow;
        try {
            flow = Flow.of(call.send(), moment.stage(), scenario.spec()).getFirst();
        } catch (UsageException nobody) {
            return List.of(); // the caller has no network, or the target no address, to be tried
        }
        Explorer explorer = new Explorer(moment, flow);
        List<Branch> all = explorer.branches();
        calls++;
        branches += all.size();
        BigFraction failing = all.stream()
                .filter(b -> b.result().outcome() != Outcome.Answered)
                .map(Branch::probability).reduce(BigFraction.ZERO, BigFraction::add);
        if (failing.equals(BigFraction.ZERO)) {
            return List.of();
        }
        return followed(call, explorer, failing);
    }

    private static final class Sum {
        private BigFraction share = BigFraction.ZERO;
        private @Nullable AttemptResult attempt;
        private @Nullable Explanation why;
    }

    /** The failing attempts by what went wrong in them. */
    private List<Symptom> followed(Call call, Explorer explorer, BigFraction failing) {
        Map<FaultCode, Sum> sums = new LinkedHashMap<>();
        int[] followed = new int[1];
        explorer.traced((branch, hops) -> {
            if (branch.result().outcome() == Outcome.Answered) {
                return false;
            }
            Explanation why = rooted(call, why(branch, hops));
            FaultCode code = code(call, why);
            Sum sum = sums.computeIfAbsent(code, c -> new Sum());
            sum.share = sum.share.add(branch.probability());
            if (sum.attempt == null) {
                sum.attempt = branch.result();
                sum.why = why;
            }
            return ++followed[0] >= MOST_FOLLOWED;
        });
        // What a retransmission repeats is counted by its share, and shown once.
        BigFraction known = sums.values().stream().map(s -> s.share)
                .reduce(BigFraction.ZERO, BigFraction::add);
        List<Symptom> symptoms = new ArrayList<>();
        sums.forEach((code, sum) -> {
            if (sum.attempt != null && sum.why != null) {
                symptoms.add(new Symptom(call, sum.attempt.outcome(),
                        sum.share.multiply(failing).divide(known), sum.attempt, code, sum.why));
            }
        });
        symptoms.sort(Comparator.comparing(Symptom::share).reversed());
        return symptoms;
    }

    /** Whether pods of the Service wait for a PROXY protocol header, as the file says. */
    private boolean greeted(Call call) {
        return around.endpointPods(call.service()).stream().anyMatch(pod -> scenario.spec()
                .servers().stream().anyMatch(server -> server.proxyProtocol() && LabelSelector
                        .containsAll(pod.metadata().labels(), server.pods())));
    }

    /** With why there is no endpoint behind it, where there is none and no packet met a rule. */
    private Explanation rooted(Call call, Explanation why) {
        if (meant(why).isVague() && greeted(call)) {
            return RunReason.NO_PROXY_HEADER.with("target", call.target().toString(), "pod",
                    Inspections.name(around.endpointPods(call.service()).getFirst()));
        }
        if (Verdicts.ofObjects(why) != null || meant(why) == FaultCode.NO_NAME_SERVER) {
            return why;
        }
        List<IpFamily> families = call.family() != null ? List.of(call.family())
                : call.service().spec().ipFamilies().stream().map(IpFamily::valueOf).toList();
        List<Finding> found = families.stream()
                .flatMap(f -> endpoints.of(call.service(), call.port(), f).stream()).toList();
        return found.isEmpty() || found.size() < families.size() ? why
                : why.because(found.getFirst().what());
    }

    private Explanation why(Branch branch, List<Hop> hops) {
        AttemptResult attempt = branch.result();
        List<Hop> own = hops.stream().filter(h -> h.attempt() == attempt.attempt())
                .sorted(Comparator.comparingLong(Hop::id)).toList();
        Explanation what = new Diagnoser(attempt, own, witness).what();
        return attempt.why() == null ? what : hints.nearest(what, attempt.client());
    }

    /** What a diagnosis means where that door is called by that caller. */
    static FaultCode code(Call call, Explanation why) {
        FaultCode code = meant(why);
        boolean fromWithin = !call.caller().role().isOutside();
        return switch (code) {
            case INTERNAL_LOCAL -> call.door() == Door.CLUSTER_IP ? code : FaultCode.EXTERNAL_LOCAL;
            case NO_TARGET -> call.door() == Door.LOAD_BALANCER && isLoop(why)
                    ? FaultCode.BALANCER_LOOP
                    : code;
            case ANSWER_ASTRAY, SOURCE_CHECK -> call.door() == Door.LOAD_BALANCER && fromWithin
                    ? FaultCode.BALANCER_LOOP
                    : call.door() == Door.NODE_PORT && call.service().spec().isExternalLocal()
                            && fromWithin ? FaultCode.EXTERNAL_LOCAL
                    : call.caller().role() == CallerRole.ENDPOINT ? FaultCode.OWN_HAIRPIN
                    : code;
            default -> code;
        };
    }

    static FaultCode meant(Explanation why) {
        return FaultCode.of(why).map(FaultCode.Meant::code).orElse(FaultCode.LOST);
    }

    /** Whether the load balancer had nobody but the caller itself. */
    private static boolean isLoop(Explanation why) {
        for (Explanation each = why; each != null; each = each.because()) {
            if (each.code().equals(LoadBalancerReason.ONLY_ITSELF.code())) {
                return true;
            }
        }
        return false;
    }
}
