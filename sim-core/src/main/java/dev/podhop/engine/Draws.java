package dev.podhop.engine;

/** The checks on arguments that both choosers share. */
final class Draws {

    private Draws() {}

    static void checkCount(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("nothing to choose from: n = " + n);
        }
    }

    static long sum(int[] weights, int n) {
        checkCount(n);
        long sum = 0;
        for (int i = 0; i < n; i++) {
            if (weights[i] < 0) {
                throw new IllegalArgumentException("weight " + i + " is negative: " + weights[i]);
            }
            sum += weights[i];
        }
        if (sum == 0) {
            throw new IllegalArgumentException("all " + n + " weights are 0");
        }
        return sum;
    }

    static void checkChance(long numerator, long denominator) {
        if (denominator < 1 || numerator < 0 || numerator > denominator) {
            throw new IllegalArgumentException(
                    "not a probability: " + numerator + "/" + denominator);
        }
    }
}
