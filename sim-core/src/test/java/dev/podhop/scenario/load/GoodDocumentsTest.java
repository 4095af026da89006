package dev.podhop.scenario.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.cloud.LoadBalancerKey;
import dev.podhop.cloud.LoadBalancerProfile;
import dev.podhop.cloud.LoadBalancerSettings;
import dev.podhop.cloud.LoadBalancerSettings.AllUnhealthy;
import dev.podhop.cloud.LoadBalancerSettings.Backends;
import dev.podhop.cloud.LoadBalancerSettings.ClientIP;
import dev.podhop.cloud.LoadBalancerSettings.LoopAvoidance;
import dev.podhop.cloud.Provenance;
import dev.podhop.engine.SimTime;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.Invariant;
import dev.podhop.scenario.KubernetesVersion;
import dev.podhop.scenario.LinkQuality;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.NetworkSpec;
import dev.podhop.scenario.Pacing;
import dev.podhop.scenario.ScenarioSpec;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.TimelineEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/** A document that has every key once, and what becomes of it. */
class GoodDocumentsTest {

    private static final LoadedScenario SCENARIO = load();
    private static final ScenarioSpec SPEC = SCENARIO.spec();

    private static LoadedScenario load() {
        Problems problems = new Problems();
        Path file = Path.of("src/test/resources/scenario/good/everything.yaml");
        List<LoadedScenario> loaded = ScenarioLoader.load(file, problems).stream().toList();
        assertThat(problems.all()).extracting(Problem::toString).isEmpty();
        return loaded.getFirst();
    }

    @Test
    void shouldHaveTheDocumentAndTheObjectsOfItsResources() {
        assertThat(SCENARIO.name()).isEqualTo("everything");
        assertThat(SCENARIO.bareDump()).isFalse();
        assertThat(SCENARIO.told()).isEmpty();
        assertThat(SCENARIO.kubeProxy().mode()).isEqualTo("nftables");
        assertThat(SCENARIO.objects()).extracting(ApiObject::key).map(Object::toString)
                .containsExactly("pod/client", "deployment/web", "statefulset/shop/db",
                        "service/web", "service/shop/cart", "node/n1", "node/n2");
        assertThat(SPEC.seed()).isEqualTo(42);
        assertThat(SPEC.kubernetesVersion()).isEqualTo(new KubernetesVersion(1, 30));
        assertThat(SPEC.durationNanos()).isEqualTo(2 * SimTime.MINUTE);
        assertThat(SPEC.allowedViolations()).containsExactly(Invariant.NO_FORWARDING_LOOP);
    }

    @Test
    void shouldReadTheNetwork() {
        NetworkSpec network = SPEC.network();

        assertThat(network.clusterCIDR()).containsExactly(Cidr.of("10.244.0.0/16"),
                Cidr.of("fd00:10:244::/48"));
        assertThat(network.serviceCIDR()).hasSize(2);
        assertThat(network.gateway()).hasToString("[10.0.0.254/24]");
        assertThat(List.of(network.fabric(), network.podAttachment(), network.hairpinMode()))
                .hasToString("[l2, routed, promiscuous-bridge]");
        assertThat(network.sysctls().nodes())
                .containsEntry("net.ipv4.conf.eth0.rp_filter", "2");
        assertThat(network.sysctls().pods()).containsEntry("net.ipv4.tcp_syn_retries", "3");
        assertThat(network.latency().node()).isEqualTo(
                new LinkQuality(1_000_000, 200_000, new BigFraction(1, 100)));
        assertThat(network.latency().external())
                .isEqualTo(new LinkQuality(20_000_000, 0, BigFraction.ZERO));
    }

