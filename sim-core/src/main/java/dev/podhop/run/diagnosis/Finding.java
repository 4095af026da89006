package dev.podhop.run.diagnosis;

import dev.podhop.trace.Explanation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something of the user's objects that keeps a Service from answering.
 *
 * @param what in words
 * @param edit the change of one field that would mend it; null where there is no such
 */
public record Finding(Explanation what, @Nullable Edit edit) {

    /**
     * A change of the file, not tried yet.
     *
     * @param settings as {@code --set} takes them
     */
    public record Edit(Explanation what, List<String> settings) {

        public Edit {
            settings = List.copyOf(settings);
        }
    }

    static Finding of(Explanation what) {
        return new Finding(what, null);
    }

    /** The same with a further reason behind it. */
    Finding because(Explanation deeper) {
        return new Finding(what.because(deeper), edit);
    }
}
