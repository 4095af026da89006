package dev.podhop.run.doctor;

import static dev.podhop.run.doctor.Severity.ERROR;
import static dev.podhop.run.doctor.Severity.HINT;
import static dev.podhop.run.doctor.Severity.WARNING;

import dev.podhop.trace.Explanation;
import dev.podhop.trace.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The catalogue of what the doctor names. A code stays what it is: it is quoted in tickets and in
 * suppressions. Each lists the reasons that mean it, in a diagnosis of a call that failed; of a
 * chain of reasons the deepest that is listed decides.
 */
public enum FaultCode implements Reason {
    // No endpoint that could be used.
    SELECTOR_SPELLING("PH101", ERROR, "endpoints.selector.spelling"),
    SELECTOR_NAMESPACE("PH102", ERROR, "endpoints.selector.namespace"),
    SELECTOR_NOBODY("PH103", ERROR, "endpoints.selector.missing", "endpoints.selector.none"),
    SCALED_TO_ZERO("PH104", WARNING, "endpoints.scaled-to-zero"),
    NO_POD_YET("PH105", ERROR, "endpoints.no-pod-yet", "endpoints.starting"),
    PODS_FINISHED("PH106", ERROR, "endpoints.finished"),
    PODS_PENDING("PH107", ERROR, "endpoints.pending"),
    PODS_UNREADY("PH108", ERROR, "endpoints.unready", "endpoints.unready.condition",
            "endpoints.unready.probe"),
    PROBE_PORT("PH109", ERROR, "endpoints.unready.probe-port"),
    READINESS_GATE("PH110", ERROR, "endpoints.unready.gate"),
    PODS_TERMINATING("PH111", ERROR, "endpoints.terminating"),
    NODE_GONE("PH112", ERROR, "endpoints.node-gone"),
    NO_SLICE("PH113", ERROR, "endpoints.selectorless", "endpoints.slice.empty"),
    SLICE_PORT("PH114", ERROR, "endpoints.slice.port"),
    SLICE_UNREADY("PH115", ERROR, "endpoints.slice.unready"),
    NO_FAMILY("PH116", ERROR, "endpoints.family"),
    NO_ENDPOINT("PH117", ERROR, "diagnosis.refused.no-endpoint", "endpoints.not-written-yet"),

    // The port that endpoints are called at.
    PORT_NAME("PH121", ERROR, "endpoints.port.name", "endpoints.port.names",
            "endpoints.port.unnamed"),
    PORT_PROTOCOL("PH122", ERROR, "endpoints.port.protocol"),
    PORT_SOME("PH123", WARNING, "endpoints.port.some"),
    PORT_NUMBER("PH124", ERROR, "endpoints.port.number"),
    PORT_UNDECLARED("PH125", WARNING),
    NOBODY_LISTENS("PH126", ERROR, "diagnosis.refused-by-host"),

    // Endpoints that are not what they seem.
    STALE_SLICE("PH131", ERROR, "endpoints.not-in-file", "diagnosis.nobodys"),
    UNREACHABLE("PH132", ERROR, "diagnosis.unreachable"),

    // Policies that keep calls on a node.
    INTERNAL_LOCAL("PH201", ERROR, "endpoints.local", "endpoints.local.nobody",
            "diagnosis.dropped.local-policy"),
    EXTERNAL_LOCAL("PH202", WARNING),
    PROXY_NAME("PH203", ERROR, "diagnosis.other-name"),

    // Load balancers. Who is kept out, and who greets with a header, may well be meant so.
    BALANCER_LOOP("PH301", WARNING),
    BALANCER_PENDING("PH302", ERROR),
    NO_TARGET("PH303", ERROR, "diagnosis.request-dropped:LB_NO_HEALTHY_BACKEND",
            "diagnosis.request-dropped:LB_NO_LISTENER"),
    BALANCER_OBJECTS("PH304", ERROR, "diagnosis.objection"),
    NO_NODE_PORTS("PH305", ERROR, "diagnosis.no-node-port"),
    SOURCE_RANGES("PH306", HINT, "diagnosis.dropped.source-range",
            "diagnosis.request-dropped:LB_SOURCE_RANGES"),
    PROXY_HEADER("PH307", ERROR, "diagnosis.no-proxy-header", "diagnosis.strange-proxy-header"),
    NOT_ANNOUNCED("PH308", ERROR, "diagnosis.request-dropped:LB_NOT_ANNOUNCED"),
    UNTRANSLATED("PH309", ERROR, "diagnosis.no-balancer", "diagnosis.cluster-ip-only",
            "diagnosis.not-a-port"),

