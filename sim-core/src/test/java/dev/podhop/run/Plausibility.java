package dev.podhop.run;

import java.util.Map;
import org.apache.commons.math3.stat.inference.ChiSquareTest;

/** Whether a sample can have come from a distribution. */
final class Plausibility {

    private Plausibility() {}

    /** The p-value of Pearson's test; 1 where only one result is possible. */
    static <K> double chiSquare(Map<K, Double> expected, Map<K, Integer> seen) {
        if (expected.size() < 2) {
            return 1;
        }
        double[] model = expected.values().stream().mapToDouble(Double::doubleValue).toArray();
        long[] sample = expected.keySet().stream().mapToLong(key -> seen.getOrDefault(key, 0))
                .toArray();
        return new ChiSquareTest().chiSquareTest(model, sample);
    }
}
