package dev.podhop.net;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address, immutable, two longs wide; an IPv4 address sits in the low 32 bits.
 *
 * <p>Ordered by family, then numerically.
 */
public final class IpAddress implements Comparable<IpAddress> {

    /** 0.0.0.0 */
    public static final IpAddress ANY_V4 = ofV4(0);
    /** :: */
    public static final IpAddress ANY_V6 = ofV6(0, 0);
    /** 127.0.0.1 */
    public static final IpAddress LOOPBACK_V4 = ofV4(0x7f000001);
    /** ::1 */
    public static final IpAddress LOOPBACK_V6 = ofV6(0, 1);

    private final IpFamily family;
    private final long high;
    private final long low;

    private IpAddress(IpFamily family, long high, long low) {
        this.family = family;
        this.high = high;
        this.low = low;
    }

    /** An IPv4 address from its 32 bits. */
    public static IpAddress ofV4(int bits) {
        return new IpAddress(IpFamily.IPv4, 0, bits & 0xffffffffL);
    }

    /** An IPv6 address from its two halves. */
    public static IpAddress ofV6(long high, long low) {
        return new IpAddress(IpFamily.IPv6, high, low);
    }

    /**
     * Parses either family's text form.
     *
     * @throws IllegalArgumentException naming the text, when it is no address
     */
    public static IpAddress of(String text) {
        return parse(text).orElseThrow(
                () -> new IllegalArgumentException("not an IP address: \"" + text + "\""));
    }

    /**
     * Parses either family's text form; empty when it is no address. Octets with leading zeros are
     * refused, as Go's {@code net/netip} and the API server refuse them.
     */
    public static Optional<IpAddress> parse(String text) {
        return Optional.ofNullable(IpText.parse(text));
    }

    public IpFamily family() {
        return family;
    }

    public boolean isV4() {
        return family == IpFamily.IPv4;
    }

    /** Upper 64 bits; 0 for IPv4. */
    public long high() {
        return high;
    }

    /** Lower 64 bits; for IPv4 the address itself, unsigned. */
    public long low() {
        return low;
    }

    /** One that no router of the internet leads to: of RFC 1918 or RFC 4193 (fc00::/7). */
    public boolean isPrivate() {
        return isV4() ? low >>> 24 == 10 || low >>> 20 == 0xac1 || low >>> 16 == 0xc0a8
                : high >>> 57 == 0x7e;
    }

    /** 127.0.0.0/8 or ::1. */
    public boolean isLoopback() {
        return isV4() ? low >>> 24 == 127 : high == 0 && low == 1;
    }

    /** 224.0.0.0/4 or ff00::/8. */
    public boolean isMulticast() {
        return isV4() ? low >>> 28 == 0xe : high >>> 56 == 0xff;
    }

    /** 0.0.0.0 or ::. */
    public boolean isUnspecified() {
        return high == 0 && low == 0;
    }

    /** fe80::/10; IPv4 169.254.0.0/16. */
    public boolean isLinkLocal() {
        return isV4() ? low >>> 16 == 0xa9fe : high >>> 54 == 0x3fa;
    }

    /** The address {@code offset} further; wraps within the family. */
    public IpAddress plus(long offset) {
        if (isV4()) {
            return ofV4((int) (low + offset));
        }
        long sum = low + offset;
        boolean carry = offset >= 0 && Long.compareUnsigned(sum, low) < 0;
        return ofV6(carry ? high + 1 : high, sum);
    }

    /** {@code 10.0.0.1:80} or {@code [fd00::1]:80}. */
    public String withPort(int port) {
        return isV4() ? this + ":" + port : "[" + this + "]:" + port;
    }

    /** A hash of the bits, the same on every machine. */
    @Override
    public int hashCode() {
        long mixed = (high * 0x9e3779b97f4a7c15L) ^ low;
        mixed *= 0xbf58476d1ce4e5b9L;
        return (int) (mixed >>> 32);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpAddress that && same(that);
    }

    /** {@link #equals} without the type check, for the hot path. */
    public boolean same(IpAddress that) {
        return this == that || (low == that.low && high == that.high && family == that.family);
    }

    @Override
    public int compareTo(IpAddress that) {
        int byFamily = family.compareTo(that.family);
        if (byFamily != 0) {
            return byFamily;
        }
        int byHigh = Long.compareUnsigned(high, that.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, that.low);
    }

    /** Dotted quad, or RFC 5952's form of an IPv6 address. */
    @Override
    public String toString() {
        return IpText.format(this);
    }
}
