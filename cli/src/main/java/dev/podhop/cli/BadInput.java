package dev.podhop.cli;

import dev.podhop.k8s.source.Problem;
import java.util.List;

/**
 * Files that cannot be used, with everything that is wrong with them. Carried as an exception so
 * that a verb ends where it stands: nothing was printed yet, and nothing will be.
 */
final class BadInput extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    BadInput(List<Problem> problems) {
        super(problems.size() + " problems");
        this.problems = List.copyOf(problems);
    }

    List<Problem> problems() {
        return problems;
    }
}
