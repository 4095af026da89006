package dev.podhop.trace;

/** A text is no filter. */
@SuppressWarnings("serial")
public final class HopFilterException extends IllegalArgumentException {

    private final int column;

    HopFilterException(int column, String found, String expected) {
        super("column " + column + ": found " + found + ", expected " + expected);
        this.column = column;
    }

    /** Where the mistake begins, from 1. */
    public int column() {
        return column;
    }
}
