package dev.podhop.cli;

import dev.podhop.reports.MissionPhrase;
import dev.podhop.reports.out.NewFiles;
import dev.podhop.reports.text.MissionText;
import dev.podhop.run.mission.Mission;
import dev.podhop.run.mission.MissionResult;
import dev.podhop.run.mission.Missions;
import dev.podhop.run.result.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podhop mission show}: what there is to do; the broken file; a hint. */
@Command(name = "show", mixinStandardHelpOptions = true,
        description = "What is broken, what shall hold, and what may be changed for it.")
final class MissionShowVerb implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "A mission's, as podhop mission list has it.")
    private String name = "";

    @Option(names = "--into", paramLabel = "FILE",
            description = "Write the broken scenario there, where no file is yet.")
    private @Nullable Path into;

    @Option(names = "--hint",
            description = "Tell the next hint, and note it in the file of --result.")
    private boolean hint;

    @Option(names = "--result", paramLabel = "FILE",
            description = "The file that will be handed in; made where there is none.")
    private @Nullable Path result;

    @Override
    public Integer call() {
        Mission mission = Missions.named(name);
        if (hint) {
            spec.commandLine().getOut().print(hint(mission));
        } else if (into == null) {
            spec.commandLine().getOut().print(MissionListVerb.text(spec).show(mission));
        }
        if (into != null) {
            write(mission, into);
        }
        return ExitCode.OK;
    }

    /** Noted before it is told. */
    private String hint(Mission mission) {
        if (result == null) {
            throw new UsageException("found --hint without --result FILE, expected the file that"
                    + " notes it: a hint costs points");
        }
        ResultFile file = new ResultFile(result);
        MissionResult before = file.readFor(mission);
        MissionResult now = before.withHint(mission);
        file.write(now);
        MissionText text = MissionListVerb.text(spec);
        return text.hints(mission, now.hints(), now.hints() > before.hints());
    }

    private void write(Mission mission, Path file) {
        if (Files.exists(file)) {
            throw new UsageException("found " + file + ", expected no file there yet");
        }
        try {
            NewFiles.write(file, mission.broken());
        } catch (IOException refused) {
            throw new UsageException("cannot write " + file + ": " + NewFiles.why(refused));
        }
        Scenarios.say(spec.commandLine().getOut(), "",
                Main.narrator(spec).say(MissionPhrase.WRITTEN, file));
    }
}
