package dev.podhop.netstack.conntrack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a kernel does about two first packets of one UDP flow that passed its tables side by side.
 * The versions are mainline's; distributions have carried the later behaviours back.
 */
public enum ClashHandling {
    /** Before Linux 4.19: where NAT has decided anything, the later one is dropped. */
    DROP,
    /**
     * Since 4.19 (commit ed07d9a021df): translated alike, they share the first one's entry;
     * translated to different endpoints, the later one is dropped.
     */
    MERGE,
    /**
     * Since 5.6 (commit 6a757c07e51f): translated differently, both go; the later one's entry is
     * there for its answers, for a second.
     */
    INSERT;

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    /** What a kernel of that version does; of a version that says nothing, what the newest does. */
    public static ClashHandling ofKernel(String version) {
        Matcher numbers = VERSION.matcher(version);
        if (!numbers.matches()) {
            return INSERT;
        }
        int major = Integer.parseInt(numbers.group(1));
        int minor = Integer.parseInt(numbers.group(2));
        if (major < 4 || major == 4 && minor < 19) {
            return DROP;
        }
        return major == 4 || major == 5 && minor < 6 ? MERGE : INSERT;
    }
}
