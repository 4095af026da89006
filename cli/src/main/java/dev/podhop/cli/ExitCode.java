package dev.podhop.cli;

/** What the process exits with. */
final class ExitCode {

    /** Done; where there are expectations, all were met. */
    static final int OK = 0;
    /** An expectation or an invariant failed. */
    static final int NOT_AS_EXPECTED = 1;
    /** Bad usage or bad input. */
    static final int USAGE = 2;
    /** A bug of ours ({@code EX_SOFTWARE} of sysexits.h). */
    static final int INTERNAL = 70;

    /** For the end of each verb's help. */
    static final String HELP = "%nExit codes: 0 done and as expected; 1 an expectation was not met;"
            + " 2 bad usage, bad input, or an output that cannot be written; 70 a bug of Podhop;"
            + " 130 interrupted.";

    private ExitCode() {}
}
