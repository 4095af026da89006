package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podhop.engine.SimTime;
import dev.podhop.run.result.RunResult;
import dev.podhop.run.result.UsageException;
import dev.podhop.run.state.ClusterState;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.Step;
import dev.podhop.workload.AttemptResult;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The cloud controller and its load balancers on the clock, told by what {@code get} shows. */
class CloudInTimeTest {

    private static final String LOCAL = "externalTrafficPolicy: Local";

    private static ClusterText tke(String more) {
        return cluster(more).loadBalancer("profile: tke-clb");
    }

    private static ClusterText cluster(String more) {
        return ClusterText.nodes(3).pod("web-1", "n1", "web").pod("web-2", "n2", "web")
                .balanced("web", "web", "10.96.0.10", "VIP", more)
                .outside("ext");
    }

    private static ClusterState at(ClusterText text, String time) {
        return new ScenarioRunner(text.load())
                .state(OptionalLong.of(SimTime.parseNanos(time)));
    }

    /** {@code n1 10.0.0.11:30080 10 healthy}, of the TCP listener. */
    private static List<String> targets(ClusterText text, String time) {
        return at(text, time).loadBalancerTargets().rows().stream()
                .filter(row -> row.get(1).startsWith("TCP"))
                .map(row -> String.join(" ", row.subList(6, 10))).toList();
    }

    /** Access, address, tags and objection of each instance. */
    private static String instances(ClusterText text, String time) {
        return at(text, time).loadBalancers().rows().stream()
                .map(row -> row.get(1) + " " + row.get(2) + " " + row.get(5))
                .collect(Collectors.joining(", "));
    }

    private static String annotate(String annotation, String value) {
        return "patch: {target: service/web, with: {metadata: {annotations: {" + annotation + ": "
                + value + "}}}}";
    }

    private static String keepAlive(String flow, int count, String every) {
        return "send: {flow: " + flow + ", from: external/ext, to: '198.51.100.7:80', count: "
                + count + ", every: " + every + ", keepAlive: true, timeout: 900ms}";
    }

    private static List<Outcome> outcomes(ClusterText text) {
        return Answers.of(text).run().attempts().stream().map(AttemptResult::outcome).toList();
    }

    @Test
    void atTimeZeroTheCheckHasFoundWhatThereIs() {
        assertThat(targets(tke(LOCAL), "0s")).containsExactly("n1 10.0.0.11:30080 10 healthy",
                "n2 10.0.0.12:30080 10 healthy", "n3 10.0.0.13:30080 10 unhealthy");
        assertThat(targets(tke(LOCAL), "60s")).isEqualTo(targets(tke(LOCAL), "0s"));
    }

    /** Three probes five seconds apart, the first of them up to five seconds later. */
    @Test
    void aNodeWithoutReadyEndpointsIsNoticedAtTheThirdProbe() {
        ClusterText text = tke(LOCAL).at("100s", "patch: {target: pod/web-2, with: {status: "
                + "{conditions: [{type: Ready, status: 'False'}]}}}");

        assertThat(targets(text, "109s").get(1)).endsWith(" healthy");
        assertThat(targets(text, "116s").get(1)).endsWith(" unhealthy");
    }

    /** With policy Cluster every node answers as long as any pod does. */
    @Test
    void aNodeThatIsDarkGetsItsShareUntilTheCheckNotices() {
        ClusterText text = tke("").at("10s", "fail: node/n3")
                .at("10s", ClusterText.send("early", "external/ext", "198.51.100.7:80", 30, ""))
                .at("40s", ClusterText.send("late", "external/ext", "198.51.100.7:80", 30, ""));
        RunResult run = Answers.of(text).run();

        assertThat(Answers.answerers(run, "early")).filteredOn("TimedOut"::equals).hasSize(10);
        assertThat(Answers.answerers(run, "late")).doesNotContain("TimedOut");
        assertThat(targets(text, "40s").get(2)).endsWith(" unhealthy");
    }

