package dev.podhop.kubeproxy.iptables;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The probability of {@code -m statistic --mode random}. kube-proxy writes ten digits, the kernel
 * keeps units of 2<sup>-31</sup> ({@code libxt_statistic.c}), and {@code iptables-save} prints
 * those with eleven: one third comes back as 0.33333333349.
 */
final class Probability {

    private static final int WRITTEN_DIGITS = 10;
    private static final int PRINTED_DIGITS = 11;
    private static final BigDecimal UNITS = BigDecimal.valueOf(1L << 31);

    private Probability() {}

    /** What kube-proxy writes for 1/n: {@code 0.3333333333}. */
    static String written(int n) {
        return exact(n).toPlainString();
    }

    /** What {@code iptables-save} prints for 1/n: {@code 0.33333333349}. */
    static String printed(int n) {
        // lround() rounds halves up, printf() rounds them to even: it shows at n = 4096
        BigDecimal units = exact(n).multiply(UNITS).setScale(0, RoundingMode.HALF_UP);
        return units.divide(UNITS).setScale(PRINTED_DIGITS, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static BigDecimal exact(int n) {
        return new BigDecimal(1.0 / n).setScale(WRITTEN_DIGITS, RoundingMode.HALF_EVEN);
    }
}
