package dev.podhop.netstack.netfilter;

import dev.podhop.net.Hook;
import java.util.Locale;

/** iptables' tables, with the priorities of {@code enum nf_ip_hook_priorities}. */
public enum IptablesTable {
    RAW(-300, -300),
    MANGLE(-150, -150),
    /** {@code NF_IP_PRI_NAT_DST} where a packet comes from, {@code NF_IP_PRI_NAT_SRC} later. */
    NAT(-100, 100),
    FILTER(0, 0),
    SECURITY(50, 50);

    private final int early;
    private final int late;

    IptablesTable(int early, int late) {
        this.early = early;
        this.late = late;
    }

    /** Where its chain stands among the callbacks of a hook. */
    public int priority(Hook hook) {
        return hook == Hook.PREROUTING || hook == Hook.OUTPUT ? early : late;
    }

    /** As {@code iptables -t} spells it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
