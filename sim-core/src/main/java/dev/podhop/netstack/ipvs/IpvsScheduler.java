package dev.podhop.netstack.ipvs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How a virtual server chooses ({@code net/netfilter/ipvs/ip_vs_*.c}).
 *
 * <p>kube-proxy gives every server weight 1, and 0 to one that is to go, so that the weighted
 * schedulers do what their plain ones do.
 */
public enum IpvsScheduler {
    /** One after the other. */
    RR,
    WRR,
    /** The fewest connections. */
    LC,
    WLC,
    /** Always the same one for a destination: the least loaded when it was first asked. */
    LBLC,
    LBLCR,
    /** By a hash of the source. */
    SH,
    /** By a hash of the destination: always the same one. */
    DH,
    /** By a hash of source and port (Maglev; kube-proxy asks for the port to be hashed). */
    MH,
    /** The shortest expected delay: only open connections count. */
    SED,
    /** One without open connections, else as {@link #SED}. */
    NQ;

    /** The scheduler of that name, in lower case; empty if none has it. */
    public static Optional<IpvsScheduler> named(String name) {
        return Arrays.stream(values()).filter(each -> each.toString().equals(name)).findFirst();
    }

    /**
     * Whether its choice hangs on what was chosen before, by whomever: of a connection by itself it
     * is chance then.
     */
    boolean hangsOnHistory() {
        return switch (this) {
            case RR, WRR, LC, WLC -> true;
            case LBLC, LBLCR, SH, DH, MH, SED, NQ -> false;
        };
    }

    /** Whether it counts connections, so that those that are over must be forgotten first. */
    boolean counts() {
        return switch (this) {
            case LC, WLC, LBLC, LBLCR, SED, NQ -> true;
            case RR, WRR, SH, DH, MH -> false;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
