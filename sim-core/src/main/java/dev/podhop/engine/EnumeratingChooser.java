package dev.podhop.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * Visits every sequence of choices that a deterministic experiment can make, depth first.
 *
 * <pre>{@code
 * EnumeratingChooser chooser = new EnumeratingChooser();
 * do {
 *     chooser.restart();
 *     outcomes.merge(experiment.run(chooser), chooser.probability(), BigFraction::add);
 * } while (chooser.nextPath());
 * }</pre>
 *
 * <p>The probabilities of all paths add up to exactly 1. Outcomes of probability 0 are never
 * visited, and a draw with one possible outcome is no choice.
 */
public final class EnumeratingChooser implements Chooser {

    /** A draw on the current path: the outcome chosen, and the odds it was chosen from. */
    private record Node(Choice choice, long[] weights) {}

    private final Chooser forFreeValues = new SampledChooser(0);
    private final List<Node> path = new ArrayList<>();

    /** Draws made since the last restart: the beginning of the path, followed again or extended. */
    private int depth;

    /** Begins with the first path again, wherever an enumeration that was given up stands. */
    public void startOver() {
        path.clear();
        depth = 0;
    }

    /** Rewinds to the beginning of the current path: the next experiment makes its choices. */
    public void restart() {
        depth = 0;
    }

    /**
     * Goes to the next path not yet visited; call after an experiment.
     *
     * @return false when all paths were visited; the chooser is then as new
     */
    public boolean nextPath() {
        path.subList(depth, path.size()).clear();
        depth = 0;
        while (!path.isEmpty()) {
            Node last = path.removeLast();
            int next = possible(last.weights, last.choice.index() + 1);
            if (next < last.weights.length) {
                Choice c = last.choice;
                add(c.who(), c.connection(), c.draw(), next, last.weights, c.denominator());
                return true;
            }
        }
        return false;
    }

    /** Number of choices made since the last restart. */
    public int choices() {
        return depth;
    }

    /** Number of choices of the current path that a restarted experiment makes again. */
    public int fixedChoices() {
        return path.size();
    }

    /**
     * The experiment was cut short: its choices from this one on are not to be varied, as what
     * would come of them is known.
     *
     * @param length number of choices that remain
     */
    public void cutAt(int length) {
        depth = length;
    }

    /** The exact probability of the choices made since the last restart. */
    public BigFraction probability() {
        BigFraction product = BigFraction.ONE;
        for (Choice choice : path()) {
            product = product.multiply(new BigFraction(choice.numerator(), choice.denominator()));
        }
        return product;
    }

    /** The choices made since the last restart, in order. */
    public List<Choice> path() {
        return path.subList(0, depth).stream().map(Node::choice).toList();
    }

    @Override
    public int uniform(long who, long connection, int draw, int n) {
        Draws.checkCount(n);
        if (n == 1) {
            return 0;
        }
        long[] weights = new long[n];
        Arrays.fill(weights, 1);
        return choose(who, connection, draw, weights, n);
    }

    @Override
    public int weighted(long who, long connection, int draw, int[] weights, int n) {
        long sum = Draws.sum(weights, n);
        long[] copy = new long[n];
        for (int i = 0; i < n; i++) {
            copy[i] = weights[i];
        }
        return choose(who, connection, draw, copy, sum);
    }

    @Override
    public boolean chance(long who, long connection, int draw, long numerator, long denominator) {
        Draws.checkChance(numerator, denominator);
        long[] weights = {denominator - numerator, numerator};
        return choose(who, connection, draw, weights, denominator) == 1;
    }

    /** A fixed value for each name: what it is makes no branch. */
    @Override
    public int free(long who, long connection, int draw, int bound) {
        return forFreeValues.free(who, connection, draw, bound);
    }

    private int choose(long who, long connection, int draw, long[] weights, long sum) {
        int first = possible(weights, 0);
        if (weights[first] == sum) {
            return first;
        }
        refuseRepeated(who, connection, draw);
        if (depth == path.size()) {
            add(who, connection, draw, first, weights, sum);
        }
        Node node = path.get(depth);
        if (!node.choice.isSameDraw(who, connection, draw)
                || !Arrays.equals(node.weights, weights)) {
            throw new IllegalStateException("the experiment is not deterministic: draw " + depth
                    + " was " + node.choice + ", now it is " + name(who, connection, draw));
        }
        depth++;
        return node.choice.index();
    }

    private void add(long who, long connection, int draw, int index, long[] weights, long sum) {
        Choice choice =
                new Choice(who, connection, draw, index, weights.length, weights[index], sum);
        path.add(new Node(choice, weights));
    }

    /** Sampled, a name drawn twice gives one outcome; as two branches it would give two. */
    private void refuseRepeated(long who, long connection, int draw) {
        for (Node node : path.subList(0, depth)) {
            if (node.choice.isSameDraw(who, connection, draw)) {
                throw new IllegalStateException(
                        "drawn twice on one path: " + name(who, connection, draw));
            }
        }
    }

    private static String name(long who, long connection, int draw) {
        return "who=" + who + " connection=" + connection + " draw=" + draw;
    }

    /** The first outcome from {@code index} on that can happen; the number of outcomes if none. */
    private static int possible(long[] weights, int index) {
        int at = index;
        while (at < weights.length && weights[at] == 0) {
            at++;
        }
        return at;
    }

    @Override
    public boolean enumerates() {
        return true;
    }
}