    // The network below.
    ANSWER_ASTRAY("PH401", ERROR, "diagnosis.reply-bypassed", "diagnosis.reply-bridged",
            "diagnosis.reply-strange", "diagnosis.reply-unknown-to-node",
            "diagnosis.reply-invalid"),
    SOURCE_CHECK("PH402", ERROR, "diagnosis.request-dropped:IP_RPFILTER",
            "diagnosis.reply-dropped:IP_RPFILTER", "diagnosis.request-dropped:IP_LOCAL_SOURCE",
            "diagnosis.reply-dropped:IP_LOCAL_SOURCE"),
    FORWARDING("PH403", ERROR, "diagnosis.request-dropped:IP_FORWARD_DISABLED",
            "diagnosis.reply-dropped:IP_FORWARD_DISABLED"),
    NO_ROUTE("PH404", ERROR, "diagnosis.unrouted", "diagnosis.sender-unrouted"),
    FIREWALL("PH405", ERROR, "diagnosis.request-dropped:NETFILTER_DROP",
            "diagnosis.reply-dropped:NETFILTER_DROP"),
    LOST("PH406", ERROR, "diagnosis.request-dropped", "diagnosis.reply-dropped",
            "diagnosis.never-answered", "diagnosis.reply-late", "diagnosis.under-way"),
    CLOSED("PH407", ERROR, "diagnosis.closed-unanswered", "diagnosis.session-over"),
    OWN_HAIRPIN("PH408", ERROR),
    RANGES_OVERLAP("PH411", ERROR),
    ADDRESS_TWICE("PH412", ERROR),
    NODE_PORT_TAKEN("PH413", WARNING),
    ADDRESS_SHARED("PH414", WARNING),
    FOREIGN_RULE("PH415", ERROR),
    KERNEL_SETTING("PH416", ERROR),
    STALE_ENTRY("PH417", ERROR),
    CONNECTIONS_FULL("PH418", WARNING),
    NODE_ADDRESS("PH419", ERROR),

    // kube-proxy and versions.
    PROXY_ABSENT("PH501", ERROR),
    PROXY_BEHIND("PH504", ERROR, "diagnosis.stale"),
    VERSIONS_APART("PH502", WARNING),
    DEPRECATED("PH503", HINT),
    RULES_BEHIND("PH505", ERROR),
    RULES_CHANGED("PH506", ERROR),
    RULES_OF_MODE("PH507", ERROR),
    RULES_OF_VERSION("PH508", HINT),
    RULES_UNKNOWN("PH509", HINT),
    PROXY_REPLACED("PH510", HINT),

    // Names.
    NO_SUCH_NAME("PH601", ERROR, "dns.unknown"),
    NO_NAME_SERVER("PH602", ERROR, "diagnosis.question-dropped", "diagnosis.answer-dropped",
            "dns.silent", "dns.refused", "dns.no-servers"),
    EXTERNAL_NAME("PH603", ERROR),

    // What is not simulated.
    POLICY("PH701", HINT),

    // How pods end.
    PRE_STOP_TOO_LONG("PH801", WARNING),

    // What is to be expected, tried in time.
    DRAIN("PH811", WARNING),
    NODE_LOSS("PH812", WARNING),
    ROLLOUT("PH813", WARNING);

    private static final String REPLY = "diagnosis.reply-";

    private final String id;
    private final Severity severity;
    private final List<String> reasons;
    private final Wording wording;

    FaultCode(String id, Severity severity, String... reasons) {
        this.id = id;
        this.severity = severity;
        this.reasons = List.of(reasons);
        this.wording = Wording.of("doctor." + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** As it is printed: {@code PH101}. */
    public String id() {
        return id;
    }

    /** Codes of the reasons by which calls show it; empty where objects do. */
    public List<String> reasons() {
        return reasons.stream().map(reason -> reason.replaceFirst(":.*", "")).distinct().toList();
    }

    /** How bad it is where pods or the outside meet it. */
    public Severity severity() {
        return severity;
    }

    /** Whether it says what packets met, and not why in words of the user's objects. */
    boolean isVague() {
        return switch (this) {
            case LOST, NO_ROUTE, FIREWALL, ANSWER_ASTRAY, SOURCE_CHECK, OWN_HAIRPIN, CLOSED,
                    STALE_SLICE, UNREACHABLE, NOBODY_LISTENS -> true;
            default -> false;
        };
    }

    /** Key of its title: {@code doctor.selector-spelling}. */
    @Override
    public Wording wording() {
        return wording;
    }

    /** What a chain of reasons means, and the part of it that says so. */
    static Optional<Meant> of(Explanation why) {
        Optional<Meant> meant = Optional.empty();
        for (Explanation each = why; each != null; each = each.because()) {
            Optional<Meant> here = named(each);
            meant = here.isPresent() ? here : meant;
        }
        return meant;
    }

    /** A code, and the reason from which on the chain is about it. */
    record Meant(FaultCode code, Explanation from) {}

    private static Optional<Meant> named(Explanation why) {
        String detailed = why.code() + ":" + why.arguments().getOrDefault("reason", "");
        for (FaultCode code : values()) {
            if (code.reasons.contains(detailed)) {
                return Optional.of(new Meant(code, why));
            }
        }
        for (FaultCode code : values()) {
            if (code.reasons.contains(why.code())) {
                return Optional.of(new Meant(code, why));
            }
        }
        return why.code().startsWith(REPLY) ? Optional.of(new Meant(ANSWER_ASTRAY, why))
                : Optional.empty();
    }
}
