package dev.podhop.run;

import dev.podhop.trace.Explanation;

/**
 * What a run or a trace says about an attempt as a whole; sentences live in the reports' bundles.
 */
public enum RunReason {
    /** {reason} at {place}. */
    DROPPED("run.dropped"),
    REJECTED("run.rejected"),
    /** No packet ended badly: an answer never came. */
    SILENT("run.silent"),
    REPLY_BYPASSED("diagnosis.reply-bypassed"),
    REPLY_UNKNOWN("diagnosis.reply-unknown-to-node"),
    DROPPED_REQUEST("diagnosis.request-dropped"),
    DROPPED_REPLY("diagnosis.reply-dropped"),
    REFUSED_BY_RULE("diagnosis.refused-by-rule"),
    REFUSED_BY_HOST("diagnosis.refused-by-host"),
    UNREACHABLE("diagnosis.unreachable"),
    NEVER_ANSWERED("diagnosis.never-answered"),
    FIX_IP_MODE_VIP("fix.ip-mode-vip"),
    FIX_CLUSTER_IP("fix.cluster-ip"),
    FIX_LB_SNAT("fix.lb-snat"),
    FIX_IP_MASQ("fix.ip-masq"),
    FIX_LOCAL_POLICY("fix.local-policy"),
    FIX_CLUSTER_POLICY("fix.cluster-policy"),
    FIX_INTERNAL_CLUSTER_POLICY("fix.internal-cluster-policy"),
    FIX_NODE_CIDR("fix.node-cidr"),
    FIX_RP_FILTER("fix.rp-filter"),
    FIX_LOOP_AVOIDANCE("fix.loop-avoidance"),
    FIX_HAIRPIN_VETH("fix.hairpin-veth"),
    FIX_BRIDGE_NF("fix.bridge-nf"),
    FIX_MASQUERADE_ALL("fix.masquerade-all"),
    FIX_SOURCE_RANGES("fix.source-ranges"),
    FIX_POD_BACKENDS("fix.pod-backends");

    private final String code;

    RunReason(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    Explanation with(String... namesAndValues) {
        return Explanation.of(code, namesAndValues);
    }
}
