package dev.podhop.run;

import java.util.List;
import java.util.SplittableRandom;

/** What random clusters are drawn with. */
final class Draw {

    private final SplittableRandom random;

    Draw(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** From 0 to one below the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    String oneOf(String... values) {
        return values[random.nextInt(values.length)];
    }

    String oneOf(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** One of n1 to n{@code nodes}. */
    String node(int nodes) {
        return "n" + (1 + random.nextInt(nodes));
    }
}
