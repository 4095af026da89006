package dev.podhop.kubeproxy;

import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Service;
import dev.podhop.net.IpFamily;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Turns the API's Services and EndpointSlices into versions of the tables that all nodes share: one
 * tracker for the whole cluster, asked for a {@link ProxyTables} whenever some node syncs.
 *
 * <p>A version is made anew only if something that kube-proxy reads has changed since the last one,
 * and takes over what has not: two versions share the objects of all Service ports that are equal.
 */
public final class ProxyTracker {

    private final ProxyVersion version;
    private final Map<IpFamily, FamilyTracker> families = new EnumMap<>(IpFamily.class);

    public ProxyTracker(ProxyVersion version) {
        this.version = version;
        for (IpFamily family : IpFamily.values()) {
            families.put(family, new FamilyTracker(family, version));
        }
    }

    /** A new or changed Service. */
    public void update(Service service) {
        families.values().forEach(
                family -> family.servicesChanged |= family.services.update(service));
    }

    /** A deleted Service. */
    public void remove(Service service) {
        families.values().forEach(family -> family.servicesChanged |= family.services
                .remove(service.metadata().namespace(), service.metadata().name()));
    }

    /** A new or changed slice. */
    public void update(EndpointSlice slice) {
        families.values().forEach(family -> {
            if (family.endpoints.update(slice)) {
                family.changed.add(EndpointsChangeTracker.service(slice));
            }
        });
    }

    /** A deleted slice. */
    public void remove(EndpointSlice slice) {
        families.values().forEach(family -> {
            if (family.endpoints.remove(slice)) {
                family.changed.add(EndpointsChangeTracker.service(slice));
            }
        });
    }

    /** The tables as of now. */
    public ProxyTables tables() {
        return new ProxyTables(version, tableOf(IpFamily.IPv4), tableOf(IpFamily.IPv6));
    }

    private ServiceTable tableOf(IpFamily family) {
        return Objects.requireNonNull(families.get(family)).table(version);
    }

    private static final class FamilyTracker {

        private final ServiceChangeTracker services;
        private final EndpointsChangeTracker endpoints;
        /** Services whose endpoints have changed since the table was made. */
        private final Set<String> changed = new LinkedHashSet<>();
        private boolean servicesChanged;
        private ServiceTable table;

        FamilyTracker(IpFamily family, ProxyVersion version) {
            services = new ServiceChangeTracker(family, version);
            endpoints = new EndpointsChangeTracker(family);
            table = ServiceTable.of(family, List.of());
        }

        ServiceTable table(ProxyVersion version) {
            if (servicesChanged) {
                table = ServiceTable.of(table.family(), services.ports().stream()
                        .map(info -> served(info, version)).toList());
            } else {
                for (String service : changed) {
                    for (ServicePortInfo info : services.ports(service)) {
                        ServedPort port = served(info, version);
                        table = port == table.named(info.name()) ? table : table.with(port);
                    }
                }
            }
            servicesChanged = false;
            changed.clear();
            return table;
        }

        private ServedPort served(ServicePortInfo info, ProxyVersion version) {
            List<EndpointInfo> current = endpoints.endpoints(info.name());
            ServedPort known = table.named(info.name());
            // the tracker hands out the same list until one of the Service's slices changes
            return known != null && known.info().equals(info)
                    && (known.endpoints() == current || known.endpoints().equals(current))
                            ? known
                            : ServedPort.of(info, current, version);
        }
    }
}
