package dev.podhop.cli;

import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlReader;
import dev.podhop.reports.Explanations;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.json.MissionJson;
import dev.podhop.run.mission.Judge;
import dev.podhop.run.mission.Judged;
import dev.podhop.run.mission.Judgement;
import dev.podhop.run.mission.Mission;
import dev.podhop.run.mission.MissionResult;
import dev.podhop.run.mission.Missions;
import dev.podhop.run.result.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podhop mission check}: what solutions and result files are worth. */
@Command(name = "check", mixinStandardHelpOptions = true,
        description = {"Judges solutions, each a copy of a mission's broken file with changes, and"
                + " result files, whose solution is judged again: what a result file says of its"
                + " grade is not believed.",
            "One file is told goal by goal, several in a table."})
final class MissionCheckVerb implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "1..*",
            description = "Solutions (YAML) and result files (JSON).")
    private List<Path> files = List.of();

    @Option(names = "--result", paramLabel = "FILE",
            description = "Keep the solution and its grade there, to be handed in; made where there"
                    + " is none. The hints that it notes are counted.")
    private @Nullable Path result;

    @Option(names = "--student", paramLabel = "NAME", defaultValue = "",
            description = "Who hands it in; kept in the file of --result.")
    private String student = "";

    @Option(names = "-o", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}")
    private Format format = Format.text;

    @Override
    public Integer call() {
        if (result != null && files.size() != 1) {
            throw new UsageException("found --result with " + files.size()
                    + " files, expected one solution");
        }
        Problems problems = new Problems();
        List<Judged> all = new ArrayList<>();
        for (Path file : files) {
            judged(file, problems).ifPresent(all::add);
        }
        if (!all.isEmpty()) {
            print(all);
        }
        if (!problems.isEmpty()) {
            throw new BadInput(problems.all());
        }
        return all.stream().allMatch(each -> each.judgement().isSolved()) ? ExitCode.OK
                : ExitCode.NOT_AS_EXPECTED;
    }

    private void print(List<Judged> all) {
        spec.commandLine().getOut().print(switch (format) {
            case json -> new MissionJson(new Narrator(Explanations.english())).judgements(all);
            case text -> files.size() == 1
                    ? MissionListVerb.text(spec).judgement(all.getFirst().judgement())
                    : MissionListVerb.text(spec).table(all);
        });
    }

    private Optional<Judged> judged(Path file, Problems problems) {
        Problems own = new Problems();
        List<Mapping> documents = YamlReader.read(file, own);
        Optional<Judged> judged = !own.isEmpty() ? Optional.empty()
                : MissionResult.isOne(documents) ? handedIn(file, documents.getFirst(), own)
                : solution(file, documents, own);
        own.all().forEach(problems::add);
        return judged;
    }

    private Optional<Judged> handedIn(Path file, Mapping document, Problems problems) {
        if (result != null) {
            throw new UsageException("found the result file " + file
                    + " with --result, expected a solution");
        }
        return MissionResult.read(document, problems).flatMap(read -> mission(file,
                read.mission(), problems).map(
                        mission -> new Judged(file.toString(),
                                read.student(), read.judge(mission, file.toString()))));
    }

    private Optional<Judged> solution(Path file, List<Mapping> documents, Problems problems) {
        Mission mission = mission(file, Judge.missionOf(documents).orElse("none"), problems)
                .orElse(null);
        if (mission == null) {
            return Optional.empty();
        }
        String text = text(file);
        MissionResult before = result == null ? MissionResult.start(mission, "")
                : new ResultFile(result).readFor(mission);
        Judgement judgement = Judge
                .judge(mission, file.toString(), text, before.hints(), problems).orElse(null);
        if (judgement == null) {
            return Optional.empty();
        }
        if (result != null) {
            new ResultFile(result).write(before.by(mission, student).with(text, judgement));
        }
        return Optional.of(new Judged(file.toString(),
                student.isEmpty() ? before.student() : student, judgement));
    }

    private static Optional<Mission> mission(Path file, String name, Problems problems) {
        Optional<Mission> mission = Missions.find(name);
        if (mission.isEmpty()) {
            problems.add(new Problem(Location.startOf(file.toString()), "metadata.name",
                    "found a Scenario named " + name + ", expected a mission's: "
                            + String.join(", ", Missions.NAMES),
                    null));
        }
        return mission;
    }

    private static String text(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (IOException unreadable) {
            throw new UsageException("cannot read " + file + " as UTF-8: "
                    + unreadable.getMessage());
        }
    }
}
