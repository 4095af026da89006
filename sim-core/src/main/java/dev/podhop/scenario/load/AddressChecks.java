package dev.podhop.scenario.load;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.Location;
import dev.podhop.net.IpAddress;
import dev.podhop.scenario.ExternalHost;
import dev.podhop.scenario.PrefixedAddress;
import dev.podhop.scenario.ScenarioSpec;
import dev.podhop.scenario.form.Reading;
import dev.podhop.scenario.form.Reading.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * No host outside the cluster, and not the edge, has an address that somebody else has; that no two
 * objects of the cluster share one is {@code k8s.admission}'s to check.
 */
final class AddressChecks {

    private final Reading reading;
    private final Map<IpAddress, String> holders = new HashMap<>();

    private AddressChecks(List<ApiObject> objects, Reading reading) {
        this.reading = reading;
        for (ApiObject object : objects) {
            for (String address : addresses(object)) {
                Addresses.parse(address)
                        .ifPresent(ip -> holders.putIfAbsent(ip, object.key().toString()));
            }
        }
    }

    static void check(ScenarioSpec spec, List<ApiObject> objects, Reading reading) {
        AddressChecks checks = new AddressChecks(objects, reading);
        for (ExternalHost host : spec.externalHosts()) {
            Origin origin = reading.origin(host);
            host.addresses().forEach(address -> {
                String key = address.equals(host.ip()) ? "ip" : "ipv6";
                checks.take(address, "external/" + host.name(), origin.locate(key),
                        origin.pathOf(key));
            });
        }
        Origin network = reading.origin(spec.network());
        for (PrefixedAddress gateway : spec.network().gateway()) {
            checks.take(gateway.address(), "the edge", network.locate("gateway"),
                    network.pathOf("gateway"));
        }
    }

    /** What an object answers to; as text, for what is no address is told by its validation. */
    private static List<String> addresses(ApiObject object) {
        return switch (object) {
            case Node node -> node.addresses().stream().map(Node.NodeAddress::address).toList();
            // A pod that ran to its end has given its address back.
            case Pod pod when !pod.isFinished() -> pod.status().podIPs();
            case Service service -> service.spec().clusterIPs().isEmpty()
                    ? List.of(service.spec().clusterIP())
                    : service.spec().clusterIPs();
            default -> List.of();
        };
    }

    /** Enters an address, unless somebody has it. */
    private void take(IpAddress address, String label, Location where, String path) {
        String holder = holders.putIfAbsent(address, label);
        if (holder != null) {
            reading.problems().unexpected(where, path, "the address " + address + " of " + holder,
                    "one that nobody else has");
        }
    }
}
