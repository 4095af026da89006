package dev.podhop.run.mission;

import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlReader;
import dev.podhop.run.ScenarioRunner;
import dev.podhop.run.mission.Judgement.Mark;
import dev.podhop.run.mission.Mission.Goal;
import dev.podhop.run.result.RunOptions;
import dev.podhop.run.result.RunResult;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.expect.Check;
import dev.podhop.scenario.load.Overrides;
import dev.podhop.scenario.load.ScenarioLoader;
import dev.podhop.trace.Explanation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Says what a solution is worth: its edits are looked at first, then it is run under some seeds, so
 * that luck is no solution. The goals are the mission's own: a solution cannot change them.
 */
public final class Judge {

    /** Runs of each solution: the mission's own seed, and those after it. */
    private static final int RUNS = 3;
    private static final Path NOWHERE = Path.of("-");

    private Judge() {}

    /** The mission that a file's documents are a solution of, by the name of their Scenario. */
    public static Optional<String> missionOf(List<Mapping> documents) {
        return documents.stream().filter(each -> Edits.name(each).equals("scenario"))
                .map(each -> each.get("metadata") instanceof Mapping meta ? meta.text("name")
                        : null)
                .filter(name -> name != null).findFirst();
    }

    /**
     * Judges a text.
     *
     * @param name stands for its file where places are told
     * @param hints how many were taken
     * @param problems why it cannot be read, if so
     * @return empty where it cannot be read
     */
    public static Optional<Judgement> judge(Mission mission, String name, String solution,
            int hints, Problems problems) {
        List<Mapping> documents = YamlReader.read(name, solution, problems);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        Edits edits = Edits.between(YamlReader.read(mission.name(), mission.broken(), problems),
                documents, mission.permissions());
        if (!edits.objections().isEmpty()) {
            return Optional.of(new Judgement(mission, List.of(), edits.objections(), hints));
        }
        if (!edits.areAny()) {
            return Optional.of(new Judgement(mission, List.of(),
                    List.of(MissionReason.UNCHANGED.of()), hints));
        }
        Problems found = new Problems();
        Optional<LoadedScenario> scenario = ScenarioLoader.load(NOWHERE, null, Overrides.NONE,
                solution.getBytes(StandardCharsets.UTF_8), false, found);
        found.all().forEach(each -> problems.add(at(name, each)));
        return scenario.map(each -> new Judgement(mission, marks(mission, each), List.of(),
                hints));
    }

    /** What stood in no file is told as if it stood in that one. */
    private static Problem at(String file, Problem problem) {
        Location where = problem.location();
        return new Problem(new Location(file, where.line(), where.column()), problem.path(),
                problem.message(), problem.suggestion());
    }

    /** A goal is met where it is in every run. */
    static List<Mark> marks(Mission mission, LoadedScenario scenario) {
        ScenarioRunner runner = new ScenarioRunner(scenario);
        long seed = scenario.spec().seed();
        List<RunResult> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(runner.run(new RunOptions(OptionalLong.of(seed + i), 0)));
        }
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < mission.goals().size(); i++) {
            Goal goal = mission.goals().get(i);
            int number = i;
            RunResult telling = runs.stream().filter(run -> !isMet(run, number)).findFirst()
                    .orElse(runs.getFirst());
            Explanation why = telling.checks().get(i).why();
            marks.add(new Mark(goal, isMet(telling, i), telling.seed(), why));
        }
        return marks;
    }

    /** What nothing could check was not met; nor is anything where an event was refused. */
    private static boolean isMet(RunResult run, int goal) {
        return run.refusals().isEmpty()
                && run.checks().get(goal).status() == Check.Status.PASSED;
    }
}
