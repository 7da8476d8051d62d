package io.leasehold.server.http;

import io.leasehold.api.InvalidRequest;
import io.leasehold.api.Problem;
import io.leasehold.api.ProblemCode;
import io.leasehold.coordinator.desk.Refusal;
import io.leasehold.core.state.Fold;
import io.leasehold.server.forward.ForwardFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong, in the words of the wire: the one place where a refusal or an exception becomes a status. */
final class ProblemTable {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemTable.class);

    private ProblemTable() {}

    static Problem of(Throwable failure) {
        if (failure instanceof ProblemException known) {
            return known.problem();
        }
        if (failure instanceof RefusedException refused) {
            return of(refused.refusal(), refused.shard());
        }
        if (failure instanceof OperationFailedException operation) {
            LOG.warn("An operation failed: {}", operation.getMessage());
            return Problem.of(ProblemCode.STORE_UNREACHABLE, operation.getMessage());
        }
        if (failure instanceof InvalidRequest invalid) {
            return Problem.of(invalid);
        }
        if (failure instanceof ForwardFailedException forward) {
            ProblemCode code = forward.wasSent() ? ProblemCode.OUTCOME_UNKNOWN : ProblemCode.NO_OWNER;
            return Problem.of(code, forward.getMessage());
        }
        LOG.error("A request failed for a reason that nobody foresaw", failure);
        return Problem.of(ProblemCode.INTERNAL, "see the coordinator's log");
    }

    static Problem of(Refusal refusal, int shard) {
        String where = shard < 0 ? "this coordinator" : "shard " + shard;
        return switch (refusal) {
            case NOT_OWNER -> Problem.of(ProblemCode.NO_OWNER, where + ": no longer served here; nothing was done");
            case NOT_READY -> Problem.of(ProblemCode.NO_OWNER, where + ": not served yet; nothing was done");
            case OVERLOADED -> Problem.of(ProblemCode.OVERLOADED, where + ": too much is waiting; nothing was done");
            case FULL -> Problem.of(ProblemCode.OVERLOADED, where + ": it holds as much as it may; nothing was done");
            case OUTCOME_UNKNOWN ->
                Problem.of(ProblemCode.OUTCOME_UNKNOWN, where + ": the write may have been done, or not");
            case NOT_ADMITTED_YET ->
                Problem.of(ProblemCode.NOT_ADMITTED_YET, where + ": unknown so far, and the inbox may still hold it");
            case NOT_YET_ENABLED ->
                Problem.of(
                        ProblemCode.NOT_YET_ENABLED,
                        where + ": its fold version is below " + Fold.WITH_PURGES
                                + " (expected: all coordinators of a release that reads it; see /v1/cluster); nothing was"
                                + " done");
        };
    }

    /** Seconds after which it makes sense to try again, or 0 if it does not. */
    static int retryAfterSeconds(int status) {
        return status == 429 || status == 503 ? 1 : 0;
    }

    /** The problem for a status that the router answers with on its own. */
    static Problem ofStatus(int status, String detail) {
        return switch (status) {
            case 400 -> Problem.of(ProblemCode.INVALID_REQUEST, detail);
            case 404 -> Problem.of(ProblemCode.NOT_FOUND, detail);
            case 405 -> Problem.of(ProblemCode.METHOD_NOT_ALLOWED, detail);
            case 413 -> Problem.of(ProblemCode.TOO_LARGE, detail);
            case 415 -> Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, detail);
            case 417 -> Problem.of(ProblemCode.EXPECTATION_FAILED, detail);
            default -> Problem.of(ProblemCode.INTERNAL, detail);
        };
    }
}
