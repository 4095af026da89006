package dev.podhop.cloud;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A load balancer that the cloud has: an address, tags, and listeners with their backends.
 *
 * <p>It knows nothing of Services. Whose it is, the controller reads from the tags, as it does in
 * the real cloud: who alters them parts it from its Service.
 */
public final class Instance {

    private final String id;
    private final Access access;
    private List<IpAddress> vips;
    private String owner = "";
    private final Map<String, String> tags = new LinkedHashMap<>();
    private final Map<Port, InstanceListener> listeners = new LinkedHashMap<>();

    /** What listeners are told apart by. */
    record Port(L4Protocol protocol, IpAddress vip, int number) {

        /** {@code TCP:80}, as a hand-made change names it. */
        String word() {
            return protocol + ":" + number;
        }
    }

    /**
     * @param id {@code lb-1a2b3c4d}
     * @param access what it was made for; EXISTING for one that somebody bought by hand
     */
    Instance(String id, Access access, List<IpAddress> vips) {
        this.id = id;
        this.access = access;
        this.vips = List.copyOf(vips);
    }

    public String id() {
        return id;
    }

    public Access access() {
        return access;
    }

    public List<IpAddress> vips() {
        return vips;
    }

    void vips(List<IpAddress> changed) {
        vips = List.copyOf(changed);
    }

    /** The Service it was made for, where no tag says so; else empty. */
    String owner() {
        return owner;
    }

    void owner(String service) {
        owner = service;
    }

    /** Its tags, to be read or changed. */
    public Map<String, String> tags() {
        return tags;
    }

    Map<Port, InstanceListener> byPort() {
        return listeners;
    }

    /** Its listeners, oldest first. */
    public Collection<InstanceListener> listeners() {
        return listeners.values();
    }
}
