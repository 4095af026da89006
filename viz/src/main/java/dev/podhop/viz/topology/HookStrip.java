package dev.podhop.viz.topology;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The five netfilter hooks as cells of a node's kernel, in the order in which packets meet them.
 */
record HookStrip(Box kernel) {

    static final List<String> HOOKS =
            List.of("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING");
    private static final double[] SHARES = {1.25, 0.75, 0.95, 0.85, 1.35};
    private static final double HEIGHT = 20;

    /** Where a hook's name stands. */
    Box cell(String hook) {
        double width = kernel.width() - 8;
        double sum = 0;
        double before = 0;
        int index = HOOKS.indexOf(hook);
        for (int i = 0; i < SHARES.length; i++) {
            before += i < index ? SHARES[i] : 0;
            sum += SHARES[i];
        }
        double unit = width / sum;
        return new Box(kernel.x() + 4 + before * unit + 1, kernel.y() + 5,
                SHARES[Math.max(0, index)] * unit - 2, HEIGHT);
    }

    static boolean has(@Nullable String hook) {
        return hook != null && HOOKS.contains(hook);
    }

    /** For where the whole word does not fit. */
    static String brief(String hook) {
        return switch (hook) {
            case "PREROUTING" -> "PRE";
            case "FORWARD" -> "FWD";
            case "OUTPUT" -> "OUT";
            case "POSTROUTING" -> "POST";
            default -> "IN";
        };
    }
}
