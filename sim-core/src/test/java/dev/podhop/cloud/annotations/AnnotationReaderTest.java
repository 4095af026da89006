package dev.podhop.cloud.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnotationReaderTest {

    private static final String AWS = "service.beta.kubernetes.io/aws-load-balancer-";

    @Test
    void whoseItIsAnAnnotationTellsWhereNothingElseDoes() {
        AnnotationReading reading = AnnotationReader.read(
                CatalogueTest.service(Map.of(AWS + "nlb-target-type", "ip")), null, false);

        assertThat(reading.remarks()).isEmpty();
        assertThat(reading.ofAll()).isEqualTo(Map.of("profile", "aws-nlb-ip"));
    }

    @Test
    void aProfileThatStandsIsLeftAlone() {
        AnnotationReading reading = AnnotationReader.read(
                CatalogueTest.service(Map.of(AWS + "nlb-target-type", "ip")), "aws-nlb-instance",
                true);

        assertThat(reading.keys()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "aws-load-balancer-typ | aws-nlb-ip | is not documented, and not read; did you mean"
                + " service.beta.kubernetes.io/aws-load-balancer-type?",
        "alibaba-cloud-loadbalancer-address-type | aws-nlb-ip | is not documented, and not read",
        "aws-load-balancer-internal | gcp-internal | has no effect: it is for aws, and the load"
                + " balancer is gcp-internal",
        "aws-load-balancer-connection-idle-timeout | aws-nlb-ip | has no effect on aws-nlb-ip,"
                + " only on aws-classic-elb",
        "aws-load-balancer-scheme | aws-nlb-ip | found \"such\", expected internal or"
                + " internet-facing: the controller refuses the Service (FailedBuildModel,"
                + " SyncLoadBalancerFailed) and leaves its load balancer as it is",
    })
    void whatIsNotReadIsSaid(String name, String profile, String text) {
        String full = "service.beta.kubernetes.io/" + name;

        assertThat(AnnotationReader.read(CatalogueTest.service(Map.of(full, "such")), profile,
                false).remarks()).singleElement().satisfies(remark -> {
                    assertThat(remark.key()).isEqualTo(full);
                    assertThat(remark.text()).isEqualTo(text);
                });
    }

    @Test
    void anAttributeIsNamedBesideItsAnnotation() {
        AnnotationReading reading = AnnotationReader.read(CatalogueTest.service(Map.of(
                AWS + "target-group-attributes",
                "preserve_client_ip.enabled=true,deregistration_delay.timeout_second=3")),
                "aws-nlb-ip", false);

        assertThat(reading.ofAll()).isEqualTo(Map.of("clientIP", "preserve"));
        assertThat(reading.remarks()).singleElement().hasToString("Remark[annotation="
                + AWS + "target-group-attributes: deregistration_delay.timeout_second,"
                + " what=UNKNOWN, text=is not documented, and not read; did you mean"
                + " deregistration_delay.timeout_seconds?]");
    }

    @Test
    void oneOutranksAnotherByTheCataloguesOrder() {
        assertThat(AnnotationReader.read(CatalogueTest.service(Map.of(
                AWS + "scheme", "internet-facing", AWS + "type", "external",
                AWS + "nlb-target-type", "ip")), "aws-nlb-instance", false).ofAll())
                .isEqualTo(Map.of("profile", "aws-nlb-ip", "access", "public"));
    }

    @Test
    void aPortsOwnIsKeptApart() {
        assertThat(AnnotationReader.read(CatalogueTest.service(Map.of(
                "service.beta.kubernetes.io/port_443_health-probe_port", "80",
                "service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout", "5")),
                "azure-ilb", false).keys())
                .isEqualTo(Map.of(443, Map.of("healthCheck.portNumber", "30080"),
                        0, Map.of("idleTimeout", "5m")));
    }
}
