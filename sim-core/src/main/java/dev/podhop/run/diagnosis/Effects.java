package dev.podhop.run.diagnosis;

import dev.podhop.net.SocketAddress;
import dev.podhop.packet.Header;
import dev.podhop.run.result.Parting;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt's packets met, reduced to what made a difference to them: translations, routes,
 * choices of a load balancer, ends. How a node's rules are written is none: in two modes of
 * kube-proxy no rule is the same.
 */
public final class Effects {

    private final List<Effect> effects = new ArrayList<>();

    /** @param mark what is compared: without ports that are drawn anew each time */
    private record Effect(Hop hop, Step step, String mark, @Nullable Explanation rule) {}

    /** @param hops of one attempt, in order */
    public Effects(List<Hop> hops) {
        for (Hop hop : hops) {
            if (hop.attempt() < 0 || hop.header().what().startsWith("ARP")) {
                continue;
            }
            Explanation rule = null;
            for (Step step : hop.steps()) {
                if (step instanceof Step.RuleWalk walk && !walk.rules().isEmpty()) {
                    rule = walk.rules().getLast().why();
                }
                String mark = mark(step);
                if (mark != null) {
                    effects.add(new Effect(hop, step, hop.place().label() + " " + mark,
                            asksRules(step) ? rule : null));
                }
            }
        }
    }

    private static boolean asksRules(Step step) {
        return step instanceof Step.Nat || step instanceof Step.Dropped
                || step instanceof Step.Rejected;
    }

    private static @Nullable String mark(Step step) {
        return switch (step) {
            case Step.Nat nat -> "nat " + switch (nat.manip()) {
                case DESTINATION -> "to " + end(nat.after());
                case SOURCE -> "from " + nat.after().source();
                case ICMP_ERROR -> "error";
            };
            case Step.Route route -> "route " + route.type() + " " + route.device() + " "
                    + route.gateway();
            case Step.SourceCheck check -> check.passed() ? null : "source";
            case Step.BackendChoice choice -> choice.loadBalancer().startsWith("ipvs ") ? null
                    : "choice " + choice.chosen();
            case Step.Transmitted sent -> "out " + sent.device();
            case Step.Delivered delivered -> "delivered";
            case Step.Dropped dropped -> "dropped " + dropped.reason();
            case Step.Rejected rejected -> "rejected " + rejected.with();
            case Step.Entry entry -> null;
            case Step.Conntrack conntrack -> null;
            case Step.RuleWalk walk -> null;
            case Step.Passed passed -> null;
            case Step.Bridged bridged -> null;
            case Step.Neighbour neighbour -> null;
            case Step.Note note -> null;
            case Step.Spread spread -> null;
        };
    }

    private static String end(Header header) {
        return new SocketAddress(header.destination(), header.destinationPort()).toString();
    }

    /**
     * Where two attempts part; empty if they never do.
     *
     * @param wrongA what went wrong in the first, null for nothing
     * @param wrongB the same of the second
     */
    public static Optional<Parting> part(Effects a, @Nullable Explanation wrongA, Effects b,
            @Nullable Explanation wrongB) {
        for (int i = 0; i < Math.max(a.effects.size(), b.effects.size()); i++) {
            Effect one = a.at(i);
            Effect other = b.at(i);
            if (!Objects.equals(mark(one), mark(other))) {
                return Optional.of(new Parting(way(one, wrongA), way(other, wrongB)));
            }
        }
        return Optional.empty();
    }

    private @Nullable Effect at(int i) {
        return i < effects.size() ? effects.get(i) : null;
    }

    private static @Nullable String mark(@Nullable Effect effect) {
        return effect == null ? null : effect.mark();
    }

    private static Parting.Way way(@Nullable Effect effect, @Nullable Explanation wrong) {
        return effect == null ? new Parting.Way(null, null, null, wrong)
                : new Parting.Way(effect.hop(), effect.step(), effect.rule(), wrong);
    }
}
