package dev.podhop.kubeproxy.nftables;

import dev.podhop.netstack.netfilter.RecentLists;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom the sets of session affinity remember at one moment, as {@code nft list} prints an element
 * with a timeout: {@code 10.244.1.5 expires 2h59m58s250ms}.
 *
 * @param kernelVersion of the node; before 6.12 ({@code nf_tables_fill_setelem}) the kernel tells
 *     the set's own timeout with each element, too
 */
record AffinityElements(RecentLists recent, long nowNanos, String kernelVersion) {

    /** Nobody has come yet. */
    static final AffinityElements NONE = new AffinityElements(new RecentLists(), 0, "");

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");
    private static final long MILLI = 1_000_000;
    private static final int SECOND = 1000;

    /** Elements of a set, by address: in which order the kernel's hash has them is chance. */
    List<String> of(String set, int timeoutSeconds) {
        String timeout = tellsTimeout() ? " timeout " + TableText.duration(timeoutSeconds) : "";
        return recent.entries(set).entrySet().stream()
                .filter(entry -> left(entry.getValue(), timeoutSeconds) > 0)
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + timeout + " expires "
                        + time(left(entry.getValue(), timeoutSeconds)))
                .toList();
    }

    /** Milliseconds. */
    private long left(long stampedNanos, int timeoutSeconds) {
        return (long) timeoutSeconds * SECOND - (nowNanos - stampedNanos) / MILLI;
    }

    private static String time(long millis) {
        int seconds = (int) (millis / SECOND);
        long rest = millis % SECOND;
        return TableText.duration(seconds) + (rest == 0 ? "" : rest + "ms");
    }

    private boolean tellsTimeout() {
        Matcher numbers = VERSION.matcher(kernelVersion);
        return numbers.matches() && 1000 * Integer.parseInt(numbers.group(1))
                + Integer.parseInt(numbers.group(2)) < 6012;
    }
}
