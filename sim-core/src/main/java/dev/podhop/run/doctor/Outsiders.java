package dev.podhop.run.doctor;

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
    /** TEST-NET-2 (RFC 5737) and the documentation prefix (RFC 3849): nobody's. */
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
            if (hosts.stream().noneMatch(h -> h.reach() == reach && h.port() == null)) {
                int number = reach == Reach.NETWORK ? 2 : 3;
                hosts.add(new ExternalHost(reach == Reach.NETWORK ? NETWORK : INTERNET,
                        V4.address(number), V6.address(number), null, reach));
            }
        }
        return asked.withSpec(asked.spec().withExternalHosts(hosts));
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
        return hosts.stream().filter(h -> h.reach() == reach && h.port() == null)
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
