package dev.podhop.netstack.device;

/**
 * A wire between two devices. Each direction keeps its packets in order, whatever the jitter.
 */
public final class Link {

    private final Device a;
    private final Device b;
    private Impairment impairment;
    private boolean up = true;
    private long lastArrivalAtA;
    private long lastArrivalAtB;

    /**
     * How a wire behaves.
     *
     * @param latencyNanos mean one-way delay
     * @param jitterNanos the delay is uniform in mean plus or minus this
     * @param lossNumerator with the denominator, the exact probability of losing a packet
     */
    public record Impairment(long latencyNanos, long jitterNanos, long lossNumerator,
            long lossDenominator) {

        public Impairment {
            if (latencyNanos < 0 || jitterNanos < 0 || jitterNanos > latencyNanos) {
                throw new IllegalArgumentException("latency " + latencyNanos + " ns, jitter "
                        + jitterNanos + " ns: jitter may not exceed latency");
            }
            if (lossDenominator <= 0 || lossNumerator < 0 || lossNumerator > lossDenominator) {
                throw new IllegalArgumentException(
                        "loss " + lossNumerator + "/" + lossDenominator);
            }
        }

        /** A wire that only takes time. */
        public static Impairment latency(long nanos) {
            return new Impairment(nanos, 0, 0, 1);
        }
    }

    /** Plugs both devices in. */
    public Link(Device a, Device b, Impairment impairment) {
        this.a = a;
        this.b = b;
        this.impairment = impairment;
        a.plug(this);
        b.plug(this);
    }

    /** The device at the other end. */
    public Device peer(Device device) {
        return device == a ? b : a;
    }

    public Impairment impairment() {
        return impairment;
    }

    public void impairment(Impairment changed) {
        impairment = changed;
    }

    public boolean up() {
        return up;
    }

    public void up(boolean isUp) {
        up = isUp;
    }

    /**
     * When a packet sent now towards {@code to} arrives.
     *
     * @param delayNanos the drawn one-way delay
     */
    public long arrival(Device to, long nowNanos, long delayNanos) {
        long arrival = Math.max(nowNanos + delayNanos, to == a ? lastArrivalAtA : lastArrivalAtB);
        if (to == a) {
            lastArrivalAtA = arrival;
        } else {
            lastArrivalAtB = arrival;
        }
        return arrival;
    }

    /** Forgets what is under way; time starts anew. */
    public void reset() {
        lastArrivalAtA = 0;
        lastArrivalAtB = 0;
    }

    /** Takes the cable out of both ends. */
    public void unplug() {
        a.plug(null);
        b.plug(null);
    }
}
