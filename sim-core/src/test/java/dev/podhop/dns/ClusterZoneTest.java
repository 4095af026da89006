package dev.podhop.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.TestManifests;
import dev.podhop.k8s.store.StoreEvent;
import dev.podhop.net.IpAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What names stand for, after the Kubernetes DNS specification 1.1 and, where that leaves room, as
 * CoreDNS answers.
 */
class ClusterZoneTest {

    private static final OuterNames OUTER = new OuterNames(Map.of("db.example.com",
            List.of(DnsRecord.of("db.example.com", IpAddress.of("203.0.113.9"), 300))), 0);

    private final ClusterZone zone = new ClusterZone("cluster.local", Corefile.DEFAULT, OUTER);

    ClusterZoneTest() {
        hear("""
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec:
                  clusterIP: 10.96.0.20
                  clusterIPs: [10.96.0.20, 'fd00:96::20']
                  ports: [{name: http, port: 80, protocol: TCP}]
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: db, namespace: data}
                spec:
                  clusterIP: None
                  clusterIPs: [None]
                  ports: [{name: sql, port: 5432, protocol: TCP}]
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata:
                  {name: db-x, namespace: data, labels: {kubernetes.io/service-name: db}}
                addressType: IPv4
                ports: [{name: sql, port: 5432, protocol: TCP}]
                endpoints:
                - {addresses: [10.244.1.10], hostname: db-0, conditions: {ready: true}}
                - {addresses: [10.244.2.10], conditions: {}}
                - {addresses: [10.244.3.10], hostname: db-2, conditions: {ready: false}}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: nobody}
                spec: {clusterIP: None, clusterIPs: [None], ports: [{port: 80}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: alias}
                spec: {type: ExternalName, externalName: db.data.svc.cluster.local}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: outside}
                spec: {type: ExternalName, externalName: DB.example.com.}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: numbers}
                spec: {type: ExternalName, externalName: 10.0.0.1}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: itself}
                spec: {type: ExternalName, externalName: itself.default.svc.cluster.local}
                """);
    }

    private void hear(String manifests) {
        TestManifests.parse(manifests).forEach(o -> zone.hear(new StoreEvent(null, o, 1)));
    }

