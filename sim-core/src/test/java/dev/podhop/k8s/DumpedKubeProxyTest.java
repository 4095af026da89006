package dev.podhop.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a dump shows of kube-proxy's configuration, installer by installer. */
class DumpedKubeProxyTest {

    @ParameterizedTest
    @CsvSource({"kube-proxy, config.conf, NodeCIDR", "kube-proxy-config, config, NodeCIDR",
        "kube-proxy, config, ''", "other, config.conf, ''"})
    void shouldReadTheConfigMapsOfKubeadmAndEks(String name, String key, String detectLocalMode) {
        KubeProxyConfiguration found = read("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, namespace: kube-system}
                data:
                  kubeconfig: "kind: Config"
                  %s: |
                    apiVersion: kubeproxy.config.k8s.io/v1alpha1
                    kind: KubeProxyConfiguration
                    detectLocalMode: NodeCIDR
                    clusterCIDR: ""
                """.formatted(name, key));

        assertThat(found == null ? "" : found.detectLocalMode()).isEqualTo(detectLocalMode);
    }

    /** GKE starts it by a shell, as a static pod. */
    @Test
    void shouldReadTheFlagsOfAPod() {
        KubeProxyConfiguration found = read(pod("""
                - /bin/sh
                - -c
                - kube-proxy --cluster-cidr=10.4.0.0/14 --hostname-override=$(NODE) --v=2
                  --iptables-min-sync-period 10s --iptables-sync-period=1m --masquerade-all
                  --detect-local-mode=NodeCIDR 1>>/var/log/kube-proxy.log 2>&1
                """));

        assertThat(found).isNotNull();
        assertThat(found.clusterCIDR()).isEqualTo("10.4.0.0/14");
        assertThat(found.detectLocalMode()).isEqualTo("NodeCIDR");
        assertThat(found.iptables().minSyncPeriodNanos()).isEqualTo(10 * SimTime.SECOND);
        assertThat(found.iptables().syncPeriodNanos()).isEqualTo(60 * SimTime.SECOND);
        assertThat(found.iptables().masqueradeAll()).isTrue();
    }

    @Test
    void shouldNotTakeFlagsForWhatAConfigurationFileSays() {
        assertThat(read(pod("""
                - kube-proxy
                - --config=/var/lib/kube-proxy/config.conf
                - --cluster-cidr=10.4.0.0/14
                """))).isNull();
    }

    private static String pod(String command) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: kube-proxy-x7k2p, namespace: kube-system}
                spec:
                  containers:
                  - name: kube-proxy
                    image: kube-proxy
                    command:
                """ + command.indent(4);
    }

    private static KubeProxyConfiguration read(String text) {
        Problems problems = new Problems();
        KubeProxyConfiguration found =
                ManifestReader.read(YamlReader.read("dump.yaml", text, problems), problems)
                        .kubeProxy();
        assertThat(problems.all()).isEmpty();
        return found;
    }
}
