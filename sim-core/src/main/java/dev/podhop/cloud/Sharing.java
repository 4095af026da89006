package dev.podhop.cloud;

import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.net.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which Services may have one address together, where nodes announce it: MetalLB's rule ({@code
 * Allocator.Assign}, {@code sharingOK}). Both name the same {@code allow-shared-ip}, no port is
 * both's, and either both have policy Cluster or both have Local and the same selector, for else
 * one would be announced where the other has no endpoint.
 */
public final class Sharing {

    private final ApiStore store;
    private final Cloud cloud;
    private final LoadBalancers config;

    Sharing(ApiStore store, Cloud cloud, LoadBalancers config) {
        this.store = store;
        this.cloud = cloud;
        this.config = config;
    }

    /** The addresses of one whom a Service that asks for no address may join; else none. */
    List<IpAddress> joined(Service service, LoadBalancerSettings settings) {
        return settings.instance().sharingKey().isEmpty() ? List.of()
                : cloud.instances().stream().map(Instance::vips)
                        .filter(vips -> objection(service, settings, vips).isEmpty()).findFirst()
                        .orElse(List.of());
    }

    /** Why a Service may not have these addresses, as others have them; empty: it may. */
    String objection(Service service, LoadBalancerSettings settings, List<IpAddress> addresses) {
        for (Instance holder : cloud.holders(addresses)) {
            String where = addresses.getFirst() + " is the address of " + holder.access() + " "
                    + holder.id();
            Service other = owner(holder);
            if (other == null || !settings.isAnnounced()) {
                return where;
            }
            String why = why(new Claim(service, settings.instance().sharingKey()),
                    new Claim(other, config.settings(other).instance().sharingKey()));
            if (!why.isEmpty()) {
                return where + ", " + why;
            }
        }
        return "";
    }

    private @Nullable Service owner(Instance holder) {
        String key = holder.owner();
        int slash = key.indexOf('/');
        return slash < 0 ? null
                : store.get(Service.class, key.substring(0, slash), key.substring(slash + 1));
    }

    /**
     * A Service that wants an address.
     *
     * @param sharingKey its {@code allow-shared-ip}; empty for none
     */
    public record Claim(Service service, String sharingKey) {

        private String name() {
            return service.metadata().namespace() + "/" + service.metadata().name();
        }

        private Map<String, String> backends() {
            return service.spec().isExternalLocal() ? service.spec().selector() : Map.of();
        }
    }

    /** Why two Services may not share an address; empty: they may. */
    public static String why(Claim one, Claim other) {
        if (one.sharingKey.isEmpty() || other.sharingKey.isEmpty()) {
            return (one.sharingKey.isEmpty() ? one : other).name()
                    + " does not allow sharing (allow-shared-ip)";
        }
        if (!one.sharingKey.equals(other.sharingKey)) {
            return "allow-shared-ip \"" + one.sharingKey + "\" is not \"" + other.sharingKey
                    + "\"";
        }
        String ports = other.service.spec().ports().stream().map(Sharing::word)
                .filter(one.service.spec().ports().stream().map(Sharing::word)
                        .collect(Collectors.toSet())::contains)
                .collect(Collectors.joining(", "));
        if (!ports.isEmpty()) {
            return "port " + ports + " is in use by " + other.name();
        }
        return one.backends().equals(other.backends()) ? ""
                : "with externalTrafficPolicy Local only Services with the same selector share"
                        + " one";
    }

    private static String word(ServicePort port) {
        return (port.protocol().isEmpty() ? "TCP" : port.protocol()) + "/" + port.port();
    }
}
