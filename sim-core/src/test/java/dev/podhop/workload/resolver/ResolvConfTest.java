package dev.podhop.workload.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.Pod;
import dev.podhop.k8s.TestManifests;
import dev.podhop.net.IpAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kubelet writes into a pod, and which names the libraries make of it. */
class ResolvConfTest {

    private static final ResolvConf NODE =
            ResolvConf.EMPTY.plus(List.of(), List.of("ec2.internal"));
    private static final PodResolvConf KUBELET =
            new PodResolvConf(List.of(IpAddress.of("10.96.0.10")), "cluster.local", NODE);

    private static final String CLUSTER_FIRST = """
            search shop.svc.cluster.local svc.cluster.local cluster.local ec2.internal
            nameserver 10.96.0.10
            options ndots:5 timeout:5 attempts:2
            """;
    private static final String OF_NODE = """
            search ec2.internal
            options ndots:1 timeout:5 attempts:2
            """;

    private static String of(String spec) {
        return KUBELET.of((Pod) TestManifests.parse("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p, namespace: shop}
                spec: {containers: [{name: c, image: i}]%s}
                """.formatted(spec)).getFirst()).toString();
    }

    @Test
    void policies() {
        assertThat(of("")).isEqualTo(CLUSTER_FIRST);
        assertThat(of(", dnsPolicy: Default")).isEqualTo(OF_NODE);
        assertThat(of(", hostNetwork: true")).as("unless it says so").isEqualTo(OF_NODE);
        assertThat(of(", hostNetwork: true, dnsPolicy: ClusterFirstWithHostNet"))
                .isEqualTo(CLUSTER_FIRST);
        assertThat(KUBELET.of(null)).hasToString(OF_NODE);
    }

    @Test
    void ownConfigurationIsAdded() {
        assertThat(of("""
                , dnsConfig: {nameservers: [10.96.0.10, 192.0.2.53], searches: [corp.example],
                  options: [{name: ndots, value: "2"}, {name: timeout, value: "1"},
                  {name: attempts, value: "99"}, {name: single-request-reopen},
                  {name: edns0}]}""")).isEqualTo("""
                search shop.svc.cluster.local svc.cluster.local cluster.local ec2.internal \
                corp.example
                nameserver 10.96.0.10
                nameserver 192.0.2.53
                options ndots:2 timeout:1 attempts:5 single-request-reopen
                """);
    }

    /** {@code RES_MAXNDOTS} and {@code RES_MAXRETRANS} of glibc's resolv.h. */
    @Test
    void limitsOfTheLibrary() {
        assertThat(of(", dnsConfig: {options: [{name: ndots, value: \"99\"},"
                + " {name: timeout, value: \"99\"}]}")).contains("ndots:15 ", "timeout:30 ");
        assertThat(of(", dnsConfig: {options: [{name: ndots, value: \"15\"}]}"))
                .contains("ndots:15 ");
        assertThat(of(", dnsConfig: {options: [{name: ndots, value: \"14\"}]}"))
                .contains("ndots:14 ");
    }

    @Test
    void noPolicyButItsOwn() {
        assertThat(of(", dnsPolicy: None, dnsConfig: {nameservers: [192.0.2.53],"
                + " options: [{name: single-request}]}")).isEqualTo("""
                        nameserver 192.0.2.53
                        options ndots:1 timeout:5 attempts:2 single-request
                        """);
    }

    @ParameterizedTest(name = "{0} {1}, ndots {2}: {3}")
    @CsvSource({
        "GLIBC, web, 5, web.a web.b web",
        "MUSL, web, 5, web.a web.b web",
        "GLIBC, Web.Shop, 5, web.shop.a web.shop.b web.shop",
        "GLIBC, api.stripe.com., 5, api.stripe.com",
        "MUSL, api.stripe.com., 5, api.stripe.com",
        // enough dots: as it is first, and for musl in no other way
        "GLIBC, api.stripe.com, 2, api.stripe.com api.stripe.com.a api.stripe.com.b",
        "MUSL, api.stripe.com, 2, api.stripe.com",
    })
    void candidates(Library library, String written, int ndots, String expected) {
        ResolvConf conf = ResolvConf.EMPTY.plus(List.of(), List.of("a", "b."))
                .with("ndots", String.valueOf(ndots));

        assertThat(String.join(" ", library.candidates(written, conf))).isEqualTo(expected);
    }
}
