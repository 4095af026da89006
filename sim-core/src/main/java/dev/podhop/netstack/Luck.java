package dev.podhop.netstack;

import dev.podhop.engine.Chooser;
import java.util.Arrays;

/**
 * The choices made for each attempt, by whoever makes them on its packets' way.
 *
 * <p>Every attempt has a stable key and counts its draws: its luck depends on nothing but the seed
 * and itself.
 */
public final class Luck {

    private Chooser chooser;
    private long[] keys = new long[64];
    private int[] draws = new int[64];
    private int attempts;
    /** Draws of packets that belong to nobody (ARP); their luck decides nothing. */
    private int strayDraws;

    public Luck(Chooser chooser) {
        this.chooser = chooser;
    }

    /** Who decides from now on. */
    public void chooser(Chooser newChooser) {
        chooser = newChooser;
    }

    /** A new attempt under this key; its index goes into every packet of it. */
    public int open(long key) {
        if (attempts == keys.length) {
            keys = Arrays.copyOf(keys, attempts * 2);
            draws = Arrays.copyOf(draws, attempts * 2);
        }
        keys[attempts] = key;
        draws[attempts] = 0;
        return attempts++;
    }

    /** Attempts opened so far. */
    public int attempts() {
        return attempts;
    }

    public int uniform(long who, int attempt, int n) {
        return chooser.uniform(who, key(attempt), draw(attempt), n);
    }

    public int weighted(long who, int attempt, int[] weights, int n) {
        return chooser.weighted(who, key(attempt), draw(attempt), weights, n);
    }

    /** A choice by {@code who} about {@code whom} that hangs on no attempt. */
    public int lasting(long who, long whom, int n) {
        return chooser.uniform(who, whom, 0, n);
    }

    public boolean chance(long who, int attempt, long numerator, long denominator) {
        return numerator > 0
                && chooser.chance(who, key(attempt), draw(attempt), numerator, denominator);
    }

    /** A value that no outcome hangs on: a port, jitter. */
    public int free(long who, int attempt, int bound) {
        return chooser.free(who, key(attempt), draw(attempt), bound);
    }

    /** Forgets all attempts. */
    public void reset() {
        attempts = 0;
        strayDraws = 0;
    }

    private long key(int attempt) {
        return attempt < 0 ? 0 : keys[attempt];
    }

    private int draw(int attempt) {
        return attempt < 0 ? strayDraws++ : draws[attempt]++;
    }
}
