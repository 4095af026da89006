package dev.podhop.cloud;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A port of an instance.
 *
 * <p>A controller that names its listeners takes one for its own by that name: who renames it makes
 * it a stranger's, which is neither kept up to date nor deleted.
 */
public final class InstanceListener {

    private final Instance.Port port;
    private final String owner;
    private LoadBalancerSettings settings;
    private final Map<String, Backend> backends = new LinkedHashMap<>();
    private String name;
    private List<Cidr> sources = List.of();

    /**
     * @param owner the Service it was made for, {@code NS/NAME}; empty for one made by hand
     * @param settings how it balances and probes
     */
    InstanceListener(Instance.Port port, String name, String owner,
            LoadBalancerSettings settings) {
        this.port = port;
        this.name = name;
        this.owner = owner;
        this.settings = settings;
    }

    public L4Protocol protocol() {
        return port.protocol();
    }

    public IpAddress vip() {
        return port.vip();
    }

    public int port() {
        return port.number();
    }

    Instance.Port key() {
        return port;
    }

    public String name() {
        return name;
    }

    void rename(String changed) {
        name = changed;
    }

    /** Whether the controller would know it again as that Service's. */
    boolean isOf(String service) {
        return owner.equals(service)
                && name.equals(settings.registration().listenerName());
    }

    /** Whom the cloud lets in; empty: everybody. */
    public List<Cidr> sources() {
        return sources;
    }

    void sources(List<Cidr> changed) {
        sources = List.copyOf(changed);
    }

    /** The Service it was made for; empty for one made by hand. */
    public String owner() {
        return owner;
    }

    public LoadBalancerSettings settings() {
        return settings;
    }

    /** The same listener, its sessions and backends included, behaves otherwise from now on. */
    void settings(LoadBalancerSettings changed) {
        settings = changed;
    }

    /** Its backends, in the order in which they were bound. */
    public Collection<Backend> backends() {
        return backends.values();
    }

    Map<String, Backend> byName() {
        return backends;
    }
}
