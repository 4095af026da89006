package dev.podhop.netstack.ipvs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What IPVS does with a new connection from a port that it still remembers, by kernel and
 * {@code conn_reuse_mode} ({@code ip_vs_in_hook}). Versions are mainline's; distributions have
 * carried the later behaviours back.
 *
 * @param closed whether a SYN that meets an entry that is over is a new connection
 * @param quiesced whether one is that meets an entry whose server is about to go, weight 0; since
 *     5.16 whatever the mode is ("Fix reuse connection if RS weight is 0")
 * @param atOnce whether what comes for a server that is gone is scheduled anew at once, where
 *     conntrack does not know the connection; before 5.9 that packet is dropped
 */
public record ConnReuse(boolean closed, boolean quiesced, boolean atOnce) {

    /** Of a kernel that says nothing of its version: the newest. */
    public static final ConnReuse NEWEST = new ConnReuse(true, true, true);

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    /**
     * On a node under kube-proxy, which sets the mode to 0 from 4.1 to 5.8, where 1 costs such a
     * connection a second, and leaves it alone from 5.9 on.
     *
     * @param mode {@code net.ipv4.vs.conn_reuse_mode} of the node
     */
    public static ConnReuse ofKernel(String version, int mode) {
        Matcher numbers = VERSION.matcher(version);
        int kernel = numbers.matches() ? 1000 * Integer.parseInt(numbers.group(1))
                + Integer.parseInt(numbers.group(2)) : Integer.MAX_VALUE;
        boolean keepsMode = kernel >= 5009;
        boolean reuse = keepsMode && mode != 0;
        return new ConnReuse(reuse, reuse || kernel >= 5016, keepsMode);
    }
}
