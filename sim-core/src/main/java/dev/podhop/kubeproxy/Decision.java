package dev.podhop.kubeproxy;

import dev.podhop.kubeproxy.ServiceTable.CaptureKind;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What kube-proxy does with a new connection to one of a Service's addresses, in no mode's words:
 * {@link Decider} fills it in, each mode tells and writes it in its own rules. Refilled for every
 * connection, so that deciding allocates nothing.
 */
public final class Decision {

    /** How it ends. */
    public enum Outcome {
        /** The address belongs to no Service that has an endpoint anywhere. */
        NOT_SERVED,
        /** Its rules were met, and none of them translated: no endpoint that it may have. */
        UNTRANSLATED,
        /** It goes to {@link #address()}:{@link #port()}. */
        TRANSLATED
    }

    /** Whose endpoints are chosen from, and why. */
    public enum Policy {
        /** The ClusterIP: {@code internalTrafficPolicy}. */
        INTERNAL,
        /** {@code externalTrafficPolicy: Cluster}. */
        EXTERNAL_CLUSTER,
        /** {@code externalTrafficPolicy: Local}. */
        EXTERNAL_LOCAL,
        /** Local, but a pod asks: as if it had gone out to the load balancer and back. */
        SHORT_CIRCUIT_POD,
        /** Local, but the node itself asks. */
        SHORT_CIRCUIT_NODE
    }

    /** What {@code loadBalancerSourceRanges} say of the source. */
    public enum Gate {
        /** Nothing: the port has no ranges, or another of its addresses was called. */
        NONE,
        /** {@link #range()} has it. */
        RANGE,
        /** It is the virtual address, which the node would use, and the node may call. */
        VIP,
        /** It is in no range. */
        SHUT
    }

    Outcome outcome = Outcome.NOT_SERVED;
    CaptureKind capture = CaptureKind.CLUSTER_IP;
    @Nullable ServedPort served;
    Policy policy = Policy.INTERNAL;
    Gate gate = Gate.NONE;
    @Nullable Cidr range;
    EndpointSet set = EndpointSet.EMPTY;
    boolean local;
    int index;
    boolean remembered;
    boolean marked;
    boolean hairpin;

    void begin(CaptureKind kind, ServedPort port) {
        outcome = Outcome.NOT_SERVED;
        capture = kind;
        served = port;
        gate = Gate.NONE;
        range = null;
        set = EndpointSet.EMPTY;
        marked = false;
        hairpin = false;
        remembered = false;
    }

    public Outcome outcome() {
        return outcome;
    }

    public boolean isTranslated() {
        return outcome == Outcome.TRANSLATED;
    }

    /** Which of the Service's addresses was called. */
    public CaptureKind capture() {
        return capture;
    }

    /** The Service port that was called. */
    public ServedPort served() {
        if (served == null) {
            throw new IllegalStateException("nothing has been decided");
        }
        return served;
    }

    public Policy policy() {
        return policy;
    }

    public Gate gate() {
        return gate;
    }

    /** The range that lets the source pass; null unless {@link #gate} says that one does. */
    public @Nullable Cidr range() {
        return range;
    }

    /** What was chosen from. */
    public EndpointSet set() {
        return set;
    }

    /** Whether that set is this node's own endpoints. */
    public boolean isLocalSet() {
        return local;
    }

    /** The place of the chosen endpoint in the set. */
    public int index() {
        return index;
    }

    /** Whether session affinity chose, rather than chance. */
    public boolean isRemembered() {
        return remembered;
    }

    /** Whether the source is rewritten whichever endpoint is chosen. */
    public boolean isMarked() {
        return marked;
    }

    /** Whether the source is rewritten because it is the chosen endpoint itself. */
    public boolean isHairpin() {
        return hairpin;
    }

    public boolean isMasqueraded() {
        return marked || hairpin;
    }

    public IpAddress address() {
        return set.address(index);
    }

    public int port() {
        return set.port(index);
    }

    /** The chosen endpoint as an object, for those who tell of it. */
    public SocketAddress endpoint() {
        return set.get(index);
    }
}