    @Test
    void shouldLayKeysOverProfiles() {
        LoadBalancerProfile common = SPEC.loadBalancer().of("default", "other");
        LoadBalancerProfile web = SPEC.loadBalancer().of("default", "web");
        LoadBalancerSettings cart = SPEC.loadBalancer().of("shop", "cart").settings();

        assertThat(common.name()).isEqualTo("tke-clb");
        assertThat(common.settings().loopAvoidance()).isEqualTo(LoopAvoidance.NONE);
        assertThat(common.settings().allUnhealthy()).isEqualTo(AllUnhealthy.DROP);
        assertThat(common.provenance().get(LoadBalancerKey.SCHEDULER))
                .isEqualTo(Provenance.OF_SCENARIO);
        assertThat(common.provenance().get(LoadBalancerKey.INGRESS))
                .isNotEqualTo(Provenance.OF_SCENARIO);
        // A profile of its own makes a Service's load balancer another one altogether.
        assertThat(web.name()).isEqualTo("aws-nlb-ip");
        assertThat(web.settings().backends()).isEqualTo(Backends.POD);
        assertThat(web.settings().deregistrationDelayNanos()).isEqualTo(300 * SimTime.SECOND);
        assertThat(SPEC.loadBalancer().ofService("default", "web").address())
                .isEqualTo(IpAddress.of("198.51.100.9"));
        // Single keys are laid over the common ones.
        assertThat(cart.clientIP()).isEqualTo(ClientIP.SNAT);
        assertThat(cart.loopAvoidance()).isEqualTo(LoopAvoidance.NONE);
        assertThat(cart.healthCheck())
                .hasToString("every 3s, timeout 1s, unhealthy after 2, healthy after 4");
    }

    @Test
    void shouldPaceFlowsAsTheirKeysSay() {
        assertThat(send("steady").pacing()).isEqualTo(new Pacing.Steady(90, 20_000_000));
        assertThat(send("one").pacing()).isEqualTo(new Pacing.Steady(1, 10_000_000));
        assertThat(send("poisson").pacing())
                .isEqualTo(new Pacing.Poisson(new BigFraction(1, 2), 10 * SimTime.SECOND));
        assertThat(send("closed").pacing()).isEqualTo(new Pacing.Closed(3, SimTime.SECOND,
                OptionalLong.of(9), OptionalLong.empty()));
    }

    @Test
    void shouldReadFlows() {
        assertThat(send("closed").from()).hasToString("deployment/web");
        assertThat(send("udp").from()).hasToString("pod/shop/db-0");
        assertThat(send("udp").to()).hasToString("dns.example.com.:53");
        assertThat(send("udp").protocol()).isEqualTo(L4Protocol.UDP);
        assertThat(send("udp").connected()).isFalse();
        assertThat(send("six").family()).isEqualTo(IpFamily.IPv6);
        assertThat(send("poisson").to()).hasToString("service/web@vip:http");
        assertThat(send("one").sourcePort()).isEqualTo(40000);
        assertThat(send("steady").sourcePort()).isNull();
    }

    @Test
    void shouldReadEveryVerb() {
        assertThat(SPEC.timeline()).extracting(TimelineEntry::event).extracting(Event::verb)
                .contains("send", "stop", "apply", "patch", "delete", "scale", "rollout",
                        "restart", "kill", "drain", "fail", "recover", "sysctl", "impair");
        assertThat(SPEC.timeline()).extracting(TimelineEntry::event)
                .filteredOn(Event.Apply.class::isInstance).singleElement()
                .satisfies(event -> assertThat(((Event.Apply) event).manifests()).hasSize(2));
        assertThat(SPEC.timeline()).extracting(TimelineEntry::event)
                .filteredOn(Event.Impair.class::isInstance).singleElement()
                .hasToString("Impair[target=link/external/ext, latencyNanos=1000000000,"
                        + " jitterNanos=10000000, loss=1 / 3, mtu=1400]");
    }

    private static Send send(String flow) {
        return SPEC.timeline().stream().map(TimelineEntry::event).filter(Send.class::isInstance)
                .map(Send.class::cast).filter(send -> send.flow().equals(flow)).findFirst()
                .orElseThrow();
    }
}
