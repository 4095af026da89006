package dev.podhop.cli;

import dev.podhop.reports.json.TraceSchema;
import dev.podhop.scenario.schema.ScenarioSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code podhop schema}. What it prints also stands in the repository, where the modeline of every
 * shipped file leads an editor to it; a test holds the two together.
 */
@Command(name = "schema", mixinStandardHelpOptions = true,
        description = "Prints the JSON Schema of scenario files, for editors.")
final class SchemaVerb implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--trace", description = "That of \"trace -o json\" instead.")
    private boolean trace;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(trace ? TraceSchema.text() : ScenarioSchema.text());
        return ExitCode.OK;
    }
}
