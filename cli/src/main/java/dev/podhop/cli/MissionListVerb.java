package dev.podhop.cli;

import dev.podhop.reports.json.MissionJson;
import dev.podhop.reports.text.MissionText;
import dev.podhop.run.mission.Missions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code podhop mission list}. */
@Command(name = "list", mixinStandardHelpOptions = true,
        description = "The missions, from the easy to the hard.")
final class MissionListVerb implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "-o", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}")
    private Format format = Format.text;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(switch (format) {
            case text -> text(spec).list(Missions.all());
            case json -> MissionJson.list(Missions.all());
        });
        return ExitCode.OK;
    }

    /** Missions in the language that was asked for. */
    static MissionText text(CommandSpec verb) {
        return new MissionText(Main.narrator(verb), Main.of(verb).language.locale(),
                Main.screen(verb).sheet());
    }
}
