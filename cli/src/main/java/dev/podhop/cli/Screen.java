package dev.podhop.cli;

import dev.podhop.reports.out.Shown;
import dev.podhop.reports.text.Sheet;
import dev.podhop.reports.text.Style;
import java.io.Console;
import java.util.Map;

/**
 * What is known of the user's terminal.
 *
 * @param sheet how texts are laid out
 * @param watched whether somebody sees standard error while a command works
 */
record Screen(Sheet sheet, boolean watched) {

    /** Nobody looks on: the same command prints the same everywhere. */
    static final Screen NONE = new Screen(Sheet.PLAIN, false);

    /** The terminal of this process. */
    static Screen ofProcess() {
        Console console = System.console();
        boolean terminal = console != null && console.isTerminal();
        // The launcher sees what Java cannot: a terminal on standard error alone.
        boolean watched = terminal || "terminal".equals(System.getProperty("podhop.stderr"));
        return of(System.getenv(), terminal, watched);
    }

    /**
     * Colour on a terminal only, and not where NO_COLOR is set (https://no-color.org); the width
     * that COLUMNS names, which the launcher sets from the terminal where it is not set.
     */
    static Screen of(Map<String, String> environment, boolean terminal, boolean watched) {
        boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty();
        String columns = environment.getOrDefault("COLUMNS", "");
        int width = columns.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(columns)
                : Sheet.USUAL_WIDTH;
        return new Screen(
                new Sheet(wanted && terminal ? Style.COLOUR : Style.PLAIN, width, false), watched);
    }

    boolean colours() {
        return sheet.style() == Style.COLOUR;
    }

    /** Shows how far a long command has come, in one line that the next one overwrites. */
    void progress(String line) {
        if (watched) {
            System.err.print("\r\u001b[K" + Shown.line(line));
            System.err.flush();
        }
    }
}