    private String answer(String name, String type) {
        DnsAnswer answer = zone.answer(new Question(name, RecordType.valueOf(type)));
        return answer.found() ? String.join(" ", answer.records().stream()
                .map(r -> r.type() + ":" + r.data()).toList())
                : answer.isNoData() ? "NODATA"
                : answer.rcode().toString();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        // a ClusterIP, of each family
        "web.default.svc.cluster.local, A, A:10.96.0.20",
        "web.default.svc.cluster.local, AAAA, AAAA:fd00:96::20",
        "web.default.svc.cluster.local, CNAME, NODATA",
        // its ports
        "_http._tcp.web.default.svc.cluster.local, SRV,"
                + " SRV:0 50 80 web.default.svc.cluster.local.",
        "_http._udp.web.default.svc.cluster.local, SRV, NXDOMAIN",
        "_ftp._tcp.web.default.svc.cluster.local, SRV, NXDOMAIN",
        // headless: ready endpoints, and each by its name
        "db.data.svc.cluster.local, A, A:10.244.1.10 A:10.244.2.10",
        "db.data.svc.cluster.local, AAAA, NODATA",
        "db-0.db.data.svc.cluster.local, A, A:10.244.1.10",
        "10-244-2-10.db.data.svc.cluster.local, A, A:10.244.2.10",
        "db-2.db.data.svc.cluster.local, A, NXDOMAIN",
        "_sql._tcp.db.data.svc.cluster.local, SRV,"
                + " SRV:0 50 5432 db-0.db.data.svc.cluster.local."
                + " SRV:0 50 5432 10-244-2-10.db.data.svc.cluster.local.",
        "nobody.default.svc.cluster.local, A, NXDOMAIN",
        // ExternalName: an alias, followed within the zone and out of it
        "alias.default.svc.cluster.local, CNAME, CNAME:db.data.svc.cluster.local.",
        "alias.default.svc.cluster.local, A, CNAME:db.data.svc.cluster.local."
                + " A:10.244.1.10 A:10.244.2.10",
        "alias.default.svc.cluster.local, AAAA, NODATA",
        "x.alias.default.svc.cluster.local, A, NXDOMAIN",
        "_http._tcp.alias.default.svc.cluster.local, A, NXDOMAIN",
        "outside.default.svc.cluster.local, A, CNAME:db.example.com. A:203.0.113.9",
        "numbers.default.svc.cluster.local, A, NXDOMAIN",
        "itself.default.svc.cluster.local, A, NODATA",
        // what is there without addresses, and what is not
        "cluster.local, A, NODATA",
        "svc.cluster.local, A, NODATA",
        "data.svc.cluster.local, A, NODATA",
        "elsewhere.svc.cluster.local, A, NXDOMAIN",
        "web.data.svc.cluster.local, A, NXDOMAIN",
        "api.stripe.com.default.svc.cluster.local, A, NXDOMAIN",
        "api.stripe.com.cluster.local, A, NXDOMAIN",
        "a.b.c.web.default.svc.cluster.local, A, NXDOMAIN",
        // pods insecure
        "10-244-9-9.default.pod.cluster.local, A, A:10.244.9.9",
        "10-244-9-9.elsewhere.pod.cluster.local, A, NXDOMAIN",
        "pod-1.default.pod.cluster.local, A, NXDOMAIN",
        // names of addresses
        "20.0.96.10.in-addr.arpa, PTR, PTR:web.default.svc.cluster.local.",
        "10.1.244.10.in-addr.arpa, PTR, PTR:db-0.db.data.svc.cluster.local.",
    })
    void answers(String name, String type, String expected) {
        assertThat(answer(name, type)).isEqualTo(expected);
    }

    @Test
    void everyRecordLivesForTheCorefilesTtl() {
        assertThat(zone.records()).isNotEmpty().allMatch(r -> r.ttlSeconds() == 5);
        assertThat(zone.answer(new Question("gone.default.svc.cluster.local", RecordType.A))
                .ttlSeconds()).isEqualTo(5);
    }

    @Test
    void theListingHasEveryRecordOnce() {
        assertThat(zone.records("data", "db")).extracting(DnsRecord::toString).containsExactly(
                "db.data.svc.cluster.local. 5 IN A 10.244.1.10",
                "db.data.svc.cluster.local. 5 IN A 10.244.2.10",
                "db-0.db.data.svc.cluster.local. 5 IN A 10.244.1.10",
                "10-244-2-10.db.data.svc.cluster.local. 5 IN A 10.244.2.10",
                "_sql._tcp.db.data.svc.cluster.local. 5 IN SRV"
                        + " 0 50 5432 db-0.db.data.svc.cluster.local.",
                "_sql._tcp.db.data.svc.cluster.local. 5 IN SRV"
                        + " 0 50 5432 10-244-2-10.db.data.svc.cluster.local.",
                "10.1.244.10.in-addr.arpa. 5 IN PTR db-0.db.data.svc.cluster.local.",
                "10.2.244.10.in-addr.arpa. 5 IN PTR 10-244-2-10.db.data.svc.cluster.local.");
    }

    @Test
    void aDeletedServiceIsForgotten() {
        TestManifests.parse("""
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                """).forEach(o -> zone.hear(new StoreEvent(o, null, 2)));

        assertThat(answer("web.default.svc.cluster.local", "A")).isEqualTo("NXDOMAIN");
    }

    @Test
    void aReverseNameOfIpv6HasNibbles() {
        assertThat(DnsNames.reverse(IpAddress.of("fd00:96::20")))
                .isEqualTo("0.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.6.9.0.0.0.0.d.f"
                        + ".ip6.arpa".toLowerCase(Locale.ROOT));
    }
}