    /** Dead since 10 s, known at 65 s: KEP-3458 leaves it to the check, TKE unbinds it. */
    @Test
    void aNodeThatIsNotReadyStaysBoundExceptAtTke() {
        ClusterText tke = tke("").at("10s", "fail: node/n3");
        ClusterText azure = cluster("").loadBalancer("profile: azure-ilb")
                .at("10s", "fail: node/n3");

        assertThat(targets(tke, "100s")).hasSize(2);
        assertThat(targets(azure, "100s")).hasSize(3).last().asString().startsWith("n3")
                .endsWith(" unhealthy");
    }

    @Test
    void whenAllChecksFailEverybodyIsUsed() {
        ClusterText text = tke(LOCAL).at("10s", "fail: healthCheck/web")
                .at("40s", ClusterText.send("f", "external/ext", "198.51.100.7:80", 30, ""))
                .at("60s", "recover: healthCheck/web");

        assertThat(targets(text, "40s")).allMatch(line -> line.endsWith(" unhealthy"));
        // n3 has no pod, and policy Local: a third of the calls.
        assertThat(outcomes(text)).filteredOn(Outcome.TimedOut::equals).hasSize(10);
        assertThat(targets(text, "80s")).filteredOn(line -> line.endsWith(" healthy")).hasSize(2);
    }

    @Test
    void aSelectorThatMatchesNoNodeEmptiesTheListener() {
        ClusterText text = tke("")
                .at("10s", annotate("service.kubernetes.io/qcloud-loadbalancer-backends-label",
                        "'group=access-layer'"))
                .at("20s", ClusterText.send("f", "external/ext", "198.51.100.7:80", 5, ""))
                .at("30s", "patch: {target: node/n2, with: {metadata: {labels: "
                        + "{group: access-layer}}}}");

        assertThat(targets(text, "20s")).containsExactly("<none> <none> <none> <none>");
        assertThat(outcomes(text)).containsOnly(Outcome.TimedOut);
        assertThat(targets(text, "60s")).containsExactly("n2 10.0.0.12:30080 10 healthy");
    }

    @Test
    void unschedulableNodesStayAndMastersNeverCame() {
        ClusterText text = tke("").at("0s", "patch: {target: node/n2, with: {spec: "
                + "{unschedulable: true}}}")
                .at("0s", "patch: {target: node/n3, with: {metadata: {labels: "
                        + "{node-role.kubernetes.io/control-plane: ''}}}}");

        assertThat(targets(text, "10s")).containsExactly("n1 10.0.0.11:30080 10 healthy",
                "n2 10.0.0.12:30080 10 healthy");
    }

    @Test
    void weightsAreTheAnnotations() {
        ClusterText text = tke(LOCAL).at("10s", annotate("service.cloud.tencent.com/lb-rs-weight",
                "'{\"defaultWeight\": 7}'"));

        assertThat(targets(text, "5s").getFirst()).contains(" 10 ");
        assertThat(targets(text, "20s")).allMatch(line -> line.contains(" 7 "));
    }

    /** Weights of 10 each are turns of one: ten connections to one node after another never are. */
    @Test
    void equalWeightsTakeTurns() {
        RunResult run = Answers.of(tke(LOCAL)
                .at("2s", ClusterText.send("f", "external/ext", "198.51.100.7:80", 8, "")))
                .traced();

        List<String> turns = run.hops().stream().flatMap(hop -> hop.steps().stream())
                .filter(Step.BackendChoice.class::isInstance)
                .map(step -> ((Step.BackendChoice) step).chosen()).toList();
        assertThat(turns).hasSize(8).containsOnly("n1", "n2");
        for (int i = 1; i < turns.size(); i++) {
            assertThat(turns.get(i)).isNotEqualTo(turns.get(i - 1));
        }
    }

    /** What weighs nothing takes nothing, and is asked all the same. */
    @Test
    void aBackendOfWeightZeroIsStillProbed() {
        ClusterText text = tke(LOCAL)
                .at("1s", "patch: {target: loadbalancer/web, with: {listeners: "
                        + "{'TCP:80': {backends: {n1: {weight: 0}}}}}}")
                .at("2s", ClusterText.send("f", "external/ext", "198.51.100.7:80", 9, ""))
                .at("3s", "fail: healthCheck/web");
        RunResult run = Answers.of(text).run();

        assertThat(Answers.answerers(run, "f")).containsOnly("pod/web-2");
        assertThat(targets(text, "2s").getFirst()).isEqualTo("n1 10.0.0.11:30080 0 healthy");
        assertThat(targets(text, "20s").getFirst()).isEqualTo("n1 10.0.0.11:30080 0 unhealthy");
    }

