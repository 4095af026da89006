package dev.podhop.scenario.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.scenario.Assumption;
import dev.podhop.scenario.ExternalHost;
import dev.podhop.scenario.LoadBalancerSpec;
import dev.podhop.scenario.LoadedScenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A dump without a Scenario is one with defaults, and every assumption is told. */
class BareDumpTest {

    private static final Path DUMPS = Path.of("src/test/resources/scenario/dump");

    @TempDir
    private Path folder;

    @Test
    void shouldTellEveryAssumptionAboutABareMetalCluster() {
        LoadedScenario scenario = load(DUMPS.resolve("metallb.yaml"));

        assertThat(scenario.bareDump()).isTrue();
        assertThat(scenario.name()).isEqualTo("metallb.yaml");
        assertThat(scenario.warnings())
                .containsExactly("not simulated, ignored: 1 Job (batch/v1), 1 Secret (v1)");
        assertThat(told(scenario)).containsExactly(
                "kubernetesVersion: 1.32 (node/worker-1 runs kubelet v1.32.4+k3s1)",
                "loadBalancer.profile: metallb-l2 (service/shop/web has the annotation"
                        + " metallb.io/ip-allocated-from-pool)",
                "network.clusterCIDR: 10.42.0.0/23 (the nodes' podCIDRs)",
                "kubeProxy.mode: iptables (no ConfigMap, and no flag of a kube-proxy pod, says"
                        + " it)",
                "kubeProxy.clusterCIDR: 10.42.0.0/23 (no ConfigMap, and no flag of a kube-proxy"
                        + " pod, says it)",
                "network.serviceCIDR: 10.43.0.0/16 (the Services' ClusterIPs)",
                "network.gateway: 192.168.1.2/24 (the first free address beside the first node)",
                "network.clusterDomain: cluster.local (the usual one)",
                "dns.names: {} (objects show no name outside the cluster)",
                "network.fabric: l2 (MetalLB answers on the nodes' own segment)",
                "network.podAttachment: bridge (the usual one)",
                "network.hairpinMode: hairpin-veth (the usual one)",
                "network.ipMasq: false (pods' addresses are routed)",
                "network.sysctls.net.ipv4.conf.all.rp_filter: 0 (objects do not show it)",
                "network.sysctls.net.bridge.bridge-nf-call-iptables: 1 (objects do not show it)",
                "network.latency.pod: 20us (objects do not show it)",
                "network.latency.node: 200us (objects do not show it)",
                "network.latency.external: 10ms (objects do not show it)",
                "externalHosts: [{name: ext, ip: 203.0.113.2, reach: internet}]"
                        + " (the file has none)",
                "names are resolved at once, without packets: no Service kube-system/kube-dns",
                "CoreDNS has ttl 5, cache 30, loadbalance: no ConfigMap kube-system/coredns");
        assertThat(scenario.kubeProxy().clusterCIDR()).isEqualTo("10.42.0.0/23");
    }

    @Test
    void shouldReadWhatADumpOfACloudSays() {
        LoadedScenario scenario = load(DUMPS.resolve("aws.yaml"));

        assertThat(told(scenario)).contains(
                "loadBalancer.profile: aws-nlb-instance"
                        + " (node/ip-10-0-1-10.eu-west-1.compute.internal has providerID"
                        + " aws:///eu-west-1a/i-0123)",
                "network.clusterCIDR: 10.0.1.0/24 (the pods' addresses)",
                "network.podAttachment: routed (the vendor's network plugin does so)");
        AnnotatedBalancers balancers = new AnnotatedBalancers(scenario.spec().loadBalancer());
        assertThat(scenario.objects(Service.class)
                .filter(service -> service.metadata().name().equals("web"))
                .map(service -> balancers.of(service, LoadBalancerSpec.EVERY_PORT).name()))
                .containsExactly("aws-nlb-ip");
        assertThat(scenario.spec().loadBalancer().of("default", "other").name())
                .isEqualTo("aws-nlb-instance");
        // The ConfigMap kube-proxy of the dump says so itself.
        assertThat(scenario.kubeProxy().clusterCIDR()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"qcloud:///800006/ins-1, tke-clb", "azure:///subscriptions/x, azure-public",
        "gce://project/zone/node, gcp-external", "kind://docker/kind/worker, none"})
    void shouldKnowACloudByItsMachines(String providerId, String profile) throws IOException {
        Path file = write("""
                apiVersion: v1
                kind: Node
                metadata: {name: n1}
                spec: {providerID: "%s"}
                """.formatted(providerId));

        assertThat(told(load(file))).anyMatch(
                line -> line.startsWith("loadBalancer.profile: " + profile + " ("));
    }

