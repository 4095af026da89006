package dev.podhop.net;

/** The two families, spelt as the Service API spells them in {@code spec.ipFamilies}. */
public enum IpFamily {
    IPv4(32),
    IPv6(128);

    private final int bits;

    IpFamily(int bits) {
        this.bits = bits;
    }

    /** Width of an address in bits. */
    public int bits() {
        return bits;
    }
}
