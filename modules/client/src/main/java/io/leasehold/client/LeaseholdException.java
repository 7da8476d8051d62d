package io.leasehold.client;

import io.leasehold.api.Problem;

/** A request that was refused, or got no answer for as long as it was tried. */
public final class LeaseholdException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    LeaseholdException(Problem problem) {
        super(problem.detail() == null ? problem.title() : problem.detail());
        this.problem = problem;
    }

    LeaseholdException(String message, Throwable cause) {
        super(message, cause);
        this.problem = null;
    }

    /** What the service answered; null if there was no answer. */
    public Problem problem() {
        return problem;
    }

    /** Whether the service answered with this problem's code, for example {@code unknown-task}. */
    public boolean is(String code) {
        return problem != null && code.equals(problem.code());
    }
}
