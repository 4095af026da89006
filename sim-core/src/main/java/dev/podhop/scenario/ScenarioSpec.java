package dev.podhop.scenario;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code spec} of a Scenario says, defaults filled in.
 *
 * @param durationNanos null where the run ends when nothing is left to do
 * @param resources as written: relative to the file
 * @param timeline in the file's order, which is the order of events at the same instant
 */
public record ScenarioSpec(
        @Key(value = "What the scenario shows, in a sentence.",
                otherwise = "none")
        String description,
        @Key(value = "Where all random choices start; the same seed gives the same run.",
                byDefault = "1", min = Long.MIN_VALUE)
        long seed,
        @Key(value = "Behave as this version of Kubernetes where versions differ.",
                otherwise = "the newest modelled")
        KubernetesVersion kubernetesVersion,
        @Key(value = "How long the run lasts, in virtual time.",
                otherwise = "until the last event of the timeline and the last attempt are over")
        @Nullable Long durationNanos,
        @Key(value = "More files of manifests, relative to this one.",
                otherwise = "none")
        List<String> resources,
        @Key(value = "The underlay and the pods' wiring.",
                otherwise = "each key's default")
        NetworkSpec network,
        @Key(value = "The cloud's load balancers.",
                otherwise = "each key's default")
        LoadBalancerSpec loadBalancer,
        @Key(value = "How long controllers, watches and kube-proxy take.",
                otherwise = "each key's default")
        ControlPlaneSpec controlPlane,
        @Key(value = "What lies around the cluster's DNS.",
                otherwise = "each key's default")
        DnsSpec dns,
        @Key(value = "Hosts outside the cluster.",
                otherwise = "none")
        List<ExternalHost> externalHosts,
        @Key(value = "Processes of nodes that are no pods: who answers at a node's own address.",
                otherwise = "one for each endpoint of the file's slices that is at a node's address"
                        + " and no pod")
        List<NodeServer> nodeServers,
        @Key(value = "How pods answer.",
                otherwise = "every pod answers at once")
        List<ServerSpec> servers,
        @Key(value = "How pods ask.", otherwise = "each key's default")
        List<ClientSpec> clients,
        @Key(value = "What happens when; one verb per event, same instant = file order.",
                otherwise = "nothing")
        List<TimelineEntry> timeline,
        @Key(value = "What is expected.", otherwise = "nothing")
        List<Expectation> expect,
        @Key(value = "Invariants that this scenario may violate.",
                otherwise = "none")
        Set<Invariant> allowedViolations) {

    public ScenarioSpec {
        resources = List.copyOf(resources);
        externalHosts = List.copyOf(externalHosts);
        nodeServers = List.copyOf(nodeServers);
        servers = List.copyOf(servers);
        clients = List.copyOf(clients);
        timeline = List.copyOf(timeline);
        expect = List.copyOf(expect);
    }

    /** This specification with another network. */
    public ScenarioSpec withNetwork(NetworkSpec changed) {
        return new ScenarioSpec(description, seed, kubernetesVersion, durationNanos, resources,
                changed, loadBalancer, controlPlane, dns, externalHosts, nodeServers, servers,
                clients, timeline,
                expect,
                allowedViolations);
    }

    /** This specification with other events. */
    public ScenarioSpec withTimeline(List<TimelineEntry> changed) {
        return new ScenarioSpec(description, seed, kubernetesVersion, durationNanos, resources,
                network, loadBalancer, controlPlane, dns, externalHosts, nodeServers, servers,
                clients, changed,
                expect, allowedViolations);
    }

    /** This specification with other hosts outside the cluster. */
    public ScenarioSpec withExternalHosts(List<ExternalHost> changed) {
        return new ScenarioSpec(description, seed, kubernetesVersion, durationNanos, resources,
                network, loadBalancer, controlPlane, dns, changed, nodeServers, servers, clients,
                timeline,
                expect,
                allowedViolations);
    }

    /** This specification with other files of manifests. */
    public ScenarioSpec withResources(List<String> changed) {
        return new ScenarioSpec(description, seed, kubernetesVersion, durationNanos, changed,
                network, loadBalancer, controlPlane, dns, externalHosts, nodeServers, servers,
                clients, timeline, expect, allowedViolations);
    }
}
