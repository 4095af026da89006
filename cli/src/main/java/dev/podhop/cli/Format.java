package dev.podhop.cli;

/** What {@code -o} takes. */
enum Format {
    text,
    json
}
