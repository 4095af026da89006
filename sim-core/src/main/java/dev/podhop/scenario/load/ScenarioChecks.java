package dev.podhop.scenario.load;

import dev.podhop.cloud.LoadBalancerProfiles;
import dev.podhop.engine.SimTime;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.Spelling;
import dev.podhop.scenario.ExternalHost;
import dev.podhop.scenario.LinkQuality;
import dev.podhop.scenario.LoadBalancerKeys;
import dev.podhop.scenario.NetworkSpec;
import dev.podhop.scenario.ScenarioSpec;
import dev.podhop.scenario.form.Mismatch;
import dev.podhop.scenario.form.Reading;
import dev.podhop.scenario.form.Reading.Origin;
import dev.podhop.scenario.form.Slashed;
import dev.podhop.scenario.load.References.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What no single key can know: that names are unique, that references lead somewhere, that keys go
 * together.
 */
final class ScenarioChecks {

    private final ScenarioSpec spec;
    private final Reading reading;
    private final Problems problems;
    private final References references;

    private ScenarioChecks(ScenarioSpec spec, Inventory inventory, Reading reading) {
        this.spec = spec;
        this.reading = reading;
        this.problems = reading.problems();
        this.references = new References(inventory,
                spec.externalHosts().stream().map(ExternalHost::name).toList(), problems);
    }

    static void check(ScenarioSpec spec, List<ApiObject> objects, Inventory inventory,
            Reading reading) {
        TimelineChecks timeline = new TimelineChecks(spec, inventory, reading);
        timeline.readManifests();
        ScenarioChecks checks = new ScenarioChecks(spec, inventory, reading);
        checks.version();
        checks.network();
        checks.externalHosts();
        checks.apiServers();
        checks.loadBalancers();
        timeline.check(checks.references);
        new ExpectationChecks(spec, reading, checks.references).check();
        AddressChecks.check(spec, objects, reading);
    }

    /** Another version is no mistake, but nobody should take its behaviour for the real one's. */
    private void version() {
        spec.kubernetesVersion().unmodelled().ifPresent(problems::warn);
    }

    private void network() {
        NetworkSpec network = spec.network();
        onePerFamily("clusterCIDR",
                network.clusterCIDR().stream().map(cidr -> (Object) cidr.family()).toList());
        onePerFamily("serviceCIDR",
                network.serviceCIDR().stream().map(cidr -> (Object) cidr.family()).toList());
        onePerFamily("gateway",
                network.gateway().stream().map(a -> (Object) a.address().family()).toList());
        network.chainPolicies().nodes().keySet().forEach(this::policyOf);
        quality(network.latency().pod());
        quality(network.latency().node());
        quality(network.latency().external());
    }

    private void policyOf(String node) {
        Origin origin = reading.origin(spec.network().chainPolicies());
        references.node(node, new Place(origin.locate("nodes"),
                origin.path().child("nodes").child(node).toString()));
    }

    /** A delay cannot be negative, so jitter may not exceed its mean. */
    private void quality(LinkQuality quality) {
        if (quality.jitterNanos() > quality.meanNanos()) {
            Origin origin = reading.origin(quality);
            problems.unexpected(origin.locate("jitter"), origin.pathOf("jitter"),
                    SimTime.format(quality.jitterNanos()),
                    "at most the mean of " + SimTime.format(quality.meanNanos()));
        }
    }

    /**
     * A dual-stack cluster has one range of each family, never two of one (kube-apiserver refuses
     * it).
     */
    private void onePerFamily(String key, List<Object> families) {
        if (new HashSet<>(families).size() < families.size()) {
            Origin origin = reading.origin(spec.network());
            problems.unexpected(origin.locate(key), origin.pathOf(key),
                    "two of " + families.getFirst(), "at most one of each family");
        }
    }

    private void apiServers() {
        Origin origin = reading.origin(spec.controlPlane());
        spec.controlPlane().apiServers().forEach(node -> references.object(node,
                new Place(origin.locate("apiServers"), origin.pathOf("apiServers")),
                ApiKind.NODE));
    }

    /** They are named by flows, and must be reachable by at least one family. */
    private void externalHosts() {
        Set<String> names = new HashSet<>();
        for (ExternalHost host : spec.externalHosts()) {
            Origin origin = reading.origin(host);
            if (!names.add(host.name())) {
                problems.unexpected(origin.locate("name"), origin.pathOf("name"),
                        "the name \"" + host.name() + "\" a second time", "a name of its own");
            }
            boolean tried = origin.value("ip") != null || origin.value("ipv6") != null;
            if (host.addresses().findAny().isEmpty() && !tried) {
                problems.unexpected(origin.node().location(), origin.path().toString(),
                        "no address", "ip, ipv6 or both");
            }
            if (host.ipv6() != null && host.ipv6().isV4()) {
                problems.unexpected(origin.locate("ipv6"), origin.pathOf("ipv6"),
                        "\"" + host.ipv6() + "\"", "an IPv6 address");
            }
        }
    }

    /** An override for a Service that is not there would be without effect, silently. */
    private void loadBalancers() {
        profile(spec.loadBalancer().keys());
        spec.loadBalancer().services().forEach((name, own) -> {
            profile(own.keys());
            Origin origin = reading.origin(spec.loadBalancer());
            Origin entry = reading.origin(own);
            Slashed slashed = Slashed.of("service/" + name);
            Place place = new Place(entry.node().location(),
                    origin.path().child("services").child(name).toString());
            try {
                references.service(slashed.namespace(), slashed.name(), place);
            } catch (Mismatch mismatch) {
                problems.unexpected(place.where(), place.path(), "\"" + name + "\"",
                        "the NAME or NS/NAME of a Service");
            }
        });
    }

    private void profile(LoadBalancerKeys keys) {
        String profile = keys.profile();
        if (profile != null && LoadBalancerProfiles.of(profile).isEmpty()) {
            Origin origin = reading.origin(keys);
            List<String> names = new ArrayList<>(LoadBalancerProfiles.names());
            names.add(LoadBalancerProfiles.plain().name());
            problems.unexpected(origin.locate("profile"), origin.pathOf("profile"),
                    "\"" + profile + "\"", "one of " + String.join(", ", names),
                    Spelling.nearest(profile, names).orElse(null));
        }
    }
}
