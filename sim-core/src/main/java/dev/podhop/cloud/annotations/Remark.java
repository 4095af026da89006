package dev.podhop.cloud.annotations;

/**
 * Something to be told about an annotation of a Service.
 *
 * @param annotation its name as written; {@code NAME: ATTRIBUTE} for one within
 * @param what kind of thing
 * @param text what is to be said after the name
 */
public record Remark(String annotation, Kind what, String text) {

    /** What parts an annotation's name from that of an attribute in it. */
    static final String OF_ATTRIBUTE = ": ";

    /** The annotation's name alone, where it is about an attribute within. */
    public String key() {
        int end = annotation.indexOf(OF_ATTRIBUTE);
        return end < 0 ? annotation : annotation.substring(0, end);
    }

    /** Why an annotation has another effect than its author may think. */
    public enum Kind {
        /** It may change a packet's fate, and is not modelled. */
        TOLD,
        /** Nobody documents it. */
        UNKNOWN,
        /** It has none: the load balancer is another vendor's or another kind, or it needs more. */
        WITHOUT_EFFECT,
        /** Its value is none that its controller takes. */
        MALFORMED
    }
}
