package io.leasehold.server.http;

import io.leasehold.api.Problem;
import io.leasehold.api.ProblemCode;

/** A request ends with this problem. Costs no stack trace: it is an answer, not a fault. */
final class ProblemException extends RuntimeException {
    private final transient Problem problem;
    private final transient String owner;

    ProblemException(Problem problem, String owner) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.owner = owner;
    }

    ProblemException(ProblemCode code, String detail) {
        this(Problem.of(code, detail), null);
    }

    Problem problem() {
        return problem;
    }

    /** The address of the coordinator to ask instead, or null. */
    String owner() {
        return owner;
    }
}
