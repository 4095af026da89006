package dev.podhop.scenario;

import dev.podhop.cloud.LoadBalancerProfile;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.net.IpAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cloud's load balancers.
 *
 * @param services by Service: {@code NAME}, or {@code NS/NAME} outside the default namespace
 */
public record LoadBalancerSpec(
        @Key("Keys for every load balancer.")
        @Inline LoadBalancerKeys keys,
        @Key(value = "Overrides for one Service's load balancer, by `NAME` or `NS/NAME`.",
                otherwise = "none")
        Map<String, OfService> services) {

    private static final String DEFAULT = ObjectMeta.DEFAULT_NAMESPACE + "/";

    public LoadBalancerSpec {
        Map<String, OfService> qualified = new LinkedHashMap<>();
        services.forEach((name, own) -> qualified.put(name.startsWith(DEFAULT)
                ? name.substring(DEFAULT.length())
                : name, own));
        services = Collections.unmodifiableMap(qualified);
    }

    /** What one Service's load balancer does otherwise. */
    public record OfService(
            @Key("Keys for this load balancer; with a profile of its own, the common keys do not"
                    + " apply to it.")
            @Inline LoadBalancerKeys keys,
            @Key(value = "Its address, where the Service's status has only a hostname.",
                    otherwise = "the status's, else one that the simulated cloud allocates")
            @Nullable IpAddress address) {}

    /** How the load balancer of a Service behaves, each value with its provenance. */
    public LoadBalancerProfile of(String namespace, String service) {
        OfService own = services.get(Names.qualified(namespace, service));
        if (own == null) {
            return keys.over(LoadBalancerKeys.NONE);
        }
        return own.keys.profile() == null ? own.keys.over(keys)
                : own.keys.over(LoadBalancerKeys.NONE);
    }

    /** Whether a file says anything of a Service's load balancer. */
    public boolean isSaid(String namespace, String service) {
        OfService own = services.get(Names.qualified(namespace, service));
        return !keys.equals(LoadBalancerKeys.NONE)
                || own != null && !own.keys.equals(LoadBalancerKeys.NONE);
    }

    /** The address given to a Service's load balancer; null where none is. */
    public @Nullable IpAddress addressOf(String namespace, String service) {
        OfService own = services.get(Names.qualified(namespace, service));
        return own == null ? null : own.address;
    }
}
