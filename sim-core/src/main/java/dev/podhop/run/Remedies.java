package dev.podhop.run;

import dev.podhop.cloud.LoadBalancerSettings;
import dev.podhop.cloud.LoadBalancerSettings.ClientIP;
import dev.podhop.cloud.LoadBalancerSettings.LoopAvoidance;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.KubeProxyConfiguration;
import dev.podhop.k8s.LoadBalancerIngress;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlReader;
import dev.podhop.net.Endpoint;
import dev.podhop.net.IpAddress;
import dev.podhop.run.Fixes.Candidate;
import dev.podhop.scenario.LoadBalancerKeys;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.NetworkSpec;
import dev.podhop.scenario.NetworkSpec.HairpinMode;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.Source;
import dev.podhop.scenario.SysctlSpec;
import dev.podhop.scenario.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.fraction.BigFraction;

/** The changes that people make against Services that fail, as far as they apply to a flow. */
final class Remedies {

    private static final String RP_FILTER = "net.ipv4.conf.all.rp_filter";
    private static final String BRIDGE_NF = "net.bridge.bridge-nf-call-iptables";

    private final LoadedScenario scenario;
    private final Send send;
    private final List<Candidate> candidates = new ArrayList<>();

    Remedies(LoadedScenario scenario, Send send) {
        this.scenario = scenario;
        this.send = send;
    }

    List<Candidate> all() {
        service().ifPresent(this::ofService);
        if (send.to() instanceof Target.DnsTarget && send.from() instanceof Source.PodSource from) {
            ofNames(from);
        }
        ofNodes();
        ofProxy();
        return candidates;
    }

    /** The Service that the flow's target belongs to, by name or by one of its addresses. */
    private Optional<Service> service() {
        return scenario.objects(Service.class).filter(s -> switch (send.to()) {
            case Target.ServiceTarget t -> s.metadata().name().equals(t.name())
                    && s.metadata().namespace().equals(t.namespace());
            case Target.AddressTarget t -> isAddressOf(s, t.endpoint());
            default -> false;
        }).findFirst();
    }

    private static boolean isAddressOf(Service service, Endpoint target) {
        String address = target.address().toString();
        boolean vip = service.ingress().stream().anyMatch(i -> i.ip().equals(address));
        boolean port = service.spec().ports().stream()
                .anyMatch(p -> p.port() == target.port() || p.nodePort() == target.port());
        return port && (vip || service.spec().clusterIP().equals(address)
                || service.spec().ports().stream().anyMatch(p -> p.nodePort() == target.port()));
    }

    private void ofService(Service service) {
        String name = service.metadata().name();
        boolean balanced = service.spec().isType("LoadBalancer");
        if (service.ingress().stream().anyMatch(i -> i.ipMode().equals("Proxy"))) {
            add(RunReason.FIX_IP_MODE_VIP, name, with(service, withIpMode(service)));
        }
        if (balanced && !targetsClusterIp(service) && service.spec().hasClusterIP()) {
            IpAddress clusterIp = service.spec().clusterAddresses().getFirst();
            service.spec().ports().stream().findFirst().ifPresent(port -> candidates.add(
                    new Candidate(RunReason.FIX_CLUSTER_IP.with("service", name), scenario,
                            retarget(new Endpoint(clusterIp, portOf(port.port()))))));
        }
        if (balanced) {
            ofLoadBalancer(name);
        }
        if (service.spec().isInternalLocal()) {
            add(RunReason.FIX_INTERNAL_CLUSTER_POLICY, name, with(service, service.withSpec(
                    service.spec().toBuilder().internalTrafficPolicy("Cluster").build())));
        }
        if (service.spec().isExternalLocal()) {
            add(RunReason.FIX_CLUSTER_POLICY, name, with(service, service.withSpec(
                    service.spec().toBuilder().externalTrafficPolicy("Cluster")
                            .healthCheckNodePort(0).build())));
        } else if (balanced) {
            add(RunReason.FIX_LOCAL_POLICY, name, with(service, service.withSpec(
                    service.spec().toBuilder().externalTrafficPolicy("Local").build())));
        }
    }

    private int portOf(int first) {
        return send.to() instanceof Target.AddressTarget t
                && scenario.objects(Service.class).flatMap(s -> s.spec().ports().stream())
                        .anyMatch(p -> p.port() == t.endpoint().port()) ? t.endpoint().port()
                                : first;
    }

    private boolean targetsClusterIp(Service service) {
        return switch (send.to()) {
            case Target.ServiceTarget t -> !t.vip();
            case Target.AddressTarget t -> service.spec().clusterIP()
                    .equals(t.endpoint().address().toString());
            default -> false;
        };
    }

