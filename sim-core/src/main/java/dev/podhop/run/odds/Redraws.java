package dev.podhop.run.odds;

import dev.podhop.engine.Choice;
import dev.podhop.engine.EnumeratingChooser;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.ResultKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a retransmission from multiplying the branches.
 *
 * <p>A SYN that is sent again may be chosen for anew: its connection's entry was never confirmed,
 * or closed by a reset. Whoever draws a second time has forgotten the first, so that what comes of
 * the second draw depends on how often it was drawn and on what the others chose last, not on what
 * was drawn before. Such a subtree is followed once; wherever it occurs again its distribution is
 * taken. With n endpoints and k retransmissions that is n * k branches, not n to the power of k.
 *
 * <p>Valid only where the draws are of this kind: lost packets are not, and an exploration with
 * loss on its wires does without.
 */
final class Redraws {

    /** What identifies the future of a draw. */
    private record Key(Object since, long who, int n, int earlier, Map<Long, Integer> others) {}

    /** A subtree that is being followed. */
    private static final class Open {
        final int at;
        final Object key;
        final BigFraction prefix;
        final Map<ResultKey, Share> sums = new LinkedHashMap<>();

        Open(int at, Object key, BigFraction prefix) {
            this.at = at;
            this.key = key;
            this.prefix = prefix;
        }
    }

    /** A result with its probability. */
    record Share(AttemptResult result, BigFraction probability) {}

    private final EnumeratingChooser chooser;
    /** By a redraw's key, or by the state that an attempt has come to. */
    private final Map<Object, List<Share>> known = new HashMap<>();
    private final List<Open> open = new ArrayList<>();
    private final boolean looksUp;
    private int looked;
    /** Choices before this one were made while a name was looked up: each of them counts. */
    private int base;
    private Object since = "";
    private @Nullable List<Share> met;
    private int metAt;

    /** @param looksUp whether the attempt begins with a name */
    Redraws(EnumeratingChooser chooser, boolean looksUp) {
        this.chooser = chooser;
        this.looksUp = looksUp;
    }

    /** A path begins anew; its first choices are those of the path before. */
    void restarted() {
        looked = chooser.fixedChoices();
        base = looksUp ? Integer.MAX_VALUE : 0;
        since = "";
        met = null;
    }

    /**
     * The attempt has come to a point from which on nothing that was drawn before matters, but the
     * state that came of it: one name was tried, say, and the next one is begun at this time. What
     * connection tables keep of the questions concerns nobody else.
     *
     * @param found whether the lookup is over
     */
    void reached(Object state, boolean found) {
        int at = chooser.choices();
        if (found) {
            base = at;
            since = state;
        }
        if (at < chooser.fixedChoices() || met != null) {
            return; // followed again, on the way to a choice that is new
        }
        met = known.get(state);
        metAt = at;
        if (met == null) {
            open.add(new Open(at, state, chooser.probability()));
        }
    }

    /**
     * Looks at the choices that an event made.
     *
     * @return what comes of the present path, when that is known already; its choices from there on
     *         are cut off, and it need not be followed
     */
    @Nullable List<Share> cut() {
        if (met != null) {
            BigFraction prefix = probability(chooser.path().subList(0, metAt));
            chooser.cutAt(metAt);
            return times(met, prefix);
        }
        while (looked < chooser.choices()) {
            int at = looked++;
            if (at < base) {
                continue;
            }
            List<Choice> path = chooser.path();
            Key key = redraw(path, at);
            if (key == null) {
                continue;
            }
            BigFraction prefix = probability(path.subList(0, at));
            List<Share> shares = known.get(key);
            if (shares == null) {
                open.add(new Open(at, key, prefix));
                continue;
            }
            chooser.cutAt(at);
            return times(shares, prefix);
        }
        return null;
    }

    private static List<Share> times(List<Share> shares, BigFraction prefix) {
        return shares.stream().map(s -> new Share(s.result, s.probability.multiply(prefix)))
                .toList();
    }

    private @Nullable Key redraw(List<Choice> path, int at) {
        Choice choice = path.get(at);
        Map<Long, Integer> others = new HashMap<>();
        int earlier = 0;
        for (Choice before : path.subList(base, at)) {
            if (before.who() == choice.who()) {
                earlier++;
            } else {
                others.put(before.who(), before.index());
            }
        }
        return earlier == 0 ? null
                : new Key(since, choice.who(), choice.n(), earlier, Map.copyOf(others));
    }

    private static BigFraction probability(List<Choice> choices) {
        BigFraction product = BigFraction.ONE;
        for (Choice choice : choices) {
            product = product.multiply(new BigFraction(choice.numerator(), choice.denominator()));
        }
        return product;
    }

    /** A branch ended: it counts for every subtree that it lies in. */
    void ended(AttemptResult result, BigFraction probability) {
        for (Open subtree : open) {
            subtree.sums.merge(ResultKey.of(result), new Share(result, probability),
                    (a, b) -> new Share(a.result, a.probability.add(b.probability)));
        }
    }

    /** The chooser went to its next path: subtrees that it left are complete. */
    void moved() {
        int left = chooser.fixedChoices();
        for (Iterator<Open> each = open.iterator(); each.hasNext();) {
            Open subtree = each.next();
            if (subtree.at >= left) {
                known.put(subtree.key, subtree.sums.values().stream().map(s -> new Share(s.result,
                        s.probability.divide(subtree.prefix))).toList());
                each.remove();
            }
        }
    }
}
