package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.L4Protocol;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.RunReason;
import dev.podhop.run.result.TraceRequest;
import dev.podhop.run.result.TraceResult;
import dev.podhop.run.result.TraceResult.Diagnosis;
import dev.podhop.run.result.TraceResult.Fix;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.trace.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fix that is named, typed as it is printed, changes the odds as it is printed. */
class FixesTest {

    /** Of the modes' many cases, some. */
    static List<Path> files() {
        List<Lab.Case> modes = Stream.of(Lab.nftablesCases(), Lab.ipvsCases(), Lab.kernelCases())
                .flatMap(List::stream).toList();
        return Stream.of(shipped().stream(), Lab.iptablesCases().stream().map(Lab.Case::file),
                IntStream.range(0, modes.size()).filter(i -> i % 5 == 0)
                        .mapToObj(i -> modes.get(i).file()))
                .flatMap(Function.identity()).toList();
    }

    /** The scenarios beside their pages. */
    static List<Path> shipped() {
        try (Stream<Path> all = Files.walk(Path.of("../scenarios"), 2)) {
            return all.filter(file -> file.toString().matches(".*/\\d\\d-[^/]+/[^/]+\\.yaml"))
                    .filter(file -> text(file).contains("kind: Scenario")).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void aFixAsPrintedChangesTheOddsAsPrinted(Path file) {
        for (String flow : failing(FixLaw.load(file, List.of()))) {
            TraceResult trace = trace(new ScenarioRunner(FixLaw.load(file, List.of())), flow);
            Diagnosis diagnosis = trace.diagnosis();
            if (diagnosis == null) {
                continue;
            }
            for (Fix fix : diagnosis.fixes()) {
                assertThat(fix.to()).as("a flow of the file is mended in the file").isNull();
                Function<LoadedScenario, BigFraction> failure =
                        changed -> new ScenarioRunner(changed).odds(flow).flows().stream()
                                .filter(f -> f.from().equals(trace.odds().from())).findFirst()
                                .orElseThrow().failure();
                FixLaw.hold(file, fix, failure);
                assertThat(failure.apply(FixLaw.load(file, fix.settings()))).as(flow + ": " + fix)
                        .isEqualTo(fix.failureAfter()).isLessThan(fix.failureBefore());
                assertThat(trace.odds().failure()).isEqualTo(fix.failureBefore());
            }
        }
    }

    private static List<String> failing(LoadedScenario scenario) {
        return new ScenarioRunner(scenario).odds(null).flows().stream()
                .filter(flow -> flow.results().stream()
                        .anyMatch(r -> r.key().outcome() != Outcome.Answered))
                .map(FlowOdds::flow).distinct().toList();
    }

    static TraceResult trace(ScenarioRunner runner, String flow) {
        return runner.trace(new TraceRequest(flow, null, null, L4Protocol.TCP, null, Map.of()));
    }

    @Test
    void aServicesOwnKeyDecidesWhereItHasOne() {
        ClusterText text = ClusterText.nodes(1).pod("client", "n1", "client")
                .pod("web-1", "n1", "web")
                .balanced("web", "web", "10.96.0.9", "Proxy", "")
                .loadBalancer("clientIP: snat")
                .loadBalancer("services: {web: {clientIP: preserve, loopAvoidance: none}}")
                .flow("loop", "pod/client", "service/web@vip:80", 1);

        assertThat(settings(text, "loop"))
                .contains("loadBalancer.services.web.clientIP=snat");
    }

    @Test
    void whatTheTimelineSetIsMendedThere() {
        ClusterText text = ClusterText.nodes(1).pod("client", "n1", "client")
                .pod("web-1", "n1", "web").service("web", "web", "10.96.0.9", "")
                .at("1s", "sysctl: {net.bridge.bridge-nf-call-iptables: 0}")
                .at("2s", ClusterText.send("f", "pod/client", "service/web:80", 1, ""));

        assertThat(settings(text, "f"))
                .contains("timeline[0].sysctl[net.bridge.bridge-nf-call-iptables]=1");
    }

    @Test
    void aPatchOfTheTimelineIsMendedThere() {
        ClusterText text = ClusterText.nodes(2).pod("client", "n1", "client")
                .pod("web-1", "n2", "web").service("web", "web", "10.96.0.9", "")
                .at("1s", "patch: {target: service/web, with: {spec: {internalTrafficPolicy:"
                        + " Local}}}")
                .at("2s", ClusterText.send("f", "pod/client", "service/web:80", 1, ""));

        assertThat(new ScenarioRunner(text.load()).odds("f", OptionalLong.empty()).flows())
                .singleElement().satisfies(f -> assertThat(f.results()).singleElement()
                        .satisfies(r -> assertThat(r.key().outcome())
                                .isEqualTo(Outcome.TimedOut)));
        List<Fix> fixes = fixes(text, "f");
        assertThat(fixes).anySatisfy(fix -> assertThat(fix.settings()).containsExactly(
                "service/web.internalTrafficPolicy=Cluster",
                "timeline[0].patch.with.spec.internalTrafficPolicy=Cluster"));
    }

    @Test
    void namespacesOtherThanDefaultAreReached() {
        ClusterText text = ClusterText.nodes(2).pod("client", "n1", "client").document("""
                apiVersion: v1
                kind: Pod
                metadata: {name: app, namespace: shop, labels: {app: app}}
                spec:
                  nodeName: n2
                  containers: [{name: c, image: x, ports: [{containerPort: 80}]}]
                status: {podIP: 10.244.2.30, conditions: [{type: Ready, status: 'True'}]}
                """).document("""
                apiVersion: v1
                kind: Service
                metadata: {name: app, namespace: shop}
                spec: {selector: {app: app}, internalTrafficPolicy: Local, ports: [{port: 80}]}
                """).flow("f", "pod/client", "service/shop/app:80", 1);

        assertThat(settings(text, "f"))
                .contains("service/shop/app.internalTrafficPolicy=Cluster");
    }

    @Test
    void whoeverIsInNoSourceRangeIsPutIntoOne() {
        ClusterText text = ClusterText.nodes(1).pod("client", "n1", "client")
                .pod("web-1", "n1", "web")
                .balanced("web", "web", "10.96.0.9", "VIP",
                        "loadBalancerSourceRanges: [192.0.2.0/24]")
                .flow("f", "pod/client", "service/web@vip:80", 1);

        assertThat(settings(text, "f"))
                .contains("service/web.loadBalancerSourceRanges[1]=10.244.1.10/32");
    }

    /** An option that a shell would take apart is quoted. */
    @Test
    void optionsAreQuotedForAShell() {
        Fix fix = new Fix(RunReason.FIX_IP_MASQ.with(), List.of("a[b]=c", "d.e=f"), null,
                BigFraction.ONE,
                BigFraction.ZERO);

        assertThat(fix.options()).containsExactly("--set 'a[b]=c'", "--set d.e=f");
    }

    private static List<Fix> fixes(ClusterText text, String flow) {
        Diagnosis diagnosis = trace(new ScenarioRunner(text.load()), flow).diagnosis();
        return diagnosis == null ? List.of() : diagnosis.fixes();
    }

    private static List<String> settings(ClusterText text, String flow) {
        return fixes(text, flow).stream().flatMap(fix -> fix.settings().stream()).toList();
    }
}
