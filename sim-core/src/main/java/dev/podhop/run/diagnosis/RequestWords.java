package dev.podhop.run.diagnosis;

import dev.podhop.cloud.LoadBalancerReason;
import dev.podhop.cluster.BorderReason;
import dev.podhop.cni.CniReason;
import dev.podhop.kubeproxy.KubeProxyReason;
import dev.podhop.netstack.PathReason;
import dev.podhop.packet.CtState;
import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.run.diagnosis.Witness.Testimony;
import dev.podhop.run.result.RunReason;
import dev.podhop.run.result.Waited;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.Step;
import dev.podhop.workload.AttemptResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a packet of the client's did not get where it was to go. */
final class RequestWords {

    private final AttemptResult attempt;
    private final Hop hop;
    private final HopChain way;
    private final Testimony seen;
    private final List<Hop> hops;
    private final String home;
    private final String place;

    /** @param home where the client's sockets are */
    RequestWords(AttemptResult attempt, Hop hop, HopChain way, Testimony seen, List<Hop> hops,
            String home) {
        this.attempt = attempt;
        this.hop = hop;
        this.way = way;
        this.seen = seen;
        this.hops = hops;
        this.home = home;
        this.place = hop.place().label();
    }

    Explanation what() {
        return switch (hop.terminal()) {
            case Step.Rejected rejected -> rejected(rejected);
            case Step.Dropped dropped -> dropped(dropped);
            case Step.Terminal other -> RunReason.UNDER_WAY.with("target",
                    attempt.remote().toString(), "waited", Waited.of(attempt), "place", place);
        };
    }

    private Explanation dropped(Step.Dropped dropped) {
        if (isQuestion()) {
            return seen.behind(RunReason.DROPPED_QUESTION.with("place", place, "reason",
                    dropped.reason().name(), "client", attempt.client()).because(dropped.why()));
        }
        Header header = dropped.header();
        return switch (dropped.reason()) {
            case NO_SOCKET -> sentByRule(header,
                    seen.behind(RunReason.REFUSED_BY_HOST.with("place", place,
                            "port", String.valueOf(header.destinationPort()))));
            case NEIGH_FAILED -> sentByRule(header,
                    seen.behind(RunReason.UNREACHABLE.with("place", place,
                            "address", header.destination().toString())));
            case IP_INNOROUTES, IP_OUTNOROUTES -> unrouted(RunReason.UNROUTED.with("place",
                    place, "address", header.destination().toString()));
            case NETFILTER_DROP -> byRule(dropped);
            default -> seen.behind(RunReason.DROPPED_REQUEST.with("place", place, "reason",
                    dropped.reason().name()).because(dropped.why()));
        };
    }

    /** What the address is, where it means nothing, says more than who else has looked. */
    private Explanation unrouted(Explanation what) {
        return HopChain.rule(hop).filter(rule -> rule.reason() instanceof BorderReason reason
                && reason.isNoRoute())
                .map(what::because).orElseGet(() -> seen.behind(what));
    }

    /** It asks for a name, and is no call yet. */
    private boolean isQuestion() {
        return way.isAboutName();
    }

    /**
     * Who still had an endpoint that the API had no more: the rules, or an open connection. A
     * network plugin's port maps know no endpoints.
     */
    private Explanation sentByRule(Header header, Explanation what) {
        Hop translator = way.translator().orElse(null);
        if (seen.listed() || translator == null) {
            return what;
        }
        RunReason keeper = keeper(translator);
        return keeper == RunReason.STALE && isByPlugin(translator) ? what
                : what.because(keeper.with("address",
                        header.destination().withPort(header.destinationPort()), "place",
                        translator.place().label()));
    }

    private static boolean isByPlugin(Hop translator) {
        return HopChain.rule(translator).filter(rule -> rule.reason() instanceof CniReason)
                .isPresent();
    }

    private static RunReason keeper(Hop translator) {
        boolean ipvs = translator.steps().stream().anyMatch(step -> step instanceof Step.Nat nat
                && nat.why().reason() == PathReason.IPVS_NAT);
        boolean chosen = translator.steps().stream()
                .anyMatch(step -> ipvs ? step instanceof Step.BackendChoice
                        : step instanceof Step.Conntrack entry && entry.state() == CtState.NEW);
        if (chosen) {
            return RunReason.STALE;
        }
        return ipvs ? RunReason.IPVS_KEPT : RunReason.CONNECTION_KEPT;
    }

    private Explanation byRule(Step.Dropped dropped) {
        Explanation rule = HopChain.rule(hop).orElse(dropped.why());
        String service = service(rule);
        return switch (rule.reason()) {
            case KubeProxyReason.DROP_LOCAL_POLICY -> seen
                    .behind(RunReason.DROPPED_LOCAL_POLICY.with("place",
                            place, "service", service, "policy",
                            rule.arguments().getOrDefault("policy", "")));
            case KubeProxyReason.DROP_SOURCE_RANGE -> seen
                    .behind(RunReason.DROPPED_SOURCE_RANGE.with("place",
                            place, "service", service, "source",
                            rule.arguments().getOrDefault("source", "")));
            default -> seen.behind(RunReason.DROPPED_REQUEST.with("place", place, "reason",
                    DropReason.NETFILTER_DROP.name()).because(rule));
        };
    }

    private String service(Explanation rule) {
        String service = seen.service();
        return service == null ? rule.arguments().getOrDefault("service", "-") : service;
    }

    private Explanation rejected(Step.Rejected rejected) {
        Explanation rule = HopChain.rule(hop).orElse(rejected.why());
        if (rule.is(LoadBalancerReason.SESSION_OVER)) {
            return RunReason.SESSION_OVER.with("with", rejected.with());
        }
        Explanation why = rule.is(KubeProxyReason.REJECT_NO_ENDPOINTS)
                ? RunReason.REFUSED_NO_ENDPOINT.with("place", place, "service", service(rule),
                        "with", rejected.with())
                : RunReason.REFUSED_BY_RULE.with("place", place, "with", rejected.with())
                        .because(rule);
        RunReason unheard = unheard();
        if (unheard == RunReason.REFUSAL_ASTRAY) {
            Header header = rejected.header();
            why = unheard.with("place", place, "with", rejected.with(), "about",
                    header.destination().withPort(header.destinationPort()), "called",
                    attempt.remote().toString(), "client", attempt.client()).because(why);
        } else if (unheard != null) {
            why = unheard.with("place", place, "with", rejected.with()).because(why);
        }
        return seen.behind(why);
    }

    /** Why the client did not take the refusal for one; null where it did. */
    private @Nullable RunReason unheard() {
        if (isUnsent(hop)) {
            return RunReason.REFUSAL_UNSENT;
        }
        if (attempt.outcome() != Outcome.TimedOut) {
            return null;
        }
        boolean astray = hops.stream().anyMatch(h -> h.terminal() instanceof Step.Dropped dropped
                && dropped.reason() == DropReason.ICMP_NO_SOCKET
                && h.place().label().equals(home));
        return astray ? RunReason.REFUSAL_ASTRAY
                : hop.header().etherType() == EtherType.IPV6 ? RunReason.REFUSAL_UNHEARD
                : null;
    }

    /** Whether the refusal was withheld, as hosts send only so many of them. */
    static boolean isUnsent(Hop hop) {
        return hop.steps().stream().anyMatch(step -> step instanceof Step.Note note
                && note.why().is(PathReason.ICMP_RATELIMITED));
    }
}
