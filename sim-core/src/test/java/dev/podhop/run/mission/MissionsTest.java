package dev.podhop.run.mission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlReader;
import dev.podhop.run.mission.Judgement.Mark;
import dev.podhop.run.mission.Mission.Goal;
import dev.podhop.run.mission.Mission.Hint;
import dev.podhop.run.mission.Mission.Permission;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.load.ScenarioLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mission solved, half solved, failed and cheated at. */
class MissionsTest {

    private static final String PRE_STOP =
            "        ports: [{containerPort: 8080}]\n        lifecycle: {preStop: {sleep:"
                    + " {seconds: %d}}}\n";
    private static final String PORTS = "        ports: [{containerPort: 8080}]\n";

    /** What is replaced by what, pair by pair. */
    record Solution(String mission, int earned, String... replaced) {

        String text() {
            return replace(Missions.named(mission).broken(), replaced);
        }

        @Override
        public String toString() {
            return mission + " " + earned + " " + List.of(replaced);
        }
    }

    private static String replace(String text, String... replaced) {
        String now = text;
        for (int i = 0; i < replaced.length; i += 2) {
            assertThat(now).as(replaced[i]).contains(replaced[i]);
            now = now.replace(replaced[i], replaced[i + 1]);
        }
        return now;
    }

    private static String preStop(int seconds) {
        return PRE_STOP.formatted(seconds);
    }

    static Stream<Solution> solutions() {
        String local = "externalTrafficPolicy: Local";
        String cluster = "externalTrafficPolicy: Cluster";
        return Stream.of(
                new Solution("selector", 100, "{app: wbe}", "{track: stable, app: web}"),
                new Solution("selector", 60, "{app: wbe}", "{app: web}"),
                new Solution("selector", 0, "{app: wbe}", "{app: web, track: beta}"),
                new Solution("port", 100, "targetPort: 8080", "targetPort: http"),
                new Solution("port", 0, "targetPort: 8080", "targetPort: 9090"),
                new Solution("loopback", 100, "ipMode: Proxy", "ipMode: VIP", cluster, local),
                new Solution("loopback", 60, "ipMode: Proxy", "ipMode: VIP"),
                new Solution("loopback", 60, "clientIP: preserve", "clientIP: snat"),
                new Solution("loopback", 60, "gateway: 10.0.0.1/24",
                        "gateway: 10.0.0.1/24\n    ipMasq: true"),
                // Fewer calls are answered, but those with the right address.
                new Solution("loopback", 40, cluster, local),
                new Solution("loopback", 0, "gateway: 10.0.0.1/24",
                        "gateway: 10.0.0.1/24\n    ipMasq: false"),
                new Solution("rollout", 100, PORTS, preStop(5)),
                new Solution("rollout", 40, PORTS, preStop(2)),
                new Solution("rollout", 0, PORTS, preStop(0), "dSeconds: 30", "dSeconds: 45"),
                new Solution("address", 100, cluster, local, PORTS, preStop(20),
                        "dSeconds: 30", "dSeconds: 40"),
                new Solution("address", 60, PORTS, preStop(20), "dSeconds: 30", "dSeconds: 40"),
                new Solution("address", 40, cluster, local),
                new Solution("address", 40, cluster, local, PORTS, preStop(5)));
    }

    private static Judgement judge(String mission, String text, int hints) {
        Problems problems = new Problems();
        Judgement judged = Judge.judge(Missions.named(mission), "my.yaml", text, hints, problems)
                .orElse(null);
        assertThat(problems.all()).isEmpty();
        assertThat(judged).isNotNull();
        return judged;
    }

    @ParameterizedTest
    @MethodSource("solutions")
    void isWorthWhatItMends(Solution solution) {
        Judgement judged = judge(solution.mission(), solution.text(), 0);

        assertThat(judged.objections()).isEmpty();
        assertThat(judged.earned()).as(judged.marks().toString()).isEqualTo(solution.earned());
        assertThat(judged.isSolved()).isEqualTo(solution.earned() == 100);
    }

    static Stream<String> missions() {
        return Missions.NAMES.stream();
    }

