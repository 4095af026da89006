package dev.podhop.scenario.load;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.scenario.ExternalHost;
import dev.podhop.scenario.ExternalHost.Reach;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Who is outside, and who answers for endpoints that are no pods. */
final class OutsideGuess {

    static final String HOSTS = "externalHosts";
    static final String NAME = "ext";
    /** TEST-NET-3 (RFC 5737): nobody's, unless a file makes it somebody's. */
    private static final Cidr OUTSIDE = Cidr.of("203.0.113.0/24");
    private static final int FIRST = 2;

    private final List<ApiObject> objects;
    private final Assumptions assumed;
    private final Set<IpAddress> taken = new HashSet<>();

    OutsideGuess(List<ApiObject> objects, Assumptions assumed) {
        this.objects = objects;
        this.assumed = assumed;
        objects.stream().flatMap(OutsideGuess::addresses)
                .forEach(text -> Addresses.parse(text).ifPresent(taken::add));
    }

    void assume() {
        servers();
        List<Mapping> hosts = new ArrayList<>();
        ExternalHost ext = somebody();
        hosts.add(named(ext.name(), String.valueOf(ext.ip()))
                .node("reach", assumed.text(ext.reach().toString())).build());
        Set<String> services = new TreeSet<>();
        LooseEndpoints.outside(objects).forEach((endpoint, service) -> {
            if (taken.add(endpoint.address())) {
                hosts.add(named("endpoint-" + hosts.size(), endpoint.address().toString())
                        .number("port", endpoint.port()).build());
                services.add(service);
            }
        });
        String whose = String.join(", ", services);
        if (!services.isEmpty() && assumed.isGiven(HOSTS)) {
            assumed.note("endpoints of " + whose + " are no pods: of them only those answer that"
                    + " externalHosts has");
        }
        assumed.evident(!services.isEmpty() && !assumed.isGiven(HOSTS));
        assumed.outside(ext, hosts, services.isEmpty() ? "the file has none"
                : "somebody to ask from, and the endpoints of " + whose + " that are no pods");
    }

    private TreeBuilder named(String name, String address) {
        return assumed.builder().node("name", assumed.text(name))
                .node("ip", assumed.text(address));
    }

    /** Somebody outside to ask from, at an address that nothing in the file has. */
    private ExternalHost somebody() {
        int i = FIRST;
        while (!taken.add(OUTSIDE.address(i))) {
            i++;
        }
        return new ExternalHost(NAME, OUTSIDE.address(i), null, null, Reach.INTERNET);
    }

    private void servers() {
        List<Mapping> servers = LooseEndpoints.onNodes(objects).stream()
                .map(endpoint -> assumed.builder()
                        .node("ip", assumed.text(endpoint.address().toString()))
                        .number("port", endpoint.port()).build())
                .toList();
        if (!servers.isEmpty()) {
            assumed.add("nodeServers", assumed.list(servers),
                    "endpoints at nodes that are no pods");
        }
    }

    private static Stream<String> addresses(ApiObject object) {
        return switch (object) {
            case Node node -> node.addresses().stream().map(Node.NodeAddress::address);
            // A pod that ran to its end has given its address back.
            case Pod pod when !pod.isFinished() -> pod.status().podIPs().stream();
            case Service service -> Stream.of(service.spec().clusterIPs().stream(),
                    Stream.of(service.spec().clusterIP()), service.spec().externalIPs().stream(),
                    service.ingress().stream().map(i -> i.ip())).flatMap(all -> all);
            default -> Stream.empty();
        };
    }
}
