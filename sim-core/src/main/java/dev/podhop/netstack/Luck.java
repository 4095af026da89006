package dev.podhop.netstack;

import dev.podhop.engine.Chooser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The choices made for each attempt, by whoever makes them on its packets' way.
 *
 * <p>Every attempt has a stable key and counts its draws: its luck depends on nothing but the seed
 * and itself.
 */
public final class Luck {

    /** Backends, endpoints, loss: whatever an outcome hangs on. */
    private static final int CHOICES = 0;
    /** Source ports: how many are tried hangs on who has them. */
    private static final int PORTS = 1;
    private static final int JITTER = 2;
    /** Loss and jitter of what may be needed or not, as others have been here: ARP. */
    private static final int ASIDES = 3;
    private static final int COUNTERS = 4;
    private static final int PIECE = 256;

    private Chooser chooser;
    /** Pieces of {@link #PIECE} attempts: nothing is copied as they become more. */
    private final List<Piece> pieces = new ArrayList<>();
    private int attempts;
    /** Draws of packets that belong to nobody. */
    private int strayDraws;
    /** What lasts of a branch; where luck is sampled, the draw's name is memory enough. */
    private final Map<Lasting, Integer> lasting = new HashMap<>();

    private record Lasting(long who, long whom, int n) {}

    private static final class Piece {
        final long[] keys = new long[PIECE];
        /** Draws so far, {@link #COUNTERS} an attempt: one kind's shift none of another's. */
        final int[] draws = new int[PIECE * COUNTERS];
    }

    public Luck(Chooser chooser) {
        this.chooser = chooser;
    }

    /** Whether all branches are followed. */
    public boolean enumerates() {
        return chooser.enumerates();
    }

    /** A new attempt under this key; its index goes into every packet of it. */
    public int open(long key) {
        if (attempts == PIECE * pieces.size()) {
            pieces.add(new Piece());
        }
        Piece piece = pieces.get(attempts / PIECE);
        int at = attempts % PIECE;
        piece.keys[at] = key;
        Arrays.fill(piece.draws, at * COUNTERS, (at + 1) * COUNTERS, 0);
        return attempts++;
    }

    public int uniform(long who, int attempt, int n) {
        return chooser.uniform(who, key(attempt), draw(attempt, CHOICES), n);
    }

    public int weighted(long who, int attempt, int[] weights, int n) {
        return chooser.weighted(who, key(attempt), draw(attempt, CHOICES), weights, n);
    }

    /** Whether something happens that happens so often. */
    public boolean chance(long who, int attempt, long numerator, long denominator) {
        return numerator > 0 && chooser.chance(who, key(attempt), draw(attempt, CHOICES),
                numerator, denominator);
    }

    /** A choice by {@code who} about {@code whom} that hangs on no attempt, and stays. */
    public int lasting(long who, long whom, int n) {
        return chooser.enumerates()
                ? lasting.computeIfAbsent(new Lasting(who, whom, n),
                        asked -> chooser.uniform(who, whom, 0, n))
                : chooser.uniform(who, whom, 0, n);
    }

    /**
     * Whether a packet is lost.
     *
     * @param aside whether it is one of an exchange beside the attempt's own; {@code who} must then
     *        differ
     */
    public boolean loss(long who, int attempt, boolean aside, long numerator, long denominator) {
        return numerator > 0 && chooser.chance(who, key(attempt),
                draw(attempt, aside ? ASIDES : CHOICES), numerator, denominator);
    }

    /** A delay in [0, bound); where branches are enumerated it stands at its mean. */
    public int jitter(long who, int attempt, boolean aside, int bound) {
        return chooser.enumerates() ? bound / 2
                : chooser.free(who, key(attempt), draw(attempt, aside ? ASIDES : JITTER), bound);
    }

    /** A port among {@code bound}; no outcome hangs on it. */
    public int port(long who, int attempt, int bound) {
        return chooser.free(who, key(attempt), draw(attempt, PORTS), bound);
    }

    /** Forgets all attempts. */
    public void reset() {
        attempts = 0;
        strayDraws = 0;
        lasting.clear();
    }

    private long key(int attempt) {
        return attempt < 0 ? 0 : pieces.get(attempt / PIECE).keys[attempt % PIECE];
    }

    private int draw(int attempt, int counter) {
        return attempt < 0 ? strayDraws++
                : pieces.get(attempt / PIECE).draws[attempt % PIECE * COUNTERS + counter]++;
    }
}
