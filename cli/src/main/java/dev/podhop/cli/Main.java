package dev.podhop.cli;

import dev.podhop.reports.Narrator;
import dev.podhop.reports.out.Guard;
import dev.podhop.reports.out.Sink;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code podhop}. Each verb is a class of its own. */
@Command(name = "podhop", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        description = "Simulates how Kubernetes Services move a packet, and says why.",
        footer = {"%npodhop view FILE shows a recorded run in a window, or writes pictures of it.",
            ExitCode.HELP})
public final class Main implements Runnable {

    /** In the order of the help. */
    private static final Map<String, Supplier<Object>> VERBS = new LinkedHashMap<>();

    static {
        VERBS.put("run", RunVerb::new);
        VERBS.put("trace", TraceVerb::new);
        VERBS.put("odds", OddsVerb::new);
        VERBS.put("doctor", DoctorVerb::new);
        VERBS.put("preflight", PreflightVerb::new);
        VERBS.put("get", GetVerb::new);
        VERBS.put("describe", DescribeVerb::new);
        VERBS.put("diff", DiffVerb::new);
        VERBS.put("validate", ValidateVerb::new);
        VERBS.put("assume", AssumeVerb::new);
        VERBS.put("generate", GenerateVerb::new);
        VERBS.put("kubectl", KubectlVerb::new);
        VERBS.put("mission", MissionVerb::new);
        VERBS.put("explain", ExplainVerb::new);
        VERBS.put("schema", SchemaVerb::new);
        VERBS.put("mcp", McpVerb::new);
        VERBS.put("completion", CompletionVerb::new);
    }

    private final Screen screen;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--debug", scope = ScopeType.INHERIT, hidden = true,
            description = "Print the stack trace of an internal error.")
    boolean debug;

    // Named here and not taken from the machine: the same command prints the same everywhere.
    @Option(names = "--lang", scope = ScopeType.INHERIT, paramLabel = "LANG", defaultValue = "en",
            description = "Of the texts of run, trace, odds and diff: ${COMPLETION-CANDIDATES}."
                    + " JSON, get and messages about a file stay English.")
    Language language = Language.en;

    Main(Screen screen) {
        this.screen = screen;
    }

    /** The command with all its verbs, for what is made of their annotations. */
    public static CommandLine commandLine() {
        CommandLine command = new CommandLine(new Main(Screen.NONE));
        addVerbs(command, "");
        return command;
    }

    /** Runs one command and exits with its code, see {@link ExitCode}. */
    public static void main(String[] args) {
        Screen screen = Screen.ofProcess();
        Sink out = Sink.out(screen.colours());
        Sink err = Sink.err(screen.colours());
        int code = new Main(screen).execute(out.writer(), err.writer(), args);
        String lost = out.lost().orElse(null);
        if (lost != null) {
            err.writer().println("podhop: cannot write to standard output: " + lost);
            code = ExitCode.USAGE;
        }
        err.writer().flush();
        System.exit(code);
    }

    /**
     * Runs one command with these writers, and returns its exit code. No terminal is asked for its
     * width.
     */
    public static int execute(String[] args, PrintWriter out, PrintWriter err) {
        PrintWriter guardedOut = new PrintWriter(new Guard(out, false));
        PrintWriter guardedErr = new PrintWriter(new Guard(err, false));
        return new Main(Screen.NONE).execute(guardedOut, guardedErr, args);
    }

    /** The command that a verb belongs to. */
    static Main of(CommandSpec verb) {
        return (Main) verb.root().userObject();
    }

    /** Runs a command within another: the same writers, screen and language. */
    int executeWithin(CommandSpec verb, List<String> args) {
        List<String> all = new ArrayList<>(args);
        all.add("--lang=" + language);
        if (debug) {
            all.add("--debug");
        }
        CommandLine outer = verb.commandLine();
        return new Main(screen).execute(outer.getOut(), outer.getErr(),
                all.toArray(String[]::new));
    }

    private int execute(PrintWriter out, PrintWriter err, String... args) {
        Main main = this;
        Failures failures = new Failures(main);
        CommandLine command = new CommandLine(main);
        addVerbs(command, args.length == 0 ? "" : args[0]);
        command.setOut(out).setErr(err).setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(failures).setParameterExceptionHandler(failures);
        int code;
        // picocli hands on exceptions only; an error such as StackOverflowError is a bug as well.
        try {
            code = command.execute(args);
        } catch (Error broken) {
            code = failures.internal(err, broken);
        }
        out.flush();
        err.flush();
        return code;
    }

    /** Only the verb that is asked for: reading all their annotations takes a tenth of a second. */
    private static void addVerbs(CommandLine command, String asked) {
        boolean one = VERBS.containsKey(asked) && !asked.equals("completion");
        VERBS.forEach((name, verb) -> {
            if (!one || name.equals(asked)) {
                command.addSubcommand(verb.get());
            }
        });
    }

    /** Who puts things into words, in the language that was asked for with any verb. */
    static Narrator narrator(CommandSpec verb) {
        return of(verb).language.narrator();
    }

    /** Where a verb's texts will be read. */
    static Screen screen(CommandSpec verb) {
        return of(verb).screen;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The version in the jar's manifest; classes that are not in a jar have none. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"podhop " + (version == null ? "(not packaged)" : version)};
        }
    }
}
