package dev.podhop.run.result;

/** The {@link RunWatch} ended the run: there is no answer, for nobody wants it any more. */
public final class RunCancelledException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RunCancelledException() {
        super("the run was cancelled");
    }
}