    /** Whoever knows better than the guess says so on the command line. */
    @Test
    void shouldLaySettingsOverWhatWasGuessed() throws IOException {
        Path file = DUMPS.resolve("aws.yaml");
        Problems problems = new Problems();

        LoadedScenario set = ScenarioLoader.load(file, Overrides.of(List.of("network.ipMasq=true",
                "loadBalancer.services.default/web.profile=aws-classic-elb",
                "network.sysctls.net.ipv4.conf.all.rp_filter=1"), problems), problems)
                .orElseThrow(() -> new AssertionError(problems.all()));

        LoadedScenario guessed = load(file);
        assertThat(set.spec().network().ipMasq()).isTrue();
        assertThat(set.spec().network().clusterCIDR())
                .isEqualTo(guessed.spec().network().clusterCIDR());
        assertThat(set.spec().network().podAttachment())
                .isEqualTo(guessed.spec().network().podAttachment());
        assertThat(set.spec().externalHosts()).isEqualTo(guessed.spec().externalHosts());
        assertThat(set.spec().loadBalancer().of("default", "web").name())
                .isEqualTo("aws-classic-elb");
        assertThat(set.spec().loadBalancer().of("default", "other").name())
                .isEqualTo("aws-nlb-instance");
        assertThat(told(guessed)).anyMatch(line -> line.startsWith("network.ipMasq: "));
        assertThat(told(set)).noneMatch(line -> line.startsWith("network.ipMasq: "));
    }

    @Test
    void shouldTellWhatCannotBeSet() {
        Problems problems = new Problems();

        ScenarioLoader.load(DUMPS.resolve("aws.yaml"), Overrides.of(
                List.of("network.ipmasq=true", "loadBalancer.services.ghost.clientIP=snat"),
                problems), problems);

        assertThat(problems.all()).extracting(Problem::toString).anySatisfy(
                line -> assertThat(line).contains("did you mean \"ipMasq\"?"));
    }

    /** A mistake in a dump is told like any other, whatever was to be guessed from it. */
    @ParameterizedTest
    @CsvSource({"10.244.1.0/24, 10.0.0.999, 10.244.1.5", "10.244.1.0/99, 10.0.0.11, 10.244.1.5",
        "10.244.1.0/24, 10.0.0.11, 10.x"})
    void shouldTellOfWhatIsNoAddress(String range, String node, String pod)
            throws IOException {
        Path file = write("""
                apiVersion: v1
                kind: Node
                metadata: {name: n1}
                spec: {podCIDR: %s}
                status: {addresses: [{type: InternalIP, address: %s}]}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec: {nodeName: n1, containers: [{name: main, image: web}]}
                status: {phase: Running, podIP: %s}
                """.formatted(range, node, pod));
        Problems problems = new Problems();

        assertThat(ScenarioLoader.load(file, problems)).isEmpty();
        assertThat(problems.all()).isNotEmpty();
    }

    /** Calico hands out blocks of its own: a pod may have an address of another node's podCIDR. */
    @Test
    void shouldNotHangAPodOnABridgeThatIsNotOfItsRange() throws IOException {
        Path file = write("""
                apiVersion: v1
                kind: Node
                metadata: {name: n1}
                spec: {podCIDR: 192.168.1.0/24}
                ---
                apiVersion: v1
                kind: Node
                metadata: {name: n2}
                spec: {podCIDR: 192.168.2.0/24}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec: {nodeName: n2, containers: [{name: main, image: web}]}
                status: {phase: Running, podIP: 192.168.1.133}
                """);

        assertThat(told(load(file))).contains("network.podAttachment: routed"
                + " (pod/web has an address outside its node's podCIDR)");
    }

