package dev.podhop.cli;

import dev.podhop.k8s.source.Spelling;
import dev.podhop.reports.out.Shown;
import dev.podhop.run.result.UsageException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what went wrong, on standard error and without a stack trace, and chooses the exit code. A
 * user's mistake and a bug of ours are told apart by type: whatever is not known to be the user's
 * is ours.
 */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final Main main;

    Failures(Main main) {
        this.main = main;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        say(err, wrong.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
            verb(wrong).ifPresent(near -> err.println("Did you mean: podhop " + near + "?"));
            err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return ExitCode.USAGE;
    }

    /** One sentence: what it quotes of a file or of the command stays in its line. */
    private static void say(PrintWriter err, @Nullable String sentence) {
        err.println("podhop: " + Shown.line(String.valueOf(sentence)));
    }

    /** The verb nearest to a word that is none. */
    private static Optional<String> verb(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            return Spelling.nearest(unmatched.getUnmatched().getFirst(),
                    wrong.getCommandLine().getSubcommands().keySet());
        }
        return Optional.empty();
    }

    /**
     * Tells what was refused while the rest was done, behind what is printed of the rest.
     *
     * @param otherwise the exit code where nothing was
     */
    static int told(CommandSpec spec, List<String> refusals, int otherwise) {
        spec.commandLine().getOut().flush();
        refusals.stream().flatMap(String::lines)
                .forEach(line -> spec.commandLine().getErr().println(Shown.line(line)));
        return refusals.isEmpty() ? otherwise : ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command,
            ParseResult parsed) {
        PrintWriter err = command.getErr();
        return switch (failure) {
            case BadInput bad -> {
                bad.problems().forEach(problem -> err.println(Shown.line(problem.toString())));
                yield ExitCode.USAGE;
            }
            case UsageException usage -> {
                say(err, usage.getMessage());
                yield ExitCode.USAGE;
            }
            default -> internal(err, failure);
        };
    }

    /** A bug of ours: one line, and the stack trace only for those who ask. */
    int internal(PrintWriter err, Throwable bug) {
        say(err, "internal error: " + bug + ". This is a bug of Podhop: please report it"
                + " with the command and its files; --debug tells where it happened.");
        if (main.debug) {
            StringWriter trace = new StringWriter();
            bug.printStackTrace(new PrintWriter(trace, true));
            err.print(trace.toString().replace("\t", "    "));
        }
        return ExitCode.INTERNAL;
    }
}
