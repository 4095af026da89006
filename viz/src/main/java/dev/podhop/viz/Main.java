package dev.podhop.viz;

import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** Starts the viewer. Not an {@code Application} itself: that would need JavaFX as modules. */
public final class Main {

    /** Warns of being on the class path, which works and is meant. Held, lest it be forgotten. */
    private static final Logger JAVAFX = Logger.getLogger("javafx");

    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        JAVAFX.setLevel(Level.OFF);
        CommandLine command = new CommandLine(new ViewCommand());
        command.setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(command.execute(args));
    }
}
