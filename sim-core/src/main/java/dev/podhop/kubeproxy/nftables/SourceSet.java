package dev.podhop.kubeproxy.nftables;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Ranges in an anonymous set, as the kernel hands them back: sorted, those that overlap or touch
 * grown together ({@code auto-merge}, which anonymous interval sets have).
 */
final class SourceSet {

    private static final BigInteger WORD = BigInteger.ONE.shiftLeft(Long.SIZE);

    /** First and last address, as numbers. */
    private record Span(BigInteger first, BigInteger last) {}

    private SourceSet() {}

    /** The set as text; one range alone needs no braces. */
    static String text(List<Cidr> ranges) {
        boolean v4 = ranges.getFirst().base().isV4();
        List<String> texts = merged(ranges).stream().map(span -> text(span, v4)).toList();
        return texts.size() == 1 ? texts.getFirst() : "{ " + String.join(", ", texts) + " }";
    }

    private static List<Span> merged(List<Cidr> ranges) {
        List<Span> spans = new ArrayList<>();
        ranges.stream().map(SourceSet::span).sorted(Comparator.comparing(Span::first))
                .forEach(next -> {
                    Span before = spans.isEmpty() ? null : spans.getLast();
                    if (before != null
                            && next.first().compareTo(before.last().add(BigInteger.ONE)) <= 0) {
                        spans.removeLast();
                        spans.add(new Span(before.first(), before.last().max(next.last())));
                    } else {
                        spans.add(next);
                    }
                });
        return spans;
    }

    private static Span span(Cidr range) {
        BigInteger first = number(range.base());
        int free = range.family().bits() - range.prefixLength();
        return new Span(first, first.add(BigInteger.ONE.shiftLeft(free)).subtract(BigInteger.ONE));
    }

    private static BigInteger number(IpAddress address) {
        return unsigned(address.high()).shiftLeft(Long.SIZE).add(unsigned(address.low()));
    }

    private static BigInteger unsigned(long word) {
        return word < 0 ? BigInteger.valueOf(word).add(WORD) : BigInteger.valueOf(word);
    }

    private static IpAddress address(BigInteger number, boolean v4) {
        return v4 ? IpAddress.ofV4(number.intValue())
                : IpAddress.ofV6(number.shiftRight(Long.SIZE).longValue(), number.longValue());
    }

    private static String text(Span span, boolean v4) {
        BigInteger size = span.last().subtract(span.first()).add(BigInteger.ONE);
        IpAddress first = address(span.first(), v4);
        if (size.equals(BigInteger.ONE)) {
            return first.toString();
        }
        boolean prefix = size.bitCount() == 1
                && span.first().mod(size).equals(BigInteger.ZERO);
        int bits = v4 ? Integer.SIZE : 2 * Long.SIZE;
        return prefix ? new Cidr(first, bits - size.getLowestSetBit()).toString()
                : first + "-" + address(span.last(), v4);
    }
}
