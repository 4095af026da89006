package dev.podhop.cloud;

/**
 * Which instance a Service asks for, as TKE lets it, and whom it shares an address with, as MetalLB
 * does.
 *
 * @param existing the id of one that somebody has bought before; empty: one of its own
 * @param subnet where an internal one has its address; empty: anywhere
 * @param shared whether other Services may have listeners on an existing one
 * @param sharingKey other Services with the same may have the same address; empty: none
 */
public record InstanceChoice(String existing, String subnet, boolean shared,
        String sharingKey) {

    /** One of its own. */
    public static final InstanceChoice OWN = new InstanceChoice("", "", false, "");
}
