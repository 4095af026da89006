package dev.podhop.viz.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.trace.Hop;
import dev.podhop.trace.RuleMatch;
import dev.podhop.trace.Step;
import dev.podhop.viz.Recordings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which lines of the files a step rests on: these, and no others. */
class LitLinesTest {

    private static final Map<String, Recording> RECORDINGS = new HashMap<>();

    private static Recording recording(String file) {
        return RECORDINGS.computeIfAbsent(file, name -> Recordings.of(
                Recordings.shipped("01-lb-loopback").getParent().resolveSibling(name), 10));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # file | place | code | the lines that are lit
        01-lb-loopback/scenario.yaml | edge | lb.chosen | addresses: [{type: InternalIP, \
        address: 10.0.0.13}]; ports: [{port: 80, targetPort: 8080, nodePort: 30080}]; \
        backends: nodePort
        01-lb-loopback/scenario.yaml | node/n1 | kubeproxy.service.nodeport | \
        podIP: 10.244.2.23; ports: [{port: 80, targetPort: 8080, nodePort: 30080}]
        01-lb-loopback/scenario.yaml | node/n1 | kubeproxy.service.loadbalancer | \
        podIP: 10.244.2.23; ports: [{port: 80, targetPort: 8080, nodePort: 30080}]; \
        with: {status: {loadBalancer: {ingress: [{ip: 198.51.100.7, ipMode: VIP}]}}}
        01-lb-loopback/scenario.yaml | node/n1 | net.source.strict | \
        - {at: 10s, sysctl: {net.ipv4.conf.all.rp_filter: 1}}
        01-lb-loopback/scenario.yaml | pod/web-1 | net.route.local | podIP: 10.244.1.22
        01-lb-loopback/scenario.yaml | edge | net.route.forward | \
        addresses: [{type: InternalIP, address: 10.0.0.13}]
        01-lb-loopback/scenario.yaml | node/n2 | net.route.forward | \
        spec: {podCIDR: 10.244.2.0/24}
        01-lb-loopback/scenario.yaml | pod/client | net.route.output | \
        spec: {podCIDR: 10.244.1.0/24}
        01-lb-loopback/scenario.yaml | pod/client | net.no-socket.wrong-peer | ''
        05-membership-decoder/scenario.yaml | node/n1 | kubeproxy.reject.no-endpoints | \
        selector: {app: wbe}
        05-membership-decoder/scenario.yaml | node/n4 | kubeproxy.drop.local-policy | \
        internalTrafficPolicy: Local
        03-self-clusterip/hairpin-none.yaml | node/n1 | net.bridge.no-hairpin | \
        hairpinMode: none
        03-self-clusterip/masquerade-all.yaml | node/n1 | kubeproxy.mark.masq.all | \
        podIP: 10.244.1.30; clusterIP: 10.96.0.20; ports: [{port: 80, targetPort: 8080}]; \
        iptables: {masqueradeAll: true}
        13-rolling-update/scenario.yaml | node/n1 | kubeproxy.service.clusterip | \
        metadata: {name: web-0s}; ports: [{port: 80, targetPort: 8080}]
        23-conntrack-full/scenario.yaml | node/n2 | net.ct.table-full | maxPerCore: 100
        """)
    void aReasonLightsItsLines(String file, String place, String code, String lines) {
        Recording recording = recording(file);
        assertThat(String.join("; ", lit(recording, place, code))).isEqualTo(lines);
    }

    /** The lit lines of the first step there that has that reason, or a rule that has. */
    private static List<String> lit(Recording recording, String place, String code) {
        for (int i = 0; i < recording.size(); i++) {
            Hop hop = recording.hop(i);
            for (Step step : hop.steps()) {
                if (hop.place().label().equals(place) && codes(step).contains(code)) {
                    return recording.lines(hop, step).stream()
                            .filter(line -> !line.byDefault())
                            .mapToInt(line -> recording.rows().of(line).orElseThrow())
                            .sorted().mapToObj(row -> text(recording, row)).toList();
                }
            }
        }
        throw new AssertionError(place + " never did anything because of " + code);
    }

    private static List<String> codes(Step step) {
        List<String> codes = new ArrayList<>(List.of(step.why().code()));
        if (step instanceof Step.RuleWalk walk) {
            walk.rules().stream().map(RuleMatch::why).forEach(why -> codes.add(why.code()));
        }
        return codes;
    }

    private static String text(Recording recording, int row) {
        return recording.rows().all().get(row).text().strip();
    }

    @Test
    void aSettingIsARowOfItsOwn() {
        Recording changed = Recordings.hairpin("loadBalancer.clientIP=snat",
                "service/web.externalTrafficPolicy=Local");

        assertThat(lit(changed, "edge", "lb.source-rewritten"))
                .containsExactly("--set loadBalancer.clientIP=snat");
        assertThat(lit(changed, "node/n1", "kubeproxy.external.local"))
                .contains("--set service/web.externalTrafficPolicy=Local");
    }

    @Test
    void everyLineThatTheTraceCitesIsARowOfTheViewer() {
        for (Path file : Recordings.allShipped()) {
            Recording recording = Recordings.of(file, 2);
            for (int i = 0; i < recording.size(); i++) {
                Hop hop = recording.hop(i);
                for (Step step : hop.steps()) {
                    assertThat(recording.lines(hop, step)).allSatisfy(line -> {
                        FileRows.Row row = recording.rows().all()
                                .get(recording.rows().of(line).orElseThrow());
                        assertThat(row.number()).isEqualTo(line.line());
                        assertThat(line.file()).startsWith(row.file());
                    });
                }
            }
        }
    }
}
