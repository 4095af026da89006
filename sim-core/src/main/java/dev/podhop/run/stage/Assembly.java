package dev.podhop.run.stage;

import dev.podhop.cloud.LoadBalancerSettings;
import dev.podhop.cloud.LoadBalancers;
import dev.podhop.cluster.ClusterConfig;
import dev.podhop.cluster.ClusterConfig.ExternalHost;
import dev.podhop.cluster.ClusterConfig.RuleSync;
import dev.podhop.cluster.ClusterConfig.Serving;
import dev.podhop.cluster.ClusterConfig.Wires;
import dev.podhop.cni.BridgeWiring;
import dev.podhop.cni.PodWiring;
import dev.podhop.cni.RoutedWiring;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.net.Cidr;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.device.InterfaceAddress;
import dev.podhop.netstack.device.Link.Impairment;
import dev.podhop.scenario.ChainPolicies;
import dev.podhop.scenario.ExternalHost.Reach;
import dev.podhop.scenario.LinkQuality;
import dev.podhop.scenario.LoadBalancerSpec;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.NetworkSpec;
import dev.podhop.scenario.NetworkSpec.Fabric;
import dev.podhop.scenario.NetworkSpec.HairpinMode;
import dev.podhop.scenario.NetworkSpec.PodAttachment;
import dev.podhop.scenario.NodeServer;
import dev.podhop.scenario.ScenarioSpec;
import dev.podhop.scenario.ServerSpec;
import dev.podhop.scenario.load.AnnotatedBalancers;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From what a file says to how a cluster is built. */
final class Assembly {

    private Assembly() {}

    /**
     * The cluster's configuration.
     *
     * @param seed of the run, which need not be the scenario's own
     */
    static ClusterConfig of(LoadedScenario scenario, long seed) {
        ScenarioSpec spec = scenario.spec();
        NetworkSpec network = spec.network();
        return new ClusterConfig(network.clusterCIDR(), network.fabric() == Fabric.L2,
                network.gateway().stream()
                        .map(g -> InterfaceAddress.global(g.address(), g.prefixLength())).toList(),
                wiring(scenario), network.ipMasq(), network.portMap().options(),
                node -> dropping(network, node),
                network.sysctls().nodes(),
                network.sysctls().pods(),
                new Wires(wire(network.latency().pod()), wire(network.latency().node()),
                        wire(network.latency().external())),
                scenario.kubeProxy(), scenario.proxyNames(),
                spec.kubernetesVersion().modelled().toString(), serviceCidrs(scenario),
                spec.externalHosts().stream()
                        .map(h -> new ExternalHost(h.name(), h.addresses().toList(), h.port(),
                                h.reach() == Reach.INTERNET))
                        .toList(),
                network.announce().stream().map(a -> ClusterConfig.Announce.valueOf(a.name()))
                        .collect(Collectors.toSet()),
                spec.servers().stream()
                        .map(Assembly::serving).toList(),
                spec.nodeServers().stream().map(NodeServer::endpoint).collect(Collectors.toSet()),
                new RuleSync(spec.controlPlane().ruleSync().base(),
                        spec.controlPlane().ruleSync().perRuleNanos()),
                seed);
    }

    /** Since 1.33 kube-proxy knows the cluster's Service range; before, with the gate only. */
    private static List<Cidr> serviceCidrs(LoadedScenario scenario) {
        boolean watched = scenario.kubeProxy().featureGate("MultiCIDRServiceAllocator",
                scenario.spec().kubernetesVersion().isAtLeast(1, 33));
        return watched ? scenario.spec().network().serviceCIDR() : List.of();
    }

    /** A plugin that gives pods addresses beyond their node's range masquerades the whole pool. */
    private static boolean pools(LoadedScenario scenario) {
        Map<String, List<Cidr>> ranges = scenario.objects(Node.class).collect(
                Collectors.toMap(node -> node.metadata().name(), Node::podRanges, (a, b) -> a));
        return scenario.objects(Pod.class).filter(pod -> !pod.spec().hostNetwork())
                .anyMatch(pod -> pod.addresses().stream().anyMatch(address -> ranges
                        .getOrDefault(pod.spec().nodeName(), List.of()).stream()
                        .noneMatch(range -> range.contains(address))));
    }

    private static PodWiring wiring(LoadedScenario scenario) {
        NetworkSpec network = scenario.spec().network();
        return network.podAttachment() == PodAttachment.ROUTED
                ? new RoutedWiring(pools(scenario), scenario.spec().network().podBlackhole())
                : new BridgeWiring(network.hairpinMode() == HairpinMode.HAIRPIN_VETH,
                        network.hairpinMode() == HairpinMode.PROMISCUOUS_BRIDGE);
    }

    /** The filter table's chains that drop what no rule accepts. */
    private static Set<Hook> dropping(NetworkSpec network, String node) {
        Set<Hook> dropping = EnumSet.noneOf(Hook.class);
        for (ChainPolicies.Chain chain : ChainPolicies.Chain.values()) {
            if (network.chainPolicies().of(node, chain) == ChainPolicies.Policy.DROP) {
                dropping.add(Hook.valueOf(chain.name()));
            }
        }
        return dropping;
    }

    private static Impairment wire(LinkQuality quality) {
        return new Impairment(quality.meanNanos(), quality.jitterNanos(),
                quality.loss().getNumerator().longValueExact(),
                quality.loss().getDenominator().longValueExact());
    }

    private static Serving serving(ServerSpec server) {
        return new Serving(server.pods(), server.behaviour(), server.status(),
                server.ports());
    }

    /** How each Service's load balancer behaves, and which address it is given. */
    static LoadBalancers loadBalancers(ScenarioSpec scenario) {
        LoadBalancerSpec spec = scenario.loadBalancer();
        List<Serving> servings = scenario.servers().stream().map(Assembly::serving).toList();
        AnnotatedBalancers annotated = new AnnotatedBalancers(spec);
        return new LoadBalancers() {
            @Override
            public LoadBalancerSettings settings(String namespace, String service) {
                return spec.of(namespace, service).settings();
            }

            @Override
            public LoadBalancerSettings settings(Service service) {
                return annotated.of(service, LoadBalancerSpec.EVERY_PORT).settings();
            }

            @Override
            public LoadBalancerSettings settings(Service service, ServicePort port) {
                return annotated.of(service, port.port()).settings();
            }

            @Override
            public String refusal(Service service) {
                return annotated.refusal(service);
            }

            @Override
            public boolean answersWell(Pod pod, String path) {
                return Serving.isWell(Serving.of(pod, servings).status(path));
            }

            @Override
            public @Nullable IpAddress address(Service service) {
                return annotated.address(service);
            }
        };
    }
}
