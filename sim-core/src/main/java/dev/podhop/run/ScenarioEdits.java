package dev.podhop.run;

import dev.podhop.cloud.LoadBalancerSettings.ClientIP;
import dev.podhop.cloud.LoadBalancerSettings.LoopAvoidance;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.KubeProxyConfiguration;
import dev.podhop.k8s.KubeProxyConfiguration.Iptables;
import dev.podhop.scenario.LoadBalancerKeys;
import dev.podhop.scenario.LoadBalancerSpec;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.NetworkSpec;
import dev.podhop.scenario.NetworkSpec.HairpinMode;
import dev.podhop.scenario.ScenarioSpec;
import dev.podhop.scenario.SysctlSpec;
import java.util.List;

/** Copies of a scenario with one thing changed. */
final class ScenarioEdits {

    private ScenarioEdits() {}

    static LoadedScenario objects(LoadedScenario s, List<ApiObject> objects) {
        return new LoadedScenario(s.file(), s.name(), s.spec(), objects, s.kubeProxy(),
                s.warnings(), s.assumptions(), s.bareDump());
    }

    static LoadedScenario ipMasq(LoadedScenario s, boolean on) {
        NetworkSpec n = s.spec().network();
        return network(s, new NetworkSpec(n.clusterCIDR(), n.serviceCIDR(), n.clusterDomain(),
                n.fabric(), n.gateway(), n.podAttachment(), n.hairpinMode(), on, n.sysctls(),
                n.latency()));
    }

    static LoadedScenario hairpinMode(LoadedScenario s, HairpinMode mode) {
        NetworkSpec n = s.spec().network();
        return network(s, new NetworkSpec(n.clusterCIDR(), n.serviceCIDR(), n.clusterDomain(),
                n.fabric(), n.gateway(), n.podAttachment(), mode, n.ipMasq(), n.sysctls(),
                n.latency()));
    }

    static LoadedScenario sysctls(LoadedScenario s, SysctlSpec sysctls) {
        NetworkSpec n = s.spec().network();
        return network(s, new NetworkSpec(n.clusterCIDR(), n.serviceCIDR(), n.clusterDomain(),
                n.fabric(), n.gateway(), n.podAttachment(), n.hairpinMode(), n.ipMasq(), sysctls,
                n.latency()));
    }

    static LoadBalancerKeys clientIP(LoadBalancerKeys k, ClientIP mode) {
        return new LoadBalancerKeys(k.profile(), k.backends(), mode, k.loopAvoidance(),
                k.scheduler(), k.healthCheck(), k.allUnhealthy(), k.destination(),
                k.deregistrationDelayNanos(), k.idleTimeoutNanos(), k.proxyProtocol(),
                k.controller());
    }

    static LoadBalancerKeys loopAvoidance(LoadBalancerKeys k, LoopAvoidance mode) {
        return new LoadBalancerKeys(k.profile(), k.backends(), k.clientIP(), mode, k.scheduler(),
                k.healthCheck(), k.allUnhealthy(), k.destination(), k.deregistrationDelayNanos(),
                k.idleTimeoutNanos(), k.proxyProtocol(), k.controller());
    }

    /** The keys of every load balancer; a Service's own still override them. */
    static LoadedScenario loadBalancer(LoadedScenario s, LoadBalancerKeys keys) {
        ScenarioSpec p = s.spec();
        return spec(s, p.network(), new LoadBalancerSpec(keys, p.loadBalancer().services()));
    }

    static KubeProxyConfiguration detectLocalMode(KubeProxyConfiguration k, String mode) {
        return new KubeProxyConfiguration(k.mode(), k.clusterCIDR(), mode, k.bridgeInterface(),
                k.interfaceNamePrefix(), k.iptables(), k.ipvs(), k.nftables(),
                k.nodePortAddresses(), k.conntrack(), k.source());
    }

    static KubeProxyConfiguration masqueradeAll(KubeProxyConfiguration k) {
        Iptables i = k.iptables();
        return new KubeProxyConfiguration(k.mode(), k.clusterCIDR(), k.detectLocalMode(),
                k.bridgeInterface(), k.interfaceNamePrefix(),
                new Iptables(true, i.masqueradeBit(), i.localhostNodePorts(), i.syncPeriodNanos(),
                        i.minSyncPeriodNanos()),
                k.ipvs(), k.nftables(), k.nodePortAddresses(), k.conntrack(), k.source());
    }

    private static LoadedScenario network(LoadedScenario s, NetworkSpec network) {
        return spec(s, network, s.spec().loadBalancer());
    }

    private static LoadedScenario spec(LoadedScenario s, NetworkSpec network,
            LoadBalancerSpec balancers) {
        ScenarioSpec p = s.spec();
        return s.withSpec(new ScenarioSpec(p.description(), p.seed(), p.kubernetesVersion(),
                p.durationNanos(), p.resources(), network, balancers, p.controlPlane(), p.dns(),
                p.externalHosts(),
                p.servers(), p.clients(), p.timeline(), p.expect(), p.allowedViolations()));
    }
}
