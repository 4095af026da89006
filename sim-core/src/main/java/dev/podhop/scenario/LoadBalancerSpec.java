package dev.podhop.scenario;

import dev.podhop.cloud.LoadBalancerProfile;
import dev.podhop.cloud.LoadBalancerProfiles;
import dev.podhop.cloud.Provenance;
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
        // Said of all, the plain one is what there is where nothing is said.
        if (LoadBalancerProfiles.plain().name().equals(keys.profile())) {
            keys = keys.withProfile(null);
        }
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
            @Nullable IpAddress address,
            @Key(value = "Keys for single ports of the Service, by number.",
                    otherwise = "none")
            Map<Integer, LoadBalancerKeys> ports) {

        /** Nothing said. */
        public static final OfService NONE =
                new OfService(LoadBalancerKeys.NONE, null, Map.of());

        public OfService {
            ports = Collections.unmodifiableMap(ports);
        }

        /** The keys of one port, what is said of all ports included. */
        LoadBalancerKeys of(int port) {
            LoadBalancerKeys own = ports.get(port);
            return own == null ? keys : own.merged(keys);
        }
    }

    /** Whether a file says anything of a Service's load balancer. */
    public boolean isSaid(String namespace, String service) {
        OfService own = services.get(Names.qualified(namespace, service));
        return !keys.equals(LoadBalancerKeys.NONE)
                || own != null && !own.keys.equals(LoadBalancerKeys.NONE);
    }

    /** Any port of a Service of which nothing else is said. */
    public static final int EVERY_PORT = 0;

    /** How the load balancer of a Service without annotations behaves. */
    public LoadBalancerProfile of(String namespace, String service) {
        return of(namespace, service, OfService.NONE, EVERY_PORT);
    }

    /**
     * How a load balancer behaves on one port, each value with its provenance. What the scenario
     * says outranks what the annotations say, and both the profile; it is that of the Service's own
     * keys, else of its annotations, else of all load balancers.
     *
     * @param annotated what the Service's annotations say
     * @param port of the Service; {@link #EVERY_PORT} for those of which nothing else is said
     */
    public LoadBalancerProfile of(String namespace, String service, OfService annotated,
            int port) {
        OfService own = ofService(namespace, service);
        boolean alone = own.keys.profile() != null;
        LoadBalancerKeys given = alone ? own.of(port) : own.of(port).merged(keys);
        LoadBalancerKeys said = annotated.of(port);
        LoadBalancerKeys named = alone || said.profile() == null ? given : said;
        return given.over(said.over(named.base(), Provenance.OF_ANNOTATION),
                Provenance.OF_SCENARIO);
    }

    /** What is said of one Service's load balancer. */
    public OfService ofService(String namespace, String service) {
        return services.getOrDefault(Names.qualified(namespace, service), OfService.NONE);
    }
}
