package dev.podhop.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code podhop mission}: a broken scenario to be mended, for points. */
@Command(name = "mission", mixinStandardHelpOptions = true,
        subcommands = {MissionListVerb.class, MissionShowVerb.class, MissionCheckVerb.class},
        footerHeading = "%nExamples:%n", footer = {
            "  podhop mission list",
            "  podhop mission show selector --into my.yaml",
            "  podhop mission show selector --hint --result ann.json",
            "  podhop mission check my.yaml --result ann.json --student Ann",
            "  podhop mission check results/*.json",
            "%nExit codes: 0 done, every goal of each file met; 1 some are not, or a file does not"
                    + " count; 2 bad usage, bad input, or an output that cannot be written; 70 a"
                    + " bug of Podhop; 130 interrupted."},
        description = "Missions: a broken scenario, goals, hints that cost points, and a grade that"
                + " the simulator works out.")
final class MissionVerb implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
