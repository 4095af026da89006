package dev.podhop.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.TestManifests;
import dev.podhop.k8s.store.StoreEvent;
import dev.podhop.net.IpAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long CoreDNS' cache plugin keeps what: {@code computeTTL} and {@code item.toMsg}. */
class DnsServerTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long FORWARD = 5_000_000L;
    private static final Question WEB =
            new Question("web.default.svc.cluster.local", RecordType.A);
    private static final Question OUTSIDE = new Question("example.com", RecordType.A);
    private static final OuterNames OUTER = new OuterNames(Map.of("example.com",
            List.of(DnsRecord.of("example.com", IpAddress.of("203.0.113.9"), 300))), FORWARD);

    private static final String KUBEADM = """
            .:53 {
                errors
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                   pods insecure
                   ttl 30
                }
                forward . /etc/resolv.conf {
                   max_concurrent 1000
                }
                cache 30 {
                   disable denial cluster.local
                }
                loadbalance
            }
            """;

    private ClusterZone zone = new ClusterZone("cluster.local", Corefile.DEFAULT, OUTER);

    private DnsServer server(Corefile corefile) {
        zone = new ClusterZone("cluster.local", corefile, OUTER);
        return new DnsServer(zone, corefile, OUTER);
    }

    private void web(String clusterIp) {
        TestManifests.parse("""
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {clusterIP: %s, clusterIPs: [%s], ports: [{port: 80}]}
                """.formatted(clusterIp, clusterIp))
                .forEach(o -> zone.hear(new StoreEvent(null, o, 1)));
    }

    private static String data(NameServer.Reply reply) {
        return reply.answer().found() ? reply.answer().records().getFirst().data() : "none";
    }

    @Test
    void cacheThirtyDoesNotStretchATtlOfFive() {
        DnsServer server = server(Corefile.DEFAULT);
        web("10.96.0.20");
        assertThat(server.ask(WEB, 0).cached()).isFalse();
        web("10.96.0.21");

        assertThat(data(server.ask(WEB, 5 * SECOND - 1))).isEqualTo("10.96.0.20");
        assertThat(data(server.ask(WEB, 5 * SECOND))).isEqualTo("10.96.0.21");
    }

    @Test
    void whatIsLeftOfTheTtlIsTold() {
        DnsServer server = server(Corefile.DEFAULT);
        web("10.96.0.20");
        server.ask(WEB, 0);

        NameServer.Reply later = server.ask(WEB, 3 * SECOND);
        assertThat(later.cached()).isTrue();
        assertThat(later.answer().ttlSeconds()).isEqualTo(2);
        assertThat(later.answer().records().getFirst().ttlSeconds()).isEqualTo(2);
    }

    @Test
    void thatThereIsNoSuchNameIsKeptAsLong() {
        DnsServer server = server(Corefile.DEFAULT);
        assertThat(data(server.ask(WEB, 0))).isEqualTo("none");
        web("10.96.0.20");

        assertThat(data(server.ask(WEB, 5 * SECOND - 1))).isEqualTo("none");
        assertThat(data(server.ask(WEB, 5 * SECOND))).isEqualTo("10.96.0.20");
    }

    @Test
    void kubeadmsTtlIsThirty() {
        Corefile corefile = Corefile.parse(KUBEADM);
        assertThat(corefile.ttlSeconds()).isEqualTo(30);
        assertThat(corefile.shuffles()).isTrue();
        DnsServer server = server(corefile);
        web("10.96.0.20");
        server.ask(WEB, 0);
        web("10.96.0.21");

        assertThat(data(server.ask(WEB, 30 * SECOND - 1))).isEqualTo("10.96.0.20");
        assertThat(data(server.ask(WEB, 30 * SECOND))).isEqualTo("10.96.0.21");
    }

    @Test
    void aZoneCanBeLeftOutOfTheCache() {
        DnsServer server = server(Corefile.parse(KUBEADM));
        assertThat(data(server.ask(WEB, 0))).isEqualTo("none");
        web("10.96.0.20");

        assertThat(data(server.ask(WEB, 1))).isEqualTo("10.96.0.20");
    }

    @Test
    void outerNamesTakeTheForwardersTimeOnceInThirtySeconds() {
        DnsServer server = server(Corefile.DEFAULT);
        NameServer.Reply first = server.ask(OUTSIDE, 0);
        assertThat(first.delayNanos()).isEqualTo(FORWARD);
        assertThat(first.answer().ttlSeconds()).as("capped").isEqualTo(30);

        assertThat(server.ask(OUTSIDE, 29 * SECOND).delayNanos()).isZero();
        assertThat(server.ask(OUTSIDE, 31 * SECOND).delayNanos()).isEqualTo(FORWARD);
    }

    @Test
    void withoutCacheNothingIsKept() {
        DnsServer server = server(Corefile.parse(".:53 {\n  kubernetes cluster.local\n}\n"));
        web("10.96.0.20");
        server.ask(WEB, 0);
        web("10.96.0.21");

        assertThat(data(server.ask(WEB, 1))).isEqualTo("10.96.0.21");
    }

    @Test
    void capsOfSuccessAndDenialAreReadByThemselves() {
        Corefile corefile = Corefile.parse("""
                .:53 {
                    kubernetes cluster.local {
                        pods disabled
                    }
                    cache {
                        success 9984 20   # capacity, then the cap
                        denial 9984 10
                    }
                }
                """);
        assertThat(corefile.positive().mostSeconds()).isEqualTo(20);
        assertThat(corefile.negative().mostSeconds()).isEqualTo(10);
        assertThat(corefile.answersForPods()).isFalse();
        assertThat(corefile.shuffles()).isFalse();
    }

    @Test
    void aNewProcessKnowsNothing() {
        DnsServer server = server(Corefile.DEFAULT);
        web("10.96.0.20");
        server.ask(WEB, 0);
        server.forget();

        assertThat(server.ask(WEB, 1).cached()).isFalse();
    }
}
