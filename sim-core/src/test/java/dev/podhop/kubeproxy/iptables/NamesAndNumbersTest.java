package dev.podhop.kubeproxy.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.kubeproxy.Corpus;
import dev.podhop.kubeproxy.ServicePortName;
import dev.podhop.net.L4Protocol;
import org.junit.jupiter.api.Test;

class NamesAndNumbersTest {

    @Test
    void chainsAreNamedByAHash() {
        ServicePortName web = new ServicePortName("default", "web", "", L4Protocol.TCP);
        ServicePortName dns = new ServicePortName("default", "web", "dns", L4Protocol.UDP);

        assertThat(ChainNames.serviceHash(web)).isEqualTo("LOLE4ISW44XBNF3G");
        assertThat(ChainNames.serviceHash(dns)).isEqualTo("3OI236ZBKTWAFB2I");
        assertThat(ChainNames.endpoint(web, "10.244.2.10:8080"))
                .isEqualTo("KUBE-SEP-6UPWGGTAKQAHVD27");
    }

    @Test
    void probabilitiesAreWrittenWithTenDigits() {
        Corpus.read("iptables_TestComputeProbability.yaml").path("probabilities").properties()
                .forEach(entry -> assertThat(Probability.written(Integer.parseInt(entry.getKey())))
                        .isEqualTo(entry.getValue().asString()));
    }

    @Test
    void probabilitiesComeBackInTheKernelsUnits() {
        assertThat(Probability.printed(2)).isEqualTo("0.50000000000");
        assertThat(Probability.printed(3)).isEqualTo("0.33333333349");
        assertThat(Probability.printed(10)).isEqualTo("0.10000000009");
        assertThat(Probability.printed(4096)).isEqualTo("0.00024414062");
    }
}
