package dev.podhop.run.result;

/**
 * A question that cannot be answered as it was put; the message says what was found and expected.
 */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
