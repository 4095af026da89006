package dev.podhop.cli;

import dev.podhop.scenario.load.AssumedDocument;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podhop assume}: what a file leaves open, as a document that can be edited. */
@Command(name = "assume", mixinStandardHelpOptions = true,
        description = {"Prints every assumption about a file as a Scenario document, the evidence"
                + " beside each.",
            "Appended to the file, behind a line of three dashes, it changes nothing: change what"
                    + " you know better."})
final class AssumeVerb implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Scenarios scenarios = new Scenarios();

    @Parameters(paramLabel = "FILE", description = "A dump of a cluster, or plain manifests; of a"
            + " scenario, what it leaves to defaults.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(AssumedDocument.text(scenarios.load(file)));
        return ExitCode.OK;
    }
}
