package dev.podhop.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Spec;

/**
 * {@code podhop completion}: made from the same annotations as the help, so that the two cannot
 * disagree. Main knows all verbs when this one is asked for, and only then.
 */
@Command(name = "completion", mixinStandardHelpOptions = true,
        description = "Prints a completion script for bash and zsh: source <(podhop completion)")
final class CompletionVerb implements Callable<Integer> {

    /**
     * The names of the flows of the files on the line. Only plain ones: the shell would run what
     * another one holds.
     */
    private static final String FLOWS = """

            _podhop_flows() {
              local word
              for word in "${COMP_WORDS[@]}"; do
                if [[ -f $word ]]; then
                  grep -oE 'flow: *"?[A-Za-z0-9._-]+' -- "$word" | sed -E 's/flow: *"?//'
                fi
              done | sort -u
            }
            _podhop() {
              if [[ ${COMP_WORDS[COMP_CWORD-1]} == --flow ]]; then
                COMPREPLY=($(compgen -W "$(_podhop_flows)" -- "${COMP_WORDS[COMP_CWORD]}"))
              else
                _complete_podhop "$@"
              fi
            }
            complete -F _podhop -o default podhop podhop.sh podhop.bash
            """;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        if (!root.getSubcommands().containsKey("view")) {
            root.addSubcommand("view", viewer());
        }
        spec.commandLine().getOut().print(AutoComplete.bash("podhop", root) + FLOWS);
        return ExitCode.OK;
    }

    /** The launcher's own verb: what is asked of the viewer most. */
    private static CommandLine viewer() {
        CommandSpec view = CommandSpec.create().name("view");
        view.addPositional(PositionalParamSpec.builder().index("0").type(Path.class).build());
        for (String option : List.of("--render", "--compare")) {
            view.addOption(OptionSpec.builder(option).type(Path.class).build());
        }
        for (String option : List.of("--at", "--until", "--frames", "--size", "--follow", "--find",
                "--filter", "--set", "--seed", "--lesson-step", "--compare-set")) {
            view.addOption(OptionSpec.builder(option).type(String.class).build());
        }
        return new CommandLine(view);
    }
}
