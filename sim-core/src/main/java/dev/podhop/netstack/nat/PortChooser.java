package dev.podhop.netstack.nat;

/** Where random ports come from, so that a seeded run repeats them. */
@FunctionalInterface
public interface PortChooser {

    /** A number in [0, bound). */
    int choose(int bound);
}