    /** Where all that weigh anything are unhealthy, everybody is asked, as if none were healthy. */
    @Test
    void aHealthyBackendOfWeightZeroIsNoReasonToSpareTheUnhealthyOnes() {
        RunResult run = Answers.of(tke(LOCAL)
                .at("1s", "patch: {target: loadbalancer/web, with: {listeners: {'TCP:80':"
                        + " {backends: {n1: {weight: 0}, n2: {weight: 0}}}}}}")
                .at("2s", ClusterText.send("f", "external/ext", "198.51.100.7:80", 3, "")))
                .traced();

        assertThat(run.hops().stream().flatMap(hop -> hop.steps().stream())
                .filter(Step.BackendChoice.class::isInstance)
                .map(step -> ((Step.BackendChoice) step).chosen())).isNotEmpty()
                .containsOnly("n3");
    }

    /** Who may not come back to itself is not sent to what weighs nothing instead. */
    @Test
    void whereAllOthersWeighNothingACallFromABackendFindsNobody() {
        RunResult run = Answers.of(ClusterText.nodes(3).pod("web-1", "n1", "web")
                .balanced("web", "web", "10.96.0.10", "Proxy", "")
                .loadBalancer("profile: tke-clb")
                .at("1s", "patch: {target: loadbalancer/web, with: {listeners: {'TCP:80':"
                        + " {backends: {n2: {weight: 0}, n3: {weight: 0}}}}}}")
                .at("2s", ClusterText.send("f", "node/n1", "198.51.100.7:80", 3, ""))).traced();

        assertThat(run.attempts()).extracting(AttemptResult::outcome)
                .containsOnly(Outcome.TimedOut);
        assertThat(run.hops()).anySatisfy(hop -> assertThat(hop.terminal())
                .isInstanceOfSatisfying(Step.Dropped.class, dropped -> assertThat(
                        dropped.reason()).isEqualTo(DropReason.LB_NO_HEALTHY_BACKEND)));
    }

    /** Another kind of backend needs another listener; its new backends have to pass first. */
    @Test
    void directAccessBindsPods() {
        ClusterText text = tke("").at("10s",
                annotate("service.cloud.tencent.com/direct-access", "'true'"));

        assertThat(targets(text, "12s")).allMatch(line -> line.matches(
                "pod/web-[12] 10.244.[12].[0-9]+:8080 10 unhealthy"));
        assertThat(targets(text, "40s")).allMatch(line -> line.endsWith(" healthy")).hasSize(2);
    }

    /** Nothing else is missing, so that the pod is bound unready, and ready once it has passed. */
    @Test
    void aGatedPodIsReadyOnceTheLoadBalancerSaysSo() {
        ClusterText text = cluster("").loadBalancer("profile: tke-clb-direct").at("1s",
                "apply: {apiVersion: v1, kind: Pod, metadata: {name: web-9, labels: {app: web}}, "
                        + "spec: {nodeName: n3, readinessGates: [{conditionType: "
                        + "cloud.tencent.com/load-balancer-backendgroup-ready}], containers: "
                        + "[{name: main, image: a/b, ports: [{containerPort: 8080}]}]}}");

        assertThat(targets(text, "12s").getLast()).startsWith("pod/web-9").endsWith(" unhealthy");
        assertThat(readiness(text, "12s")).isEqualTo("unready");
        assertThat(targets(text, "40s").getLast()).startsWith("pod/web-9").endsWith(" healthy");
        assertThat(readiness(text, "40s")).isEqualTo("ready");
    }

    private static String readiness(ClusterText text, String time) {
        return at(text, time).endpointDetails().rows().stream()
                .filter(row -> row.toString().contains("web-9")).map(row -> row.get(5)).distinct()
                .collect(Collectors.joining());
    }

