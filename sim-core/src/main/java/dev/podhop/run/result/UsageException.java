package dev.podhop.run.result;

import dev.podhop.k8s.source.Spelling;
import java.util.Collection;

/**
 * A question that cannot be answered as it was put; the message says what was found and expected.
 */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }

    /** The spelling that was meant, {@code "; did you mean web?"}; nothing where none is near. */
    public static String meant(String found, Collection<String> known) {
        return Spelling.nearest(found, known).map(near -> "; did you mean " + near + "?")
                .orElse("");
    }
}
