package dev.podhop.run.doctor;

import dev.podhop.k8s.Node;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.scenario.ExternalHost;
import dev.podhop.scenario.ExternalHost.Reach;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whoever calls from outside: the file's own hosts, and where it lacks one a machine of the private
 * network and somebody on the internet.
 */
final class Outsiders {

    private static final String NETWORK = "doctor-network";
    private static final String INTERNET = "doctor-internet";
    /** Ends of private ranges (RFC 1918): an internal load balancer lets only such in. */
    private static final List<Cidr> PRIVATE = List.of(Cidr.of("10.254.254.0/24"),
            Cidr.of("172.31.254.0/24"), Cidr.of("192.168.254.0/24"));
    /** For benchmarks (RFC 2544) and documentation (RFC 3849): nobody's. */
    private static final Cidr V4 = Cidr.of("198.18.0.0/24");
    private static final Cidr V6 = Cidr.of("2001:db8:d0c::/64");

    private final List<ExternalHost> hosts;

    private Outsiders(List<ExternalHost> hosts) {
        this.hosts = hosts;
    }

    /** The scenario with everybody in it who is to call. */
    static LoadedScenario joining(LoadedScenario scenario) {
        LoadedScenario asked = scenario.askedBy(
                scenario.outside() == null ? null
                        : new Source.ExternalSource(scenario.outside().host().name()));
        List<ExternalHost> hosts = new ArrayList<>(asked.spec().externalHosts());
        for (Reach reach : Reach.values()) {
            if (hosts.stream().noneMatch(h -> isOne(h, reach))) {
                boolean near = reach == Reach.NETWORK;
                hosts.add(new ExternalHost(near ? NETWORK : INTERNET,
                        (near ? free(scenario) : V4).address(2), V6.address(near ? 2 : 3), null,
                        reach));
            }
        }
        return asked.withSpec(asked.spec().withExternalHosts(hosts));
    }

    /** Somebody who only asks; of the private network, at an address of such a one. */
    private static boolean isOne(ExternalHost host, Reach reach) {
        return host.reach() == reach && host.port() == null && (reach == Reach.INTERNET
                || host.addresses().findFirst().filter(IpAddress::isPrivate).isPresent());
    }

    /** A private range that the cluster does not use. */
    private static Cidr free(LoadedScenario scenario) {
        List<Cidr> taken = new ArrayList<>(scenario.spec().network().clusterCIDR());
        taken.addAll(scenario.spec().network().serviceCIDR());
        scenario.objects(Node.class).flatMap(node -> node.internalAddresses().stream())
                .filter(IpAddress::isV4).map(ip -> Cidr.of(ip + "/16")).forEach(taken::add);
        return PRIVATE.stream().filter(range -> taken.stream()
                .noneMatch(t -> t.contains(range.base()))).findFirst().orElse(V4);
    }

    static Outsiders of(LoadedScenario joined) {
        return new Outsiders(joined.spec().externalHosts());
    }

    Optional<Source> network(IpFamily family) {
        return host(Reach.NETWORK, family);
    }

    Optional<Source> internet(IpFamily family) {
        return host(Reach.INTERNET, family);
    }

    private Optional<Source> host(Reach reach, IpFamily family) {
        return hosts.stream().filter(h -> isOne(h, reach))
                .filter(h -> h.addresses().anyMatch(a -> a.family() == family))
                .<Source>map(h -> new Source.ExternalSource(h.name())).findFirst();
    }

    /** A host's address of a family. */
    Optional<IpAddress> address(Source source, IpFamily family) {
        return hosts.stream().filter(h -> source.equals(new Source.ExternalSource(h.name())))
                .flatMap(ExternalHost::addresses).filter(a -> a.family() == family).findFirst();
    }

    /** The setting by which a command has this host, where the file does not. */
    Optional<String> setting(Source source) {
        return hosts.stream().filter(h -> source.equals(new Source.ExternalSource(h.name())))
                .filter(h -> h.name().equals(NETWORK) || h.name().equals(INTERNET))
                .map(h -> "externalHosts=[{name: " + h.name() + ", ip: " + h.ip() + ", ipv6: '"
                        + h.ipv6() + "', reach: " + h.reach() + "}]")
                .findFirst();
    }
}