    @Test
    void vkeTakesANumberForOneProtocolOnly() {
        ClusterText text = cluster("").loadBalancer("profile: vke-clb");

        assertThatThrownBy(text::load).hasMessageContaining("spec.ports[1]")
                .hasMessageContaining("UDP on port 80, which TCP has already")
                .hasMessageContaining("VKE's VPC-CNI network takes one for one protocol only");
    }

    @Test
    void accessIsNotSwitchedUnlessTheControllerIsOld() {
        String internal = annotate(
                "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid", "subnet-1");

        assertThat(instances(tke("").at("1s", internal), "20s")).startsWith("public 198.51.100.7 "
                + "refused to make internal subnet-1 of public lb-");
        assertThat(instances(tke("").loadBalancer("controller: {accessSwitch: rebuild}")
                .at("1s", internal), "20s")).isEqualTo("internal subnet-1 192.0.2.10 <none>");
    }

    @Test
    void anotherTypeOfServiceGivesTheInstanceUp() {
        ClusterText text = tke("").at("1s", "patch: {target: service/web, with: {spec: "
                + "{type: ClusterIP, externalTrafficPolicy: null}}}");

        assertThat(instances(text, "5s")).isEmpty();
    }

    @Test
    void withoutItsFlagAnInstanceOutlivesItsService() {
        ClusterText text = tke("")
                .at("1s", "patch: {target: loadbalancer/web, with: {tags: "
                        + "{tke-createdBy-flag: null}}}")
                .at("40s", "delete: service/web");

        assertThat(instances(text, "39s")).isEqualTo("public 198.51.100.7 <none>");
        assertThat(instances(text, "50s")).isEqualTo("public 198.51.100.7 <none>");
        assertThat(at(text, "50s").loadBalancerTargets().rows()).isEmpty();
    }

    @Test
    void whoPatchesALoadBalancerThatIsNotThereIsToldWhichAre() {
        ClusterText text = tke("").at("1s",
                "patch: {target: loadbalancer/shop, with: {tags: {a: b}}}");

        assertThatThrownBy(() -> at(text, "5s")).isInstanceOf(UsageException.class)
                .hasMessageContaining("there is no loadbalancer/shop at that time; expected "
                        + "[loadbalancer/lb-");
    }

    /** A removed backend's connection goes on for the delay; what comes then is a stranger's. */
    @Test
    void aRemovedBackendKeepsItsConnectionsForTheDelay() {
        ClusterText text = tke("").loadBalancer("deregistrationDelay: 10s")
                .at("0s", keepAlive("kept", 30, "1s"))
                .at("5500ms", annotate(
                        "service.kubernetes.io/qcloud-loadbalancer-backends-label", "'a=b'"));
        List<Outcome> outcomes = outcomes(text.network("latency: {external: 1ms}"));

        assertThat(outcomes.subList(0, 15)).containsOnly(Outcome.Answered);
        assertThat(outcomes.subList(17, 30)).doesNotContain(Outcome.Answered);
    }

    /** Bound again before the delay is over: the delay is called off with all that it meant. */
    @Test
    void aBackendThatIsBackInTimeKeepsItsConnections() {
        ClusterText text = tke("").loadBalancer("deregistrationDelay: 10s")
                .at("0s", keepAlive("kept", 30, "1s"))
                .at("5500ms", annotate(
                        "service.kubernetes.io/qcloud-loadbalancer-backends-label", "'a=b'"))
                .at("9500ms", annotate(
                        "service.kubernetes.io/qcloud-loadbalancer-backends-label", "null"));

        assertThat(outcomes(text.network("latency: {external: 1ms}")))
                .containsOnly(Outcome.Answered);
    }

    /** Nobody is told; whoever sends next is reset by a backend that does not know him. */
    @Test
    void anIdleConnectionIsForgotten() {
        ClusterText text = tke("").loadBalancer("idleTimeout: 10s")
                .at("0s", keepAlive("kept", 2, "11s"))
                .at("0s", keepAlive("busy", 2, "9s"));
        RunResult run = Answers.of(text).run();

        assertThat(Answers.answerers(run, "busy")).allMatch(who -> who.startsWith("pod/"));
        assertThat(Answers.answerers(run, "kept").getLast()).isEqualTo("Reset");
    }
}
