package dev.podhop.viz.window;

import java.util.Locale;
import javafx.scene.input.KeyCode;

/** What the window can do besides moving the cursor: each has a key, and an entry in the menu. */
public enum Deed {
    START(KeyCode.H, "H"),
    SEND(KeyCode.N, "N"),
    OPEN(KeyCode.O, "O"),
    RELOAD(KeyCode.R, "R"),
    UNDO(KeyCode.U, "U"),
    PREDICT(KeyCode.P, "P"),
    NARROW(KeyCode.M, "M"),
    COMPARE(KeyCode.C, "C"),
    EXPORT(KeyCode.E, "E"),
    FIT(KeyCode.F, "F"),
    LEVEL(KeyCode.K, "K"),
    THEME(KeyCode.T, "T"),
    LANGUAGE(KeyCode.Z, "Z"),
    SHEET(KeyCode.UNDEFINED, "?");

    private final KeyCode code;
    private final String key;

    Deed(KeyCode code, String key) {
        this.code = code;
        this.key = key;
    }

    KeyCode code() {
        return code;
    }

    /** As a sheet of keys shows it. */
    String key() {
        return key;
    }

    /** The key of the words that say what it does. */
    String words() {
        return "keys." + name().toLowerCase(Locale.ROOT);
    }

    /** Whether the start page stays where it is meanwhile. */
    boolean leavesTheStartPage() {
        return this != THEME && this != LANGUAGE;
    }
}