    @ParameterizedTest
    @CsvSource({"k8s-app: calico-node, routed, true", "app: kindnet, routed, true",
        "app: flannel, bridge, true", "k8s-app: aws-node, routed, false",
        "k8s-app: other, bridge, false"})
    void shouldKnowANetworkPluginByItsAgents(String label, String attachment, String masq)
            throws IOException {
        Path file = write("""
                apiVersion: v1
                kind: Pod
                metadata: {name: agent, namespace: kube-system, labels: {%s}}
                spec: {hostNetwork: true, containers: [{name: main, image: agent}]}
                """.formatted(label));

        assertThat(told(load(file)))
                .anyMatch(line -> line.startsWith("network.podAttachment: " + attachment + " ("))
                .anyMatch(line -> line.startsWith("network.ipMasq: " + masq + " ("));
    }

    /** kube-apiserver is rarely a pod that the dump has, and still it answers. */
    @Test
    void shouldHaveSomebodyAnswerForEndpointsThatAreNoPods() throws IOException {
        Path file = write("""
                apiVersion: v1
                kind: Node
                metadata: {name: n1}
                status: {addresses: [{type: InternalIP, address: 10.0.0.11}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: kubernetes, labels: {kubernetes.io/service-name: kubernetes}}
                addressType: IPv4
                ports: [{name: https, port: 6443}]
                endpoints: [{addresses: [10.0.0.11]}, {addresses: [10.0.9.9]}]
                """);

        LoadedScenario scenario = load(file);

        assertThat(told(scenario)).contains(
                "nodeServers: [{ip: 10.0.0.11, port: 6443}]"
                        + " (endpoints at nodes that are no pods)",
                "externalHosts: [{name: ext, ip: 203.0.113.2, reach: internet}, {name: endpoint-1,"
                        + " ip: 10.0.9.9, port: 6443}] (somebody to ask from, and the endpoints of"
                        + " default/kubernetes that are no pods)");
        assertThat(scenario.spec().externalHosts()).extracting(ExternalHost::name)
                .containsExactly("ext", "endpoint-1");
    }

    @Test
    void shouldTellThatNobodyRunsKubeProxy() throws IOException {
        Path file = write("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: cilium-config, namespace: kube-system}
                data: {kube-proxy-replacement: "true"}
                """);

        assertThat(load(file).warnings()).containsExactly("eBPF programs do kube-proxy's work here"
                + " (configmap/kube-system/cilium-config has kube-proxy-replacement) and are not"
                + " modelled: what follows is what kube-proxy would do");
    }

    @ParameterizedTest
    @CsvSource({"a0-1.us-west-2.elb.amazonaws.com, aws-classic-elb",
        "k8s-web-0.elb.us-west-2.amazonaws.com, aws-nlb-instance"})
    void shouldTellAClassicLoadBalancerFromAnNlb(String hostname, String profile)
            throws IOException {
        Path file = write("""
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {type: LoadBalancer, ports: [{port: 80}]}
                status: {loadBalancer: {ingress: [{hostname: %s}]}}
                """.formatted(hostname));

        LoadedScenario scenario = load(file);

        assertThat(scenario.spec().loadBalancer().of("default", "web").name()).isEqualTo(profile);
        assertThat(told(scenario)).contains("the load balancers' addresses are made up for web:"
                + " status.loadBalancer has no IP address");
    }

    /** Three million code points are a library's default limit, which a thousand pods exceed. */
    @Test
    void shouldLoadADumpOfManyMillionCharacters() throws IOException {
        StringBuilder dump = new StringBuilder("apiVersion: v1\nkind: List\nitems:\n");
        String note = "x".repeat(4000);
        for (int pod = 0; pod < 1500; pod++) {
            dump.append("""
                    - apiVersion: v1
                      kind: Pod
                      metadata: {name: pod-%d, annotations: {note: %s}}
                      spec: {nodeName: n1, containers: [{name: main, image: web}]}
                      status: {phase: Running, podIP: 10.244.%d.%d}
                    """.formatted(pod, note, pod / 250, pod % 250 + 1));
        }
        assertThat(dump.length()).isGreaterThan(6_000_000);

        assertThat(load(write(dump.toString())).objects(Pod.class)).hasSize(1500);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("dump.yaml"), text);
    }

    private static List<String> told(LoadedScenario scenario) {
        return Stream.concat(scenario.told().stream().map(Assumption::toString),
                scenario.notes().stream()).toList();
    }

    private static LoadedScenario load(Path file) {
        Problems problems = new Problems();
        List<LoadedScenario> loaded = ScenarioLoader.load(file, problems).stream().toList();
        assertThat(problems.all()).extracting(Problem::toString).isEmpty();
        return loaded.getFirst();
    }
}