    /** What is changed so, is changed in vain. */
    static Stream<Map.Entry<String, Solution>> cheats() {
        Map<String, Solution> cheats = new LinkedHashMap<>();
        for (String name : Missions.NAMES) {
            String broken = Missions.named(name).broken();
            String flow = broken.lines().filter(line -> line.contains("send: {flow:"))
                    .findFirst().orElseThrow();
            String goal = broken.lines().filter(line -> line.startsWith("  - {flow:"))
                    .findFirst().orElseThrow();
            cheats.put(name + ": the flow is deleted", new Solution(name, 0, flow + "\n", ""));
            cheats.put(name + ": less is asked", new Solution(name, 0, flow, flow
                    .replaceFirst("count: \\d+", "count: 1")));
            cheats.put(name + ": the goal is deleted", new Solution(name, 0, goal + "\n", ""));
            cheats.put(name + ": the goal is weakened", new Solution(name, 0, goal, goal
                    .replaceFirst("Answered: 1|atMost: \\d+|203\\.0\\.113\\.2", "Refused: 0..999")
                    .replace("errors: {Refused: 0..999}", "errors: {atMost: 9999}")
                    .replace("[Refused: 0..999]", "[10.0.0.11]")));
            cheats.put(name + ": another seed", new Solution(name, 0, "seed: 1", "seed: 7"));
            cheats.put(name + ": an object beside", new Solution(name, 0,
                    "apiVersion: podhop.dev/v1alpha1", """
                            apiVersion: v1
                            kind: Service
                            metadata: {name: mine}
                            spec: {ports: [{port: 80}]}
                            ---
                            apiVersion: podhop.dev/v1alpha1"""));
            cheats.put(name + ": an object twice", new Solution(name, 0,
                    "apiVersion: podhop.dev/v1alpha1", """
                            apiVersion: v1
                            kind: Node
                            metadata: {name: n1}
                            spec: {podCIDR: 10.244.1.0/24}
                            ---
                            apiVersion: podhop.dev/v1alpha1"""));
            cheats.put(name + ": a node is gone", new Solution(name, 0, """
                    apiVersion: v1
                    kind: Node
                    metadata: {name: n3}
                    spec: {podCIDR: 10.244.3.0/24}
                    status:
                      addresses: [{type: InternalIP, address: 10.0.0.13}]
                    ---
                    """, ""));
            cheats.put(name + ": an event more", new Solution(name, 0, "  expect:\n",
                    "  - {at: 99s, delete: node/n3}\n  expect:\n"));
        }
        cheats.put("selector: the pods' labels", new Solution("selector", 0,
                "app: web, track: stable", "app: wbe, track: stable"));
        cheats.put("port: the container's port", new Solution("port", 0,
                "containerPort: 9090", "containerPort: 8080"));
        cheats.put("loopback: the caller moves", new Solution("loopback", 0,
                "from: pod/client", "from: pod/web-2"));
        cheats.put("rollout: no rollout", new Solution("rollout", 0,
                "rollout: deployment/web", "rollout: deployment/other"));
        cheats.put("rollout: nothing is replaced", new Solution("rollout", 0,
                "minReadySeconds: 15", "paused: true\n  minReadySeconds: 15"));
        cheats.put("rollout: the rules are faster", new Solution("rollout", 0,
                "ruleSync: {base: 3s}", "ruleSync: {base: 1ms}"));
        cheats.put("rollout: old pods stay for good", new Solution("rollout", 0,
                PORTS, preStop(900), "dSeconds: 30", "dSeconds: 1000"));
        cheats.put("address: another balancer", new Solution("address", 0,
                "profile: tke-clb", "profile: aws-nlb-ip"));
        return cheats.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("cheats")
    void cheatingIsSeenAndNamedWithItsPlace(Map.Entry<String, Solution> cheat) {
        String text = cheat.getValue().text();
        assertThat(text).isNotEqualTo(Missions.named(cheat.getValue().mission()).broken());
        Judgement judged = judge(cheat.getValue().mission(), text, 0);

        assertThat(judged.objections()).isNotEmpty();
        assertThat(judged.grade()).isZero();
        assertThat(judged.marks()).isEmpty();
        assertThat(judged.objections()).allSatisfy(why -> assertThat(
                why.arguments().getOrDefault("where", "my.yaml:1:1")).startsWith("my.yaml:"));
    }

    @ParameterizedTest
    @MethodSource("missions")
    void nothingDoneIsWorthNothing(String name) {
        String broken = Missions.named(name).broken();

        assertThat(judge(name, broken, 0).objections())
                .singleElement().matches(why -> why.is(MissionReason.UNCHANGED));
        assertThat(judge(name, "# mine\n" + broken.replace("seed: 1\n", "seed: 1  # same\n"), 0)
                .objections()).hasSize(1);
    }

    /** Goals with points are missed at first, conditions hold: no point is a present. */
    @ParameterizedTest
    @MethodSource("missions")
    void atFirstAllIsBrokenThatGivesPointsAndAllElseHolds(String name, @TempDir Path folder)
            throws IOException {
        Mission mission = Missions.named(name);
        Path file = Files.writeString(folder.resolve("broken.yaml"), mission.broken());
        Problems problems = new Problems();
        LoadedScenario scenario = ScenarioLoader.load(file, problems).orElseThrow();

        assertThat(scenario.name()).isEqualTo(name);
        assertThat(scenario.spec().expect()).hasSameSizeAs(mission.goals());
        List<Mark> marks = Judge.marks(mission, scenario);
        assertThat(marks).allSatisfy(
                mark -> assertThat(mark.met()).isEqualTo(mark.goal().isCondition()));
    }

    @ParameterizedTest
    @MethodSource("missions")
    void aMissionIsWorthAHundredAndToldInBothLanguages(String name) {
        Mission mission = Missions.named(name);
        List<Mission.Text> texts = new ArrayList<>(List.of(mission.title(), mission.story()));
        mission.goals().stream().map(Goal::says).forEach(texts::add);
        mission.hints().stream().map(Hint::says).forEach(texts::add);

        assertThat(mission.worth()).isEqualTo(100);
        assertThat(mission.cost(mission.hints().size())).isBetween(20, 90);
        assertThat(texts).allSatisfy(text -> {
            assertThat(text.chinese()).containsPattern("\\p{IsHan}")
                    .doesNotContainPattern("\\p{IsHan}[,;?!()]|\\p{IsHan} \\p{IsHan}");
            assertThat(text.english()).doesNotContainPattern("\\p{IsHan}");
        });
        assertThat(YamlReader.read(name, mission.broken(), new Problems()).stream()
                .map(Edits::name)).containsAll(mission.permissions().stream()
                        .map(Permission::field).map(field -> field.replaceAll("\\..*", ""))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"0, 100", "1, 90", "2, 70", "3, 40"})
    void hintsCost(int hints, int grade) {
        assertThat(judge("selector", new Solution("selector", 100, "{app: wbe}",
                "{app: web, track: stable}").text(), hints).grade()).isEqualTo(grade);
    }

    /** A solution is data: order, writing and comments are free. */
    @Test
    void theWritingIsFree() {
        String text = replace(Missions.named("selector").broken(),
                "metadata: {name: canary, labels: {app: web, track: canary}}",
                "metadata:\n  labels:\n    track: canary # as it was\n    app: \"web\"\n"
                        + "  name: canary",
                "selector: {app: wbe}", "selector:\n    app: web\n    track: stable");

        assertThat(judge("selector", text, 0).isSolved()).isTrue();
    }

    /** A goal that must hold is worth no points, but all of them hang on it. */
    @Test
    void whoMendsOneThingAndBreaksAnotherGetsNothing() {
        String text = replace(Missions.named("loopback").broken(), "ipMode: Proxy", "ipMode: VIP",
                "ingress: [{ip: 198.51.100.7,", "ingress: [{ip: 198.51.100.8,");
        Judgement judged = judge("loopback", text, 0);

        assertThat(judged.objections()).isEmpty();
        assertThat(judged.marks()).filteredOn(mark -> mark.goal().isCondition())
                .singleElement().matches(mark -> !mark.met());
        assertThat(judged.grade()).isZero();
    }

    @Test
    void whatCannotBeReadIsToldWithItsPlace() {
        Problems problems = new Problems();

        assertThat(Judge.judge(Missions.named("port"), "my.yaml", replace(
                Missions.named("port").broken(), "targetPort: 8080", "targetPort: [8080]"), 0,
                problems)).isEmpty();
        assertThat(problems.all()).singleElement().asString().startsWith("my.yaml:");
    }
}
