package dev.podhop.cloud;

import dev.podhop.engine.SimTime;

/**
 * How the controller of a cloud's load balancers works.
 *
 * @param apiLatencyNanos from a call of the cloud's API to its effect: a listener, some targets
 * @param provisioningNanos the same for a new instance
 * @param resyncNanos from one look at what others changed in the cloud to the next; 0: never
 * @param accessSwitch what becomes of an instance when its Service asks for another kind of access
 */
public record ControllerSettings(long apiLatencyNanos, long provisioningNanos, long resyncNanos,
        AccessSwitch accessSwitch) {

    /** What happens to public, internal or existing when one is asked to become another. */
    public enum AccessSwitch {
        /** The instance goes and another comes, with another address (TKE until 2023). */
        REBUILD("rebuild"),
        /** Nothing: it must be given up first, by another type of Service (TKE since). */
        REFUSE("refuse");

        private final String spelling;

        AccessSwitch(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String toString() {
            return spelling;
        }
    }

    /** Whether the cloud answers at once. */
    boolean isImmediate() {
        return apiLatencyNanos == 0 && provisioningNanos == 0;
    }

    @Override
    public String toString() {
        return "a call " + SimTime.format(apiLatencyNanos) + ", an instance "
                + SimTime.format(provisioningNanos) + ", resync "
                + (resyncNanos == 0 ? "never" : "every " + SimTime.format(resyncNanos))
                + ", another access " + accessSwitch;
    }
}
