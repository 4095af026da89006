package dev.podhop.kubeproxy;

import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Service;
import dev.podhop.net.IpFamily;
import java.util.Collection;

/**
 * What kube-proxy knows of Services at one moment, the same on every node that has synced it.
 *
 * @param v4 the IPv4 proxier's table
 * @param v6 the IPv6 proxier's table
 */
public record ProxyTables(ProxyVersion version, ServiceTable v4, ServiceTable v6) {

    /** The tables of these objects, which have passed admission. */
    public static ProxyTables of(ProxyVersion version, Collection<Service> services,
            Collection<EndpointSlice> slices) {
        ProxyTracker tracker = new ProxyTracker(version);
        services.forEach(tracker::update);
        slices.forEach(tracker::update);
        return tracker.tables();
    }

    /** A cluster without Services: what a kube-proxy knows before its first sync. */
    public static ProxyTables empty(ProxyVersion version) {
        return new ProxyTracker(version).tables();
    }

    public ServiceTable of(IpFamily family) {
        return family == IpFamily.IPv4 ? v4 : v6;
    }
}
