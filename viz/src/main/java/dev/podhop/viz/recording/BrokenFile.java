package dev.podhop.viz.recording;

import java.util.List;

/**
 * A file that cannot be shown, with all that is wrong with it: each line names the file, the line,
 * what was found and what was expected.
 */
public final class BrokenFile extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    public BrokenFile(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
