package dev.podhop.scenario;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.net.IpAddress;
import dev.podhop.scenario.Reading.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** No two hosts have one address. */
final class AddressChecks {

    private record Holder(String label, Location where) {
    }

    private final Reading reading;
    private final Map<IpAddress, Holder> holders = new HashMap<>();

    private AddressChecks(Reading reading) {
        this.reading = reading;
    }

    static void check(List<ApiObject> objects, List<ExternalHost> hosts, Reading reading) {
        AddressChecks checks = new AddressChecks(reading);
        for (ApiObject object : objects) {
            switch (object) {
                case Node node -> checks.node(node);
                case Pod pod -> checks.pod(pod);
                case Service service -> checks.service(service);
                default -> {
                }
            }
        }
        hosts.forEach(checks::host);
    }

    private void node(Node node) {
        for (int i = 0; i < node.addresses().size(); i++) {
            if (node.addresses().get(i).type().equals("InternalIP")) {
                FieldPath path = FieldPath.of("status", "addresses").index(i).child("address");
                take(node.addresses().get(i).address(), node.key().toString(),
                        node.locationOf(path), path.toString());
            }
        }
    }

    private void pod(Pod pod) {
        // A pod on the host's network has its node's address; one that ended has given its back.
        if (pod.spec().hostNetwork() || pod.isFinished()) {
            return;
        }
        for (int i = 0; i < pod.status().podIPs().size(); i++) {
            FieldPath all = FieldPath.of("status", "podIPs").index(i).child("ip");
            FieldPath one = FieldPath.of("status", "podIP");
            FieldPath path = i == 0 ? one : all;
            take(pod.status().podIPs().get(i), pod.key().toString(), pod.locationOf(path),
                    path.toString());
        }
    }

    private void service(Service service) {
        List<String> addresses = service.spec().clusterIPs().isEmpty()
                ? List.of(service.spec().clusterIP())
                : service.spec().clusterIPs();
        for (int i = 0; i < addresses.size(); i++) {
            FieldPath path = i == 0 ? FieldPath.of("spec", "clusterIP")
                    : FieldPath.of("spec", "clusterIPs").index(i);
            take(addresses.get(i), service.key().toString(), service.locationOf(path),
                    path.toString());
        }
    }

    private void host(ExternalHost host) {
        Origin origin = reading.origin(host);
        host.addresses().forEach(address -> {
            String key = address.equals(host.ip()) ? "ip" : "ipv6";
            take(address.toString(), "external/" + host.name(), origin.locate(key),
                    origin.pathOf(key));
        });
    }

    private void take(String text, String label, Location where, String path) {
        // What is no address (None, or a mistake) is for the API's validation.
        IpAddress.parse(text).ifPresent(address -> {
            Holder first = holders.putIfAbsent(address, new Holder(label, where));
            if (first != null && !first.label.equals(label)) {
                reading.problems().unexpected(where, path,
                        "the address " + address + " of " + label + " a second time",
                        "one of its own; it is that of " + first.label + " at " + first.where);
            }
        });
    }
}
