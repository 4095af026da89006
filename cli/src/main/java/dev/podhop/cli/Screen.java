package dev.podhop.cli;

import dev.podhop.reports.text.Style;
import java.io.Console;

/** What is known of the user's terminal. */
final class Screen {

    private Screen() {}

    /** Colour on a terminal only, and not where NO_COLOR is set (https://no-color.org). */
    static Style style() {
        String noColor = System.getenv("NO_COLOR");
        boolean wanted = noColor == null || noColor.isEmpty();
        return wanted && isTerminal() ? Style.COLOUR : Style.PLAIN;
    }

    /** Whether a person looks on. */
    static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** Shows how far a long command has come, in one line that the next one overwrites. */
    static void progress(String line) {
        if (isTerminal()) {
            System.err.print("\r\u001b[K" + line);
            System.err.flush();
        }
    }
}
