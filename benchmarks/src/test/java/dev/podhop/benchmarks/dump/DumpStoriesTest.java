package dev.podhop.benchmarks.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.benchmarks.dump.SyntheticDump.Network;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.Problems;
import dev.podhop.net.L4Protocol;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.TraceRequest;
import dev.podhop.run.result.TraceResult;
import dev.podhop.run.state.ClusterState;
import dev.podhop.scenario.Assumption;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Source;
import dev.podhop.scenario.load.ScenarioLoader;
import dev.podhop.trace.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cluster's dump is loaded as it was printed, and answers. */
class DumpStoriesTest {

    @TempDir
    private Path folder;

    @Test
    void shouldLoadThousandsOfObjectsAsTheyWerePrinted() throws IOException {
        SyntheticDump dump = new SyntheticDump(Network.POD_CIDR, 50, 250, 9);

        LoadedScenario scenario = load(dump);

        assertThat(scenario.objects()).hasSize(dump.objects()).hasSizeGreaterThan(2500);
        assertThat(scenario.warnings()).containsExactly(
                "not simulated, ignored: 1 Widget (example.com/v1)",
                "fields that are not known here, ignored in what a server has printed:"
                        + " status.fieldOfALaterVersion");
        assertThat(scenario.told()).extracting(Assumption::toString).contains(
                "kubernetesVersion: 1.32 (node/worker-0 runs kubelet v1.32.3)",
                "network.clusterCIDR: 10.128.0.0/9 (kube-proxy's clusterCIDR)",
                "network.serviceCIDR: 10.96.0.0/12 (the Services' ClusterIPs)");
        ClusterState state = new ScenarioRunner(scenario).state(OptionalLong.empty());
        assertThat(state.nodes()).hasSize(50);
        assertThat(state.services(false).rows()).hasSize(251);
        assertThat(state.endpointDetails().rows()).hasSize(2250);
        assertThat(state.rules("worker-0")).contains("KUBE-SVC-", "default/app-1:http");
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeReadWholeByEveryReaderThatIsMeasured(DumpReading reading) throws IOException {
        SyntheticDump dump = new SyntheticDump(Network.POD_CIDR, 3, 10, 2);
        Path file = Files.writeString(folder.resolve("dump.yaml"), dump.text());

        // Podhop leaves out the one object whose kind nobody knows.
        assertThat(reading.objects(file))
                .isEqualTo(dump.objects() + (reading == DumpReading.PODHOP ? 0 : 1));
    }

    @Test
    void shouldAnswerOnPodsOutsideAnyPodCidrBehindALoadBalancerWithAHostname()
            throws IOException {
        LoadedScenario scenario = load(new SyntheticDump(Network.VPC, 10, 20, 3));
        ScenarioRunner runner = new ScenarioRunner(scenario);
        Pod client = scenario.objects(Pod.class).findFirst().orElseThrow();
        Source from = new Source.PodSource("shop", client.metadata().name());

        assertThat(scenario.told()).extracting(Assumption::toString).contains(
                "loadBalancer.profile: aws-nlb-instance (node/ip-10-0-0-10.eu-west-1.compute"
                        + ".internal has providerID aws:///eu-west-1a/i-00000000000000000)",
                "network.clusterCIDR: 10.0.64.0/24 (the pods' addresses)",
                "network.serviceCIDR: 172.20.0.0/16 (the Services' ClusterIPs)",
                "network.podAttachment: routed (the vendor's network plugin does so)");
        // By its address within the cluster: two of its three pods are ready.
        assertThat(odds(runner, from, new FlowTarget.ServiceTarget("shop", "app-2", "http", false)))
                .isEqualTo(Map.of(Outcome.Answered, BigFraction.ONE));
        // By its load balancer, to the pods themselves, as its annotation nlb-target-type has it.
        FlowTarget vip = new FlowTarget.ServiceTarget("shop", "app-0", "http", true);
        TraceResult trace = runner.trace(new TraceRequest(null, new Source.ExternalSource("ext"),
                vip, L4Protocol.TCP, Outcome.Answered, Map.of()));
        assertThat(trace.hops()).anySatisfy(
                hop -> assertThat(hop.place().name()).startsWith("shop/app-0-"));
        assertThat(runner.state(OptionalLong.empty()).loadBalancers().rows())
                .anySatisfy(row -> assertThat(row).contains("shop/app-0"));
        assertThat(scenario.objects(Service.class).findFirst().orElseThrow().ingress())
                .singleElement().satisfies(
                        ingress -> assertThat(ingress.hostname()).endsWith(".amazonaws.com"));
    }

    private static Map<Outcome, BigFraction> odds(ScenarioRunner runner, Source from,
            FlowTarget to) {
        List<FlowOdds> flows = runner.odds(from, to, L4Protocol.TCP, OptionalLong.empty()).flows();
        return flows.getFirst().results().stream().collect(Collectors.toMap(
                result -> result.key().outcome(), result -> result.probability(),
                BigFraction::add));
    }

    private LoadedScenario load(SyntheticDump dump) throws IOException {
        Problems problems = new Problems();
        Path file = Files.writeString(folder.resolve("dump.yaml"), dump.text());
        return ScenarioLoader.load(file, problems).orElseThrow(() -> new AssertionError(
                problems.all().stream().limit(20).toList()));
    }
}
