package dev.podhop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlReader;
import dev.podhop.reports.json.MissionJson;
import dev.podhop.run.mission.Judge;
import dev.podhop.run.mission.Judgement;
import dev.podhop.run.mission.Mission;
import dev.podhop.run.mission.MissionResult;
import dev.podhop.run.mission.Missions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A mission from its first word to the teacher's table, and those who forge a result. */
class MissionVerbTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    Path folder;

    private String mine;
    private String result;

    @BeforeEach
    void begin() {
        mine = folder.resolve("my.yaml").toString();
        result = folder.resolve("ann.json").toString();
    }

    private static Shell mission(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "mission";
        System.arraycopy(words, 0, all, 1, words.length);
        return Shell.run(all);
    }

    private void write(String selector) throws IOException {
        Files.writeString(Path.of(mine), Missions.named("selector").broken()
                .replace("{app: wbe}", selector));
    }

    @Test
    void isListedAndShownInBothLanguages() {
        assertThat(mission("list").out().lines().skip(1)).hasSize(Missions.NAMES.size())
                .first().asString().startsWith("selector  100 ");
        assertThat(mission("list", "--lang", "zh").out()).contains("选择器");
        assertThat(JSON.readTree(mission("list", "-o", "json").out())).hasSize(5);
        for (String name : Missions.NAMES) {
            assertThat(mission("show", name).out()).contains("--- you may change",
                    "podhop mission check");
            assertThat(mission("show", name, "--lang", "zh").out()).contains("--- 允许改动");
        }
        assertThat(mission().out()).contains("Usage: podhop mission", "check");
    }

    @Test
    void fromTheBrokenFileToTheTeachersTable() throws IOException {
        assertThat(mission("show", "selector", "--into", mine).code()).isZero();
        assertThat(Shell.run("run", mine).code()).isEqualTo(1);
        assertThat(mission("check", mine).out()).contains("Nothing was changed yet", "grade 0");
        assertThat(mission("show", "selector", "--into", mine).err())
                .contains("expected no file there yet");

        write("{app: web}");
        Shell half = mission("check", mine, "--result", result, "--student", "Ann");
        assertThat(half.code()).isEqualTo(1);
        assertThat(half.out()).contains("met         60 points", "missed      40 points",
                "seed 1: ", "pod/canary", "grade 60 of 100");

        assertThat(mission("show", "selector", "--hint", "--result", result).out())
                .startsWith("hint 1 of 3 (-10 points): ");
        write("{app: web, track: stable}");
        Shell whole = mission("check", mine, "--result", result);
        assertThat(whole.code()).isZero();
        assertThat(whole.out()).contains("Solved.",
                "grade 90 of 100 (100 earned, 1 hints taken: -10)");

        Shell teacher = mission("check", result, mine);
        assertThat(teacher.code()).isZero();
        assertThat(teacher.out().lines().skip(1)).satisfiesExactly(
                line -> assertThat(line).matches("Ann +selector +1 +90 +\\S+ann.json +solved"),
                line -> assertThat(line).matches("- +selector +0 +100 +\\S+my.yaml +solved"));
        JsonNode json = JSON.readTree(mission("check", result, "-o", "json").out());
        assertThat(json.at("/0/grade").asInt()).isEqualTo(90);
        assertThat(json.at("/0/student").asString()).isEqualTo("Ann");
        assertThat(json.at("/0/goals/1/met").asBoolean()).isTrue();
    }

    @Test
    void eachHintIsNotedBeforeItIsTold() {
        assertThat(mission("show", "port", "--hint").err()).contains("--result FILE");
        assertThat(mission("show", "port", "--hint", "--result", result).out())
                .contains("hint 1 of 2").doesNotContain("hint 2 of 2");
        assertThat(mission("show", "port", "--hint", "--result", result).out())
                .contains("hint 1 of 2", "hint 2 of 2").doesNotContain("no more");
        assertThat(mission("show", "port", "--hint", "--result", result).out())
                .contains("There are no more hints.");
        assertThat(mission("check", result).out()).contains("holds no solution yet", "grade 0");
        assertThat(mission("show", "selector", "--hint", "--result", result).err())
                .contains("a result of mission port, expected one of selector");
    }

    /** What is said of the grade is not believed; what was edited is seen. */
    @Test
    void aForgedResultIsWorthNothing() throws IOException {
        write("{app: web}");
        mission("check", mine, "--result", result, "--student", "Ann");
        mission("show", "selector", "--hint", "--result", result);
        String honest = Files.readString(Path.of(result));

        forged(honest, "\"grade\": 60", "\"grade\": 100", "its seal does not fit");
        forged(honest, "\"hints\": 1", "\"hints\": 0", "its seal does not fit");
        forged(honest, "{app: web}", "{app: web, track: stable}", "its seal does not fit");
        forged(honest, "\"student\": \"Ann\"", "\"student\": \"Bob\"", "its seal does not fit");
        assertThat(mission("check", mine, "--result", result).err())
                .contains("begin anew with another file");
    }

    private void forged(String honest, String old, String now, String why) throws IOException {
        assertThat(honest).contains(old);
        Files.writeString(Path.of(result), honest.replace(old, now));
        Shell shell = mission("check", result);

        assertThat(shell.out()).contains(why, "grade 0 of 100");
        assertThat(shell.code()).isEqualTo(1);
    }

    /** Who knows how seals are made can make one; the solution is judged again all the same. */
    @Test
    void aForgedResultWithARightSealIsJudgedByItsSolution() throws IOException {
        Mission selector = Missions.named("selector");
        Judgement whole = judged(selector, selector.broken().replace("{app: wbe}",
                "{app: web, track: stable}"));
        MissionResult start = MissionResult.start(selector, "Eve");

        forger(start.with(selector.broken().replace("{app: wbe}", "{app: web}"), whole),
                "says grade 100; its solution is worth 60");
        forger(start.with(selector.broken().replace("  - {flow: shop, endpoints: [pod/web-1,"
                + " pod/web-2]}\n", "").replace("{app: wbe}", "{app: web}"), whole),
                "scenario.spec.expect[1]");
        forger(start.with(Missions.named("port").broken(), whole), "metadata.name was changed");
        forger(start.with("no: scenario", whole), "is missing");
        forger(start.with("{{", whole), "cannot be read");
    }

    private static Judgement judged(Mission mission, String solution) {
        return Judge.judge(mission, "-", solution, 0, new Problems()).orElseThrow();
    }

    private void forger(MissionResult forged, String why) throws IOException {
        Files.writeString(Path.of(result), MissionJson.result(forged));
        assertThat(MissionResult.read(YamlReader.read("-", MissionJson.result(forged),
                new Problems()).getFirst(), new Problems()).orElseThrow().isSealed()).isTrue();
        Shell shell = mission("check", result);

        assertThat(shell.out()).contains("This does not count:", why, "grade 0 of 100");
        assertThat(shell.code()).isEqualTo(1);
    }

    @Test
    void whatIsNoSolutionIsToldAndTheOthersAreJudged() throws IOException {
        write("{app: web}");
        Path other = Files.writeString(folder.resolve("other.yaml"),
                "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n");
        Path broken = Files.writeString(folder.resolve("broken.json"),
                "{\"podhopMission\": \"port\", \"hints\": \"many\"}");
        Shell shell = mission("check", other.toString(), mine, broken.toString(), "nowhere.yaml");

        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.out()).contains("selector  0      60").doesNotContain("other.yaml");
        assertThat(shell.err()).contains("other.yaml:1:1: metadata.name: found a Scenario named"
                + " none, expected a mission's: selector, port,",
                "broken.json:1:1: edition: found none",
                "expected a whole number", "nowhere.yaml:1:1: found no such file");
        assertThat(mission("show", "selectr").err()).contains("did you mean selector?");
        assertThat(mission("check", mine, mine, "--result", result).code()).isEqualTo(2);
        assertThat(mission("check", other.toString(), "--result", result).code()).isEqualTo(2);
        assertThat(Files.exists(Path.of(result))).isFalse();
    }
}
