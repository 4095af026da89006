package dev.podhop.engine;

/** Stable 64-bit keys of names, for {@link Chooser}: equal in every run and on every machine. */
public final class Keys {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Keys() {}

    /**
     * The key of a name. {@link String#hashCode} has 32 bits only, in which some two of 77,000
     * names share a key as likely as not; here that takes five billion.
     */
    public static long of(String name) {
        // FNV-1a, over UTF-16 units
        long hash = FNV_OFFSET;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * FNV_PRIME;
        }
        // FNV leaves the high bits of short names alike
        return Rng.mix(hash, name.length());
    }

    /** The key of something that has two: the rule of a chain, the connection of a client. */
    public static long of(long parent, long child) {
        return Rng.mix(parent, child);
    }
}
