package dev.podhop.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.cloud.Provenance.Mark;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The vendors' load balancers as data: complete, and each value with where it comes from. */
class LoadBalancerProfilesTest {

    @Test
    void shouldHaveThePromisedProfiles() {
        assertThat(LoadBalancerProfiles.names()).containsExactly("tke-clb", "tke-clb-direct",
                "vke-clb", "aws-nlb-instance", "aws-nlb-ip", "aws-classic-elb", "azure-ilb",
                "azure-public",
                "gcp-internal", "gcp-external", "metallb-l2", "metallb-bgp", "k3s-servicelb");
        assertThat(LoadBalancerProfiles.of("none")).contains(LoadBalancerProfiles.plain());
        assertThat(LoadBalancerProfiles.of("elb")).isEmpty();
    }

    static List<LoadBalancerProfile> profiles() {
        return LoadBalancerProfiles.names().stream()
                .map(name -> LoadBalancerProfiles.of(name).orElseThrow()).toList();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void shouldSayOfEachValueWhereItComesFrom(LoadBalancerProfile profile) {
        assertThat(profile.provenance().keySet())
                .isEqualTo(EnumSet.allOf(LoadBalancerKey.class));
        profile.provenance().forEach((key, provenance) -> {
            assertThat(provenance.source()).as(profile.name() + " " + key).isNotBlank();
            if (provenance.mark() == Mark.MODELLED) {
                assertThat(provenance.source()).startsWith("https://");
            }
        });
    }

    /** The rows of the vendors' table that decide whether a pod can loop back to itself. */
    @ParameterizedTest
    @CsvSource({"tke-clb, nodePort, preserve, sourceIP, rewrite, ip",
        "tke-clb-direct, pod, preserve, sourceIP, rewrite, ip",
        "aws-nlb-instance, nodePort, preserve, none, rewrite, hostname",
        "aws-nlb-ip, pod, snat, none, rewrite, hostname",
        "azure-ilb, nodePort, preserve, none, keep, ip",
        "gcp-internal, nodePort, preserve, none, keep, ip",
        "gcp-external, nodePort, preserve, none, keep, ip",
        "metallb-l2, nodePort, preserve, none, keep, ip",
        "metallb-bgp, nodePort, preserve, none, keep, ip",
        "k3s-servicelb, nodePort, preserve, none, keep, ip"})
    void shouldBehaveAsItsVendor(String name, String backends, String clientIp,
            String loopAvoidance, String destination, String ingress) {
        LoadBalancerSettings settings = LoadBalancerProfiles.of(name).orElseThrow().settings();

        assertThat(settings.backends()).hasToString(backends);
        assertThat(settings.clientIP()).hasToString(clientIp);
        assertThat(settings.loopAvoidance()).hasToString(loopAvoidance);
        assertThat(settings.destination()).hasToString(destination);
        assertThat(settings.ingress()).hasToString(ingress);
    }

    @Test
    void shouldFollowTheEndpointsAtOnceWithoutAVendor() {
        LoadBalancerProfile plain = LoadBalancerProfiles.plain();

        assertThat(plain.settings().healthCheck()).isNull();
        assertThat(plain.provenance().values()).extracting(Provenance::mark)
                .containsOnly(Mark.ASSUMED);
    }

    @Test
    void shouldMarkWhatAScenarioChanges() {
        LoadBalancerProfile profile = LoadBalancerProfiles.of("tke-clb").orElseThrow();

        LoadBalancerProfile changed =
                profile.with(profile.settings(), List.of(LoadBalancerKey.CLIENT_IP),
                        Provenance.OF_SCENARIO);

        assertThat(changed.provenance()).containsAllEntriesOf(
                Map.of(LoadBalancerKey.CLIENT_IP, Provenance.OF_SCENARIO));
        assertThat(profile.provenance().get(LoadBalancerKey.CLIENT_IP).mark())
                .isEqualTo(Mark.MODELLED);
    }
}
