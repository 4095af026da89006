package dev.podhop.trace;

/** A text is no filter. */
@SuppressWarnings("serial")
public final class HopFilterException extends IllegalArgumentException {

    /** @param column where the mistake begins, from 1 */
    HopFilterException(int column, String found, String expected) {
        super("column " + column + ": found " + found + ", expected " + expected);
    }
}
