package dev.podhop.trace;

/** How an attempt ended, as its client sees it. */
public enum Outcome {
    Answered,
    Refused,
    Reset,
    TimedOut,
    Unreachable
}
