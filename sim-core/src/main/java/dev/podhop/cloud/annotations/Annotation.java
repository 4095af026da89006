package dev.podhop.cloud.annotations;

import java.util.List;
import java.util.Map;

/**
 * A documented annotation of a Service, or an attribute within one.
 *
 * @param name as it is documented, {@code {port}} and {@code {protocol}} standing for a Service
 *     port's; with {@code ports} also what may follow it
 * @param vendor whose it is: {@code aws}
 * @param sets the keys of a load balancer that it decides, {@code healthCheck.interval}, and how
 *     its value becomes theirs
 * @param attributes what its value {@code a=1,b=2} may hold; empty where it is no such list
 * @param effect where it has any
 * @param quiet values of one that is told at which nothing has to be: the cluster behaves so anyway
 * @param but what is to be said at some values of one that is read
 * @param why in what way it is harmless, or what happens instead; empty where it is read
 * @param source the document that says it
 * @param elsewhere who reads it, where that is no load balancer's controller; empty else
 */
public record Annotation(Name name, String vendor, Status status, Map<String, ValueForm> sets,
        List<Annotation> attributes, Effect effect, List<String> quiet, Map<String, String> but,
        String why, String source, String elsewhere) {

    public Annotation {
        attributes = List.copyOf(attributes);
        quiet = List.copyOf(quiet);
    }

    /** What becomes of it. */
    public enum Status {
        /** It decides a setting. */
        READ,
        /** It cannot change what happens to a packet. */
        HARMLESS,
        /** It may, and is not modelled: said once. */
        TOLD
    }

    /**
     * Where an annotation has an effect.
     *
     * @param only the profiles; empty: all of its vendor
     * @param needs other annotations that must have these values; {@code *}: any
     * @param unless other annotations that must not have them; {@code spec.FIELD} for a field
     */
    public record Effect(List<String> only, Map<String, String> needs,
            Map<String, String> unless) {
        public Effect {
            only = List.copyOf(only);
        }
    }
}
