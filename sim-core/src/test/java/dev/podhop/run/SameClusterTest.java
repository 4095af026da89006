package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.Problems;
import dev.podhop.net.L4Protocol;
import dev.podhop.run.result.UsageException;
import dev.podhop.scenario.Assumption;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.NetworkSpec;
import dev.podhop.scenario.ScenarioSpec;
import dev.podhop.scenario.Source;
import dev.podhop.scenario.SysctlSpec;
import dev.podhop.scenario.load.AssumedDocument;
import dev.podhop.scenario.load.Overrides;
import dev.podhop.scenario.load.ScenarioLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same cluster gives the same answer: a Scenario document changes nothing but what it says
 * itself, and saying what was assumed changes nothing at all.
 */
class SameClusterTest {

    private static final int RANDOM = Integer.getInteger("podhop.random.seeds", 12);
    /** What a cluster's own objects may show of it, as lines that replace others. */
    private static final List<Map.Entry<String, String>> SIGNS = List.of(
            Map.entry("metadata: {name: n1,", "metadata: {name: n1, annotations:"
                    + " {flannel.alpha.coreos.com/backend-type: vxlan},"),
            Map.entry("spec: {podCIDR: 10.244.1.0/24}",
                    "spec: {podCIDR: 10.244.1.0/24, providerID: \"aws:///eu-west-1a/i-0\"}"),
            Map.entry("spec: {podCIDR: 10.244.1.0/24}",
                    "spec: {podCIDR: 10.244.1.0/24, providerID: \"gce://p/z/n1\"}"),
            Map.entry("  addresses: [{type: InternalIP, address: 10.0.0.11}]",
                    "  addresses: [{type: InternalIP, address: 10.0.0.11}]\n"
                            + "  nodeInfo: {kubeletVersion: v1.31.2}"),
            Map.entry("metadata: {name: client-1, labels: {app: client}}",
                    "metadata: {name: client-1, labels: {app: client, k8s-app: calico-node}}"),
            Map.entry("no such line", ""));

    @TempDir
    private Path folder;

    static Stream<Path> dumps() {
        return Stream.of("scenario/dump", "field", "k8s")
                .map(Path.of("src/test/resources")::resolve)
                .flatMap(SameClusterTest::files).filter(file -> load(file).map(
                        LoadedScenario::bareDump).orElse(false));
    }

    static Stream<Path> shipped() {
        return Stream.concat(files(Path.of("../scenarios")),
                Stream.of("lab/cases", "field").map(Path.of("src/test/resources")::resolve)
                        .flatMap(SameClusterTest::files))
                .filter(file -> load(file).map(loaded -> !loaded.bareDump()).orElse(false));
    }

    static LongStream seeds() {
        return LongStream.range(0, RANDOM);
    }

