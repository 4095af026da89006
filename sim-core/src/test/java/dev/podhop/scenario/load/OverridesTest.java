package dev.podhop.scenario.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.Node;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.scenario.LoadedScenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of the command line, as they change what is loaded. */
class OverridesTest {

    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("s.yaml"), """
                apiVersion: podhop.dev/v1alpha1
                kind: Scenario
                metadata: {name: s}
                spec:
                  network: {sysctls: {net.ipv4.conf.all.rp_filter: 0}}
                ---
                apiVersion: v1
                kind: Node
                metadata: {name: n1.example}
                spec: {podCIDR: 10.244.1.0/24}
                status: {addresses: [{type: InternalIP, address: 10.0.0.11}]}
                ---
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  kind: Service
                  metadata: {name: web}
                  spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
                  status: {loadBalancer: {ingress: [{ip: 198.51.100.7, ipMode: Proxy}]}}
                """);
    }

    @Test
    void aFieldOfTheScenario() {
        LoadedScenario loaded = with("loadBalancer.clientIP=snat");

        assertThat(loaded.spec().loadBalancer().keys().clientIP()).hasToString("snat");
    }

    @Test
    void aSysctlWhoseNameHasDots() {
        assertThat(with("network.sysctls.net.ipv4.conf.all.rp_filter=1").spec().network().sysctls()
                .nodes()).containsEntry("net.ipv4.conf.all.rp_filter", "1");
        assertThat(with("network.sysctls.pods.net.ipv4.tcp_syn_retries=2").spec().network()
                .sysctls().pods()).containsEntry("net.ipv4.tcp_syn_retries", "2");
    }

    @Test
    void aConfigurationOfKubeProxyIsMadeWhereThereIsNone() {
        assertThat(with("kubeProxy.mode=nftables").kubeProxy().mode()).isEqualTo("nftables");
        assertThat(with("kubeProxy.iptables.masqueradeAll=true").kubeProxy().iptables()
                .masqueradeAll()).isTrue();
    }

    @Test
    void aFieldOfAnObjectWithAndWithoutSpec() {
        assertThat(service("service/web.externalTrafficPolicy=Local").spec()
                .externalTrafficPolicy()).isEqualTo("Local");
        assertThat(service("svc/default/web.spec.ports[0].port=81").spec().ports().getFirst()
                .port()).isEqualTo(81);
        assertThat(service("service/web.status.loadBalancer.ingress[0].ipMode=VIP").ingress()
                .getFirst().ipMode()).isEqualTo("VIP");
    }

    @Test
    void aNameWithDots() {
        assertThat(with("node/n1.example.spec.podCIDR=10.244.9.0/24")).isNotNull();
    }

    @Test
    void nullRemovesAField() {
        assertThat(service("service/web.selector=null").spec().selector()).isEmpty();
    }

    @Test
    void aMisspeltFieldIsToldAsInAFile() {
        assertThat(problems("kubeProxy.mod=nftables")).singleElement()
                .satisfies(problem -> assertThat(problem.suggestion()).isEqualTo("mode"));
        assertThat(problems("loadBalancer.clientIp=snat")).singleElement()
                .satisfies(problem -> assertThat(problem.suggestion()).isEqualTo("clientIP"));
    }

    @Test
    void anObjectThatIsSetToNullIsTakenOut() {
        assertThat(with("service/web=null").objects(Service.class)).isEmpty();
        assertThat(with("node/n1.example=null").objects(Node.class))
                .noneMatch(node -> node.metadata().name().equals("n1.example"));
        assertThat(problems("service/wen=null")).singleElement()
                .satisfies(p -> assertThat(p.suggestion()).isEqualTo("service/web"));
    }

    @Test
    void whatMeetsNothingIsAProblem() {
        assertThat(problems("service/wen.type=NodePort")).singleElement()
                .satisfies(p -> assertThat(p.suggestion()).isEqualTo("service/web"));
        assertThat(problems("service/web.ports[3].port=1")).singleElement()
                .satisfies(p -> assertThat(p.toString()).contains("found [3], expected"));
        assertThat(problems("mode")).singleElement()
                .satisfies(p -> assertThat(p.toString()).contains("expected KEY=VALUE"));
    }

    private Service service(String setting) {
        return with(setting).objects(Service.class).findFirst().orElseThrow();
    }

    private LoadedScenario with(String setting) {
        Problems problems = new Problems();
        LoadedScenario loaded = ScenarioLoader
                .load(file, Overrides.of(List.of(setting), problems), problems).orElse(null);
        assertThat(problems.all()).isEmpty();
        return loaded;
    }

    private List<Problem> problems(String setting) {
        Problems problems = new Problems();
        ScenarioLoader.load(file, Overrides.of(List.of(setting), problems), problems);
        return problems.all();
    }
}
