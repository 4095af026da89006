package dev.podhop.viz.style;

import java.net.URL;

/** The style sheet of a pane: {@code Pane.css} beside the class that it is for. */
public final class Stylesheet {

    private Stylesheet() {}

    /** Where the sheet is. */
    public static String of(Class<?> pane) {
        String name = pane.getSimpleName() + ".css";
        URL found = pane.getResource(name);
        if (found == null) {
            throw new IllegalStateException("no " + name + " beside " + pane.getName());
        }
        return found.toExternalForm();
    }
}
