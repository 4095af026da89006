package dev.podhop.viz;

import dev.podhop.reports.out.Shown;
import dev.podhop.reports.out.Sink;
import java.io.PrintWriter;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Starts the viewer. Not an {@code Application} itself: that would need JavaFX as modules. */
public final class Main {

    /** A bug of ours ({@code EX_SOFTWARE} of sysexits.h). */
    private static final int INTERNAL = 70;
    private static final int USAGE = 2;

    /** Warns of being on the class path, which works and is meant. Held, lest it be forgotten. */
    private static final Logger JAVAFX = Logger.getLogger("javafx");

    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        JAVAFX.setLevel(Level.OFF);
        Sink out = Sink.out(false);
        Sink err = Sink.err(false);
        int code = execute(args, out.writer(), err.writer());
        String lost = out.lost().orElse(null);
        if (lost != null) {
            err.writer().println("podhop: cannot write to standard output: " + lost);
            code = USAGE;
        }
        err.writer().flush();
        System.exit(code);
    }

    /** Runs one command with these writers, and returns its exit code. */
    static int execute(String[] args, PrintWriter out, PrintWriter err) {
        CommandLine command = new CommandLine(new ViewCommand());
        command.setOut(out).setErr(err).setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, words) -> refused(wrong, err))
                .setExecutionExceptionHandler((bug, of, parsed) -> internal(bug, err));
        return command.execute(args);
    }

    private static int refused(ParameterException wrong, PrintWriter err) {
        err.println("podhop: " + Shown.line(String.valueOf(wrong.getMessage())));
        err.println("See: podhop view --help");
        return USAGE;
    }

    private static int internal(Exception bug, PrintWriter err) {
        err.println("podhop: " + Shown.line("internal error: " + bug
                + ". This is a bug of Podhop: please report it with the command and its files."));
        return INTERNAL;
    }
}
