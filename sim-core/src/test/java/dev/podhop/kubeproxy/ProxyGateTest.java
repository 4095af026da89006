package dev.podhop.kubeproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gate counts in the releases that take it; before and after, the release decides. */
class ProxyGateTest {

    @ParameterizedTest
    @CsvSource({
        // gate, minor, set to: reads ipMode, hints need the annotation, hints, node hints, draining
        "LoadBalancerIPMode, 30, false, false, true, true, false, true",
        "LoadBalancerIPMode, 32, false, true, false, true, false, true",
        "ServiceTrafficDistribution, 30, true, true, false, true, false, true",
        "ServiceTrafficDistribution, 32, false, true, true, true, false, true",
        "ServiceTrafficDistribution, 33, false, true, false, true, false, true",
        "TopologyAwareHints, 32, false, true, false, false, false, true",
        "TopologyAwareHints, 33, false, true, false, true, false, true",
        "PreferSameTrafficDistribution, 33, true, true, false, true, true, true",
        "PreferSameTrafficDistribution, 34, false, true, false, true, false, true",
        "KubeProxyDrainingTerminatingNodes, 30, false, true, true, true, false, false",
        "KubeProxyDrainingTerminatingNodes, 31, false, true, false, true, false, true",
        "WinDSR, 30, true, true, true, true, false, true"})
    void shouldCountWhereTheReleaseTakesIt(String gate, int minor, boolean set, boolean ipMode,
            boolean annotation, boolean hints, boolean nodeHints, boolean draining) {
        ProxyVersion version = new ProxyVersion(minor).with(Map.of(gate, set));

        assertThat(version.readsIpMode()).isEqualTo(ipMode);
        assertThat(version.hintsNeedAnnotation()).isEqualTo(annotation);
        assertThat(version.readsHints()).isEqualTo(hints);
        assertThat(version.honoursNodeHints()).isEqualTo(nodeHints);
        assertThat(version.tellsDraining()).isEqualTo(draining);
    }

    @ParameterizedTest(name = "1.{0}, {1}, more than 1000 endpoints: {2}")
    @CsvSource({"36, IPTABLES, true, true", "37, IPTABLES, true, false",
        "37, IPTABLES, false, true", "37, NFTABLES, true, true", "30, IPVS, true, true"})
    void onlyLargeClustersAreNotWrittenAnewEachHour(int minor, ProxyMode mode, boolean large,
            boolean refreshes) {
        assertThat(new ProxyVersion(minor).refreshes(mode, large)).isEqualTo(refreshes);
    }
}
