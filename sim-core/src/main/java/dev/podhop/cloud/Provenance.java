package dev.podhop.cloud;

import java.util.Locale;

/**
 * Where a value comes from.
 *
 * @param source the document that says it; for an assumption the reason; empty for a scenario
 *     and an annotation
 */
public record Provenance(Mark mark, String source) {

    /** The value stands in the scenario. */
    public static final Provenance OF_SCENARIO = new Provenance(Mark.SCENARIO, "");

    /** The value stands in an annotation of the Service. */
    public static final Provenance OF_ANNOTATION = new Provenance(Mark.ANNOTATION, "");

    /** How well a value is known. */
    public enum Mark {
        /** The source documents it. */
        MODELLED,
        /** Nobody documents it: a plausible value. */
        ASSUMED,
        /** The Service's annotations say so. */
        ANNOTATION,
        /** The scenario says so. */
        SCENARIO;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
