package dev.podhop.net;

import java.util.Optional;

/** An address prefix; {@code base} has its host bits cleared. */
public record Cidr(IpAddress base, int prefixLength) {

    public Cidr {
        if (prefixLength < 0 || prefixLength > base.family().bits()) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " does not fit "
                    + base.family());
        }
        base = mask(base, prefixLength);
    }

    /**
     * Parses {@code 10.0.0.0/8}.
     *
     * @throws IllegalArgumentException naming the text, when it is no prefix
     */
    public static Cidr of(String text) {
        return parse(text).orElseThrow(
                () -> new IllegalArgumentException("not a CIDR: \"" + text + "\""));
    }

    /** Parses {@code 10.0.0.0/8}; host bits may be set and are cleared. */
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        Optional<IpAddress> address = IpAddress.parse(text.substring(0, slash));
        String digits = text.substring(slash + 1);
        if (address.isEmpty() || !digits.matches("0|[1-9][0-9]{0,2}")) {
            return Optional.empty();
        }
        int length = Integer.parseInt(digits);
        return length > address.get().family().bits() ? Optional.empty()
                : Optional.of(new Cidr(address.get(), length));
    }

    /** The prefix that holds just this address. */
    public static Cidr host(IpAddress address) {
        return new Cidr(address, address.family().bits());
    }

    public IpFamily family() {
        return base.family();
    }

    public boolean contains(IpAddress address) {
        if (address.family() != base.family()) {
            return false;
        }
        long highMask = highMask(base.family(), prefixLength);
        long lowMask = lowMask(base.family(), prefixLength);
        return (address.high() & highMask) == base.high()
                && (address.low() & lowMask) == base.low();
    }

    /** Whether every address of {@code other} lies in this prefix. */
    public boolean contains(Cidr other) {
        return other.prefixLength >= prefixLength && contains(other.base);
    }

    /** The address {@code offset} after the base. */
    public IpAddress address(long offset) {
        return base.plus(offset);
    }

    private static IpAddress mask(IpAddress address, int length) {
        long high = address.high() & highMask(address.family(), length);
        long low = address.low() & lowMask(address.family(), length);
        return address.isV4() ? IpAddress.ofV4((int) low) : IpAddress.ofV6(high, low);
    }

    private static long highMask(IpFamily family, int length) {
        return family == IpFamily.IPv4 ? 0 : ones(Math.min(length, 64));
    }

    private static long lowMask(IpFamily family, int length) {
        return family == IpFamily.IPv4 ? ones(length) >>> 32 : ones(Math.max(length - 64, 0));
    }

    /** {@code count} one bits from the top of a long. */
    private static long ones(int count) {
        return count == 0 ? 0 : -1L << (64 - count);
    }

    @Override
    public String toString() {
        return base + "/" + prefixLength;
    }
}
