package dev.podhop.run.diagnosis;

import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what lies behind the end of a hop, from the cluster's objects as they are just then. */
@FunctionalInterface
public interface Witness {

    /** Has seen nothing but the packets. */
    Witness NONE = hop -> Testimony.NONE;

    Testimony about(Hop hop);

    /**
     * What is known beside the packets.
     *
     * @param service that the packet's destination belongs to, {@code web} or {@code shop/web};
     *        null where it is no Service's
     * @param finding what in the user's objects led to this end; null where nothing did
     * @param listed whether the destination is an endpoint of a Service in the API just then
     * @param facts what else bears on it, in order
     */
    record Testimony(@Nullable String service, @Nullable Finding finding, boolean listed,
            List<Explanation> facts) {

        static final Testimony NONE = new Testimony(null, null, true, List.of());

        public Testimony {
            facts = List.copyOf(facts);
        }

        /** A reason with all of this behind it. */
        Explanation behind(Explanation what) {
            Explanation all = finding == null ? what : what.because(finding.what());
            for (Explanation fact : facts) {
                all = all.because(fact);
            }
            return all;
        }
    }
}
