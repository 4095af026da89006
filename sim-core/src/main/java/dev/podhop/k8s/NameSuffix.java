package dev.podhop.k8s;

/**
 * The letters that Kubernetes appends to a name to make it unique ({@code rand.SafeEncodeString}):
 * no vowels and no digits that look like them, so that no word comes out. Where Kubernetes draws
 * them, they are derived here from the seed and from what is named, so that a run repeats itself.
 */
public final class NameSuffix {

    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int LENGTH = 5;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private NameSuffix() {}

    /** Five letters for the {@code serial}-th thing that goes by that name. */
    public static String of(long seed, String name, int serial) {
        long hash = hash(name) ^ seed * 0x9e3779b97f4a7c15L ^ (long) serial << 32;
        // One round of mixing, or neighbouring serials would look alike.
        hash = (hash ^ hash >>> 31) * 0xbf58476d1ce4e5b9L;
        hash ^= hash >>> 29;
        StringBuilder letters = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            letters.append(LETTERS.charAt((int) Long.remainderUnsigned(hash, LETTERS.length())));
            hash = Long.divideUnsigned(hash, LETTERS.length());
        }
        return letters.toString();
    }

    /** The hash of a pod template, as it stands in a ReplicaSet's name; a number in letters. */
    public static String ofTemplate(String template) {
        String digits = Long.toString(hash(template) & 0xffffffffL);
        StringBuilder letters = new StringBuilder(digits.length());
        for (int i = 0; i < digits.length(); i++) {
            letters.append(LETTERS.charAt(digits.charAt(i) % LETTERS.length()));
        }
        return letters.toString();
    }

    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
