package dev.podhop.net;

import org.jspecify.annotations.Nullable;

/** Text forms of addresses: dotted quads, and RFC 4291 read, RFC 5952 written. */
final class IpText {

    private static final int GROUPS = 8;

    private IpText() {}

    static @Nullable IpAddress parse(String text) {
        if (text.indexOf(':') >= 0) {
            return parseV6(text);
        }
        long bits = parseV4(text);
        return bits < 0 ? null : IpAddress.ofV4((int) bits);
    }

    /** The 32 bits, or -1 when the text is no dotted quad. */
    private static long parseV4(String text) {
        String[] octets = text.split("\\.", -1);
        if (octets.length != 4) {
            return -1;
        }
        long bits = 0;
        for (String octet : octets) {
            int value = parseDigits(octet, 10, 3);
            boolean leadingZero = octet.length() > 1 && octet.charAt(0) == '0';
            if (value < 0 || value > 255 || leadingZero) {
                return -1;
            }
            bits = bits << 8 | value;
        }
        return bits;
    }

    private static @Nullable IpAddress parseV6(String text) {
        String expanded = replaceEmbeddedV4(text);
        if (expanded == null) {
            return null;
        }
        int gap = expanded.indexOf("::");
        if (gap != expanded.lastIndexOf("::")) {
            return null;
        }
        int[] groups = new int[GROUPS];
        if (gap < 0) {
            return fill(groups, expanded, 0) == GROUPS ? ofGroups(groups) : null;
        }
        String left = expanded.substring(0, gap);
        String right = expanded.substring(gap + 2);
        int leftCount = left.isEmpty() ? 0 : fill(groups, left, 0);
        int[] tail = new int[GROUPS];
        int rightCount = right.isEmpty() ? 0 : fill(tail, right, 0);
        if (leftCount < 0 || rightCount < 0 || leftCount + rightCount >= GROUPS) {
            return null;
        }
        System.arraycopy(tail, 0, groups, GROUPS - rightCount, rightCount);
        return ofGroups(groups);
    }

    /**
     * {@code ::ffff:10.0.0.1} with its dotted part written as two groups; null when that is bad.
     */
    private static @Nullable String replaceEmbeddedV4(String text) {
        if (text.indexOf('.') < 0) {
            return text;
        }
        int colon = text.lastIndexOf(':');
        long bits = parseV4(text.substring(colon + 1));
        if (bits < 0) {
            return null;
        }
        return text.substring(0, colon + 1) + Long.toHexString(bits >>> 16) + ":"
                + Long.toHexString(bits & 0xffff);
    }

    private static int fill(int[] groups, String text, int from) {
        String[] parts = text.split(":", -1);
        if (parts.length + from > GROUPS) {
            return -1;
        }
        for (int i = 0; i < parts.length; i++) {
            int value = parseDigits(parts[i], 16, 4);
            if (value < 0) {
                return -1;
            }
            groups[from + i] = value;
        }
        return parts.length;
    }

    private static int parseDigits(String text, int radix, int most) {
        if (text.isEmpty() || text.length() > most) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    private static IpAddress ofGroups(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[i + 4];
        }
        return IpAddress.ofV6(high, low);
    }

    static String format(IpAddress address) {
        if (address.isV4()) {
            long bits = address.low();
            return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "."
                    + (bits & 255);
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < 4; i++) {
            groups[i] = (int) (address.high() >>> (48 - 16 * i) & 0xffff);
            groups[i + 4] = (int) (address.low() >>> (48 - 16 * i) & 0xffff);
        }
        return formatGroups(groups);
    }

    /** RFC 5952: lower case, the longest run of two or more zero groups becomes {@code ::}. */
    private static String formatGroups(int[] groups) {
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > bestLength) {
                bestStart = i;
                bestLength = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == bestStart) {
                text.append("::");
                i += bestLength - 1;
                continue;
            }
            if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