    @ParameterizedTest
    @MethodSource("dumps")
    void anEmptyScenarioChangesNothing(Path dump) {
        holds(dump);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anEmptyScenarioChangesNothingOfARandomCluster(long seed) throws IOException {
        Map.Entry<String, String> sign = SIGNS.get((int) seed % SIGNS.size());
        String text = RandomScenario.of(seed).yaml();
        String objects = text.substring(0, text.indexOf("apiVersion: podhop.dev"))
                .replace(sign.getKey(), sign.getValue());
        holds(Files.writeString(folder.resolve("random.yaml"),
                objects.substring(0, objects.lastIndexOf("---"))));
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void whatAScenarioLeavesOpenCanBeWrittenDown(Path file) {
        LoadedScenario before = load(file).orElseThrow();
        LoadedScenario after = over(file, AssumedDocument.text(before));

        assertThat(settings(plain(after.spec()))).isEqualTo(settings(plain(before.spec())));
        assertThat(after.kubeProxy().clusterCIDR()).isEqualTo(before.kubeProxy().clusterCIDR());
        assertThat(AssumedDocument.text(after)).contains("spec: {}");
    }

    private void holds(Path dump) {
        LoadedScenario bare = load(dump).orElseThrow();
        Map<String, Object> answers = answers(bare);

        LoadedScenario empty = over(dump, scenario("spec: {}"));
        assertThat(answers(empty)).isEqualTo(answers);
        if (!empty.told().isEmpty()) {
            assertThat(told(empty)).isEqualTo(told(bare));
            assertThat(empty.notes()).isEqualTo(bare.notes());
        }
        LoadedScenario timed = over(dump, scenario("spec:\n  timeline: [{at: 1s, send: {flow: f,"
                + " from: external/ext, to: \"198.51.100.7:80\", count: 3}}]"));
        assertThat(answers(timed)).isEqualTo(answers);

        LoadedScenario written = over(dump, AssumedDocument.text(bare));
        assertThat(written.spec().withResources(List.of())).isEqualTo(bare.spec());
        assertThat(answers(written)).isEqualTo(answers);
        assertThat(AssumedDocument.text(written)).contains("spec: {}");
        bare.assumptions().forEach(assumption -> isSetting(dump, bare, assumption));
    }

    /** Everything that is printed as assumed can be given to {@code --set} as it stands. */
    private static void isSetting(Path dump, LoadedScenario bare, Assumption assumption) {
        Problems problems = new Problems();
        Optional<LoadedScenario> set = ScenarioLoader.load(dump, Overrides.of(
                List.of(assumption.key() + "=" + assumption.text()), problems), problems);
        assertThat(problems.all()).as(assumption.toString()).isEmpty();
        assertThat(set.orElseThrow().spec()).isEqualTo(bare.spec());
        assertThat(set.orElseThrow().kubeProxy().mode()).isEqualTo(bare.kubeProxy().mode());
        assertThat(set.orElseThrow().kubeProxy().clusterCIDR())
                .isEqualTo(bare.kubeProxy().clusterCIDR());
        assertThat(told(set.orElseThrow())).doesNotContain(assumption.toString());
    }

    /** The odds from the first pod, and from outside, to every Service by its ways in. */
    private static Map<String, Object> answers(LoadedScenario loaded) {
        Map<String, Object> answers = new LinkedHashMap<>();
        assumeThat(loaded.kubeProxy().mode()).isEqualTo("iptables");
        List<Source> sources = new ArrayList<>(
                List.of(new Source.ExternalSource("ext")));
        loaded.objects(Pod.class)
                .filter(pod -> !pod.isFinished() && !pod.spec().nodeName().isEmpty())
                .findFirst().ifPresent(pod -> sources.add(new Source.PodSource(
                        pod.metadata().namespace(), pod.metadata().name())));
        for (Source source : sources) {
            loaded.objects(Service.class).limit(4).forEach(service -> answers.put(
                    source + " " + service.key(), odds(loaded.askedBy(source), source, service)));
        }
        return answers;
    }

    private static Object odds(LoadedScenario loaded, Source source, Service service) {
        List<Object> odds = new ArrayList<>();
        for (boolean vip : new boolean[] {false, true}) {
            try {
                odds.add(new ScenarioRunner(loaded).odds(source, new FlowTarget.ServiceTarget(
                        service.metadata().namespace(), service.metadata().name(),
                        String.valueOf(service.spec().ports().getFirst().port()), vip),
                        L4Protocol.TCP, OptionalLong.empty()).flows());
            } catch (UsageException none) {
                odds.add(String.valueOf(none.getMessage()));
            }
        }
        return odds;
    }

    private static List<String> told(LoadedScenario loaded) {
        return loaded.told().stream().map(Assumption::toString).toList();
    }

    /** What is said as the reference has it for a key that is left out is as good as not said. */
    private static ScenarioSpec plain(ScenarioSpec spec) {
        NetworkSpec n = spec.network();
        Map<String, String> nodes = new LinkedHashMap<>(n.sysctls().nodes());
        nodes.remove("net.ipv4.conf.all.rp_filter", "0");
        nodes.remove("net.bridge.bridge-nf-call-iptables", "1");
        return spec.withResources(List.of())
                .withNetwork(n.withSysctls(new SysctlSpec(nodes, n.sysctls().pods())));
    }

    /** All but the documents of timeline and expectations, which know their places. */
    private static List<Object> settings(ScenarioSpec spec) {
        return List.of(spec.seed(), spec.kubernetesVersion(), spec.network(),
                spec.loadBalancer().toString().replace("profile=none", "profile=null"),
                spec.controlPlane(), spec.dns(), spec.externalHosts(), spec.nodeServers(),
                spec.servers(), spec.clients(), spec.allowedViolations());
    }

    private static String scenario(String spec) {
        return "apiVersion: podhop.dev/v1alpha1\nkind: Scenario\nmetadata: {name: x}\n" + spec
                + "\n";
    }

    /** The file with a Scenario document beside it. */
    private LoadedScenario over(Path file, String document) {
        String resources = "  resources: [\"" + file.toAbsolutePath().normalize() + "\"]\n";
        String whole = document.replace("spec: {}\n", "spec:\n")
                .replaceFirst("(?m)^spec:\n", Matcher.quoteReplacement("spec:\n" + resources));
        try {
            return load(Files.writeString(folder.resolve("over.yaml"), whole)).orElseThrow(
                    () -> new AssertionError(problems(folder.resolve("over.yaml")) + whole));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static Optional<LoadedScenario> load(Path file) {
        return ScenarioLoader.load(file, new Problems());
    }

    private static String problems(Path file) {
        Problems problems = new Problems();
        ScenarioLoader.load(file, problems);
        return problems.all().toString();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(yaml|json)"))
                    .filter(file -> !file.toString().endsWith(".expect.yaml")).sorted().toList()
                    .stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
