package dev.podhop.violating.attic;

/** In a package that the table of floors does not list. */
public record StandsNowhere() {}