    private void ofLoadBalancer(String service) {
        LoadBalancerKeys keys = scenario.spec().loadBalancer().keys();
        LoadBalancerSettings now = scenario.spec().loadBalancer().of("default", service)
                .settings();
        if (now.clientIP() == ClientIP.PRESERVE) {
            add(RunReason.FIX_LB_SNAT, service, ScenarioEdits.loadBalancer(scenario,
                    ScenarioEdits.clientIP(keys, ClientIP.SNAT)));
        }
        if (now.loopAvoidance() == LoopAvoidance.NONE) {
            add(RunReason.FIX_LOOP_AVOIDANCE, service, ScenarioEdits.loadBalancer(scenario,
                    ScenarioEdits.loopAvoidance(keys, LoopAvoidance.SOURCE_IP)));
        }
    }

    private void ofNodes() {
        NetworkSpec network = scenario.spec().network();
        if (!network.ipMasq()) {
            add(RunReason.FIX_IP_MASQ, "", ScenarioEdits.ipMasq(scenario, true));
        }
        if (network.hairpinMode() != HairpinMode.HAIRPIN_VETH) {
            add(RunReason.FIX_HAIRPIN_VETH, "",
                    ScenarioEdits.hairpinMode(scenario, HairpinMode.HAIRPIN_VETH));
        }
        Map<String, String> sysctls = network.sysctls().nodes();
        if (!sysctls.getOrDefault(RP_FILTER, "0").equals("0")) {
            add(RunReason.FIX_RP_FILTER, "", withSysctl(RP_FILTER, "0"));
        }
        if (sysctls.getOrDefault(BRIDGE_NF, "1").equals("0")) {
            add(RunReason.FIX_BRIDGE_NF, "", withSysctl(BRIDGE_NF, "1"));
        }
    }

    private LoadedScenario withSysctl(String name, String value) {
        SysctlSpec now = scenario.spec().network().sysctls();
        Map<String, String> nodes = new LinkedHashMap<>(now.nodes());
        nodes.put(name, value);
        return ScenarioEdits.sysctls(scenario, new SysctlSpec(nodes, now.pods()));
    }

    private void ofProxy() {
        KubeProxyConfiguration proxy = scenario.kubeProxy();
        if (!proxy.iptables().masqueradeAll()) {
            add(RunReason.FIX_MASQUERADE_ALL, "",
                    scenario.withKubeProxy(ScenarioEdits.masqueradeAll(proxy)));
        }
        if (proxy.detectLocalMode().equals("ClusterCIDR")) {
            add(RunReason.FIX_NODE_CIDR, "", scenario.withKubeProxy(
                    ScenarioEdits.detectLocalMode(proxy, "NodeCIDR")));
        }
    }

    private void add(RunReason what, String service, LoadedScenario changed) {
        candidates.add(new Candidate(
                service.isEmpty() ? what.with() : what.with("service", service), changed, send));
    }

    private static Service withIpMode(Service service) {
        return new Service(service.metadata(), service.spec(), service.ingress().stream()
                .map(i -> new LoadBalancerIngress(i.ip(), i.hostname(),
                        i.ip().isEmpty() ? i.ipMode() : "VIP"))
                .toList(), service.source());
    }

    /** One question after the other, each from a socket of its own: then nothing races. */
    private void ofNames(Source.PodSource from) {
        if (scenario.spec().dns().race().equals(BigFraction.ZERO)) {
            return;
        }
        scenario.objects(Pod.class)
                .filter(pod -> pod.metadata().name().equals(from.name())
                        && pod.metadata().namespace().equals(from.namespace()))
                .findFirst().ifPresent(pod -> candidates.add(new Candidate(
                        RunReason.FIX_SINGLE_REQUEST.with("pod", from.name()),
                        with(pod, withSingleRequests(pod)), send)));
    }

    private static Pod withSingleRequests(Pod pod) {
        Mapping patch = YamlReader.read("fix", "spec: {dnsConfig: {options:"
                + " [{name: single-request-reopen}]}}", new Problems()).getFirst();
        return (Pod) ManifestReader.view(ApiKind.POD, Trees.mergePatch(pod.source(), patch));
    }

    private LoadedScenario with(ApiObject old, ApiObject changed) {
        List<ApiObject> objects = scenario.objects().stream()
                .map(o -> o == old ? changed : o).toList();
        return ScenarioEdits.objects(scenario, objects);
    }

    private Send retarget(Endpoint to) {
        return new Send(send.flow(), send.from(), new Target.AddressTarget(to), null,
                send.protocol(), send.count(), send.everyNanos(), send.rate(), send.forNanos(),
                send.clients(), send.thinkTimeNanos(), send.keepAlive(), send.connections(),
                send.multiplex(), send.maxConnectionAgeNanos(), send.sourcePort(),
                send.timeoutNanos(), send.requestSize(), send.connected());
    }
}
