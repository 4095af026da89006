package dev.podhop.k8s.source;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt word was probably meant to be. */
public final class Spelling {

    private Spelling() {}

    /**
     * The known word nearest to {@code found}: fewest letters added, left out, changed or swapped
     * with their neighbour, capitals counted last. Empty when none is near; about a third of the
     * letters may be wrong.
     */
    public static Optional<String> nearest(String found, Collection<String> known) {
        int allowed = Math.max(1, found.length() / 3);
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String word : known) {
            if (Math.abs(word.length() - found.length()) > allowed || word.equals(found)) {
                continue;
            }
            int letters = distance(found.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
            if (letters > allowed || letters >= Math.max(found.length(), 2)) {
                continue;
            }
            int weighted = letters * 1000 + distance(found, word);
            if (best == null || weighted < bestDistance
                    || weighted == bestDistance && word.compareTo(best) < 0) {
                best = word;
                bestDistance = weighted;
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * Damerau's edit distance in its optimal-string-alignment form: swapping two neighbours is one
     * mistake.
     */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                int least = Math.min(change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
                d[i][j] = swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
            }
        }
        return d[a.length()][b.length()];
    }
}
