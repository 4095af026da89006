package dev.podhop.run.result;

import dev.podhop.trace.Reason;

/**
 * What a run or a trace says about an attempt as a whole; sentences live in the reports' bundles.
 */
public enum RunReason implements Reason {
    /** A packet was dropped: {@code reason} is a {@link dev.podhop.trace.DropReason}. */
    DROPPED("run.dropped", "reason", "place"),
    REJECTED("run.rejected", "place"),
    /** No packet ended badly: an answer never came. */
    SILENT("run.silent"),
    /** No packet ended badly: the server's end closed the connection. */
    CLOSED("run.closed"),
    REPLY_BYPASSED("diagnosis.reply-bypassed", "called", "from", "skipped", "client"),
    /** It passed the translator's bridge, but not its netfilter. */
    REPLY_ELSEWHERE("diagnosis.reply-elsewhere", "called", "from", "skipped", "as", "client"),
    REPLY_BRIDGED("diagnosis.reply-bridged", "called", "from", "skipped", "client"),
    /** Nobody on the call's way had replaced anything that the answer lacks. */
    REPLY_STRANGE("diagnosis.reply-strange", "called", "from", "client"),
    /** The answer was right, but its client had given up. */
    REPLY_LATE("diagnosis.reply-late", "from", "client", "late", "waited"),
    REPLY_UNKNOWN("diagnosis.reply-unknown-to-node", "place", "from", "skipped"),
    REPLY_INVALID("diagnosis.reply-invalid", "place", "from"),
    DROPPED_REQUEST("diagnosis.request-dropped", "place", "reason"),
    DROPPED_QUESTION("diagnosis.question-dropped", "place", "reason", "client"),
    DROPPED_ANSWER("diagnosis.answer-dropped", "place", "reason", "client"),
    DROPPED_REPLY("diagnosis.reply-dropped", "place", "reason", "from"),
    DROPPED_LOCAL_POLICY("diagnosis.dropped.local-policy", "place", "service", "policy"),
    DROPPED_SOURCE_RANGE("diagnosis.dropped.source-range", "place", "service", "source"),
    REFUSED_NO_ENDPOINT("diagnosis.refused.no-endpoint", "place", "service", "with"),
    REFUSED_BY_RULE("diagnosis.refused-by-rule", "place", "with"),
    SESSION_OVER("diagnosis.session-over", "with"),
    REFUSAL_UNSENT("diagnosis.refusal-unsent", "place", "with"),
    REFUSAL_UNHEARD("diagnosis.refusal-unheard", "place", "with"),
    /** It told of an address that the client had never called. */
    REFUSAL_ASTRAY("diagnosis.refusal-astray", "place", "with", "about", "called", "client"),
    REFUSED_BY_HOST("diagnosis.refused-by-host", "place", "port"),
    UNREACHABLE("diagnosis.unreachable", "place", "address"),
    UNROUTED("diagnosis.unrouted", "place", "address"),
    SENDER_UNROUTED("diagnosis.sender-unrouted", "client", "address"),
    NEVER_ANSWERED("diagnosis.never-answered", "target", "waited"),
    UNDER_WAY("diagnosis.under-way", "target", "waited", "place"),
    NOBODY_TOOK("diagnosis.nobody-took", "target", "waited"),
    CLOSED_UNANSWERED("diagnosis.closed-unanswered", "target"),
    NO_PROXY_HEADER("diagnosis.no-proxy-header", "target", "pod"),
    STRANGE_PROXY_HEADER("diagnosis.strange-proxy-header", "target", "pod"),
    /** What lies behind: of a rule that is behind, an object, the timeline. */
    HOST_RESOLVER("diagnosis.host-resolver", "client"),
    DEFAULT_RESOLVER("diagnosis.default-resolver", "client"),
    OUTER_RESOLVER("diagnosis.outer-resolver", "client"),
    STALE("diagnosis.stale", "address", "place"),
    IPVS_KEPT("diagnosis.ipvs-kept", "address", "place"),
    CONNECTION_KEPT("diagnosis.connection-kept", "address", "place"),
    NOT_A_PORT("diagnosis.not-a-port", "address", "service", "port", "ports"),
    CLUSTER_IP_ONLY("diagnosis.cluster-ip-only", "address", "service"),
    NO_BALANCER("diagnosis.no-balancer", "address", "service"),
    NOBODYS("diagnosis.nobodys", "address"),
    NO_AGEING("diagnosis.no-ageing"),
    NO_SUCH_NODE_PORT("diagnosis.no-such-node-port", "port"),
    NODE_PORT_ELSEWHERE("diagnosis.node-port-elsewhere", "port", "service", "address", "mode"),
    TRANSLATED_ONCE("diagnosis.translated-once", "port", "service", "place"),
    IPVS_FORGOT("diagnosis.ipvs-forgot", "place", "service", "seconds"),
    POD_TERMINATING("diagnosis.pod-terminating", "pod"),
    POD_UNREADY("diagnosis.pod-unready", "pod"),
    OBJECTION("diagnosis.objection", "service", "why"),
    NO_NODE_PORT("diagnosis.no-node-port", "service"),
    HAPPENED("diagnosis.happened", "at", "event"),
    PARTED("diagnosis.parted", "link", "places"),
    NAME_NEAR("diagnosis.name-near", "near", "service"),
    RETRIED("diagnosis.retried", "n"),
    ODDS_AFFINITY("odds.affinity", "service", "seconds"),
    ODDS_MOMENT("odds.moment", "time"),
    /** A NetworkPolicy isolates who calls. */
    POLICY_EGRESS("policy.egress", "policy", "pods", "where"),
    /** A NetworkPolicy isolates who answers. */
    POLICY_INGRESS("policy.ingress", "policy", "pods", "where"),
    /** The address of {@code default/kubernetes}, in a file without it. */
    NO_API_SERVERS("diagnosis.no-api-servers", "address"),
    /** kube-proxy takes itself for another machine. */
    OTHER_NAME("diagnosis.other-name", "node", "name"),
    FIX_IP_MODE_VIP("fix.ip-mode-vip", "service"),
    FIX_IP_MODE_PROXY("fix.ip-mode-proxy", "service"),
    FIX_CLUSTER_IP("fix.cluster-ip", "service"),
    FIX_LB_SNAT("fix.lb-snat", "service"),
    FIX_LB_PRESERVE("fix.lb-preserve", "service"),
    FIX_PROXY_PROTOCOL_ON("fix.proxy-protocol-on", "service"),
    FIX_PROXY_PROTOCOL_OFF("fix.proxy-protocol-off", "service"),
    FIX_BACKENDS_POD("fix.backends-pod", "service"),
    FIX_BACKENDS_NODE_PORT("fix.backends-node-port", "service"),
    FIX_FORWARD_TO_ALL("fix.forward-to-all", "service"),
    FIX_CHECK_LOCAL("fix.check-local", "service"),
    FIX_CHECK_NODE_PORT("fix.check-node-port", "service"),
    FIX_SOURCE_RANGE("fix.source-range", "service", "source"),
    FIX_SLICES_ANEW("fix.slices-anew", "service", "slices"),
    FIX_NODE_PORTS("fix.node-ports", "service"),
    FIX_TIMEOUT("fix.timeout", "timeout"),
    FIX_IP_MASQ("fix.ip-masq"),
    FIX_LOCAL_POLICY("fix.local-policy", "service"),
    FIX_CLUSTER_POLICY("fix.cluster-policy", "service"),
    FIX_INTERNAL_CLUSTER_POLICY("fix.internal-cluster-policy", "service"),
    FIX_NODE_CIDR("fix.node-cidr"),
    FIX_RP_FILTER("fix.rp-filter"),
    FIX_RP_FILTER_LOOSE("fix.rp-filter-loose"),
    FIX_LOOP_AVOIDANCE("fix.loop-avoidance", "service"),
    FIX_HAIRPIN_VETH("fix.hairpin-veth"),
    FIX_BRIDGE_NF("fix.bridge-nf"),
    FIX_BRIDGE_NF_6("fix.bridge-nf-6"),
    FIX_IP_FORWARD("fix.ip-forward"),
    FIX_IP_FORWARD_6("fix.ip-forward-6"),
    FIX_SINGLE_REQUEST("fix.single-request", "pod"),
    FIX_MASQUERADE_ALL("fix.masquerade-all");

    private final Wording wording;

    RunReason(String code, String... arguments) {
        this.wording = Wording.of(code, arguments);
    }

    @Override
    public Wording wording() {
        return wording;
    }
}
