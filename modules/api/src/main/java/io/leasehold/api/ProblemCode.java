package io.leasehold.api;

import java.util.Locale;

/** Every kind of error that is answered, with its status. The words never change. */
public enum ProblemCode {
    INVALID_REQUEST(400, "The request breaks a rule"),
    INVALID_TASK(422, "The task breaks a rule"),
    TOO_LARGE(413, "The body is too large"),
    EXPECTATION_FAILED(417, "The coordinator can do no more than 100-continue"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be application/json"),
    NOT_FOUND(404, "There is no such resource"),
    METHOD_NOT_ALLOWED(405, "The resource does not know this method"),
    UNKNOWN_TASK(404, "There is no such task"),
    TASK_ENDED(409, "The task has ended already"),
    ANOTHER_NUMBER(409, "There are more or fewer than was expected; nothing was done"),
    NOT_OWNER(421, "Another coordinator owns the task's shard"),
    MISDIRECTED(421, "The request is for another host"),
    CROSS_SITE(403, "The request comes from a page of another site"),
    OVERLOADED(429, "As much is held, or waits, as may"),
    TOO_MANY_QUEUES(429, "The shard has as many queues as it may, and the task's is none of them"),
    NOT_ADMITTED_YET(503, "Submissions before this request are still being admitted"),
    NOT_YET_ENABLED(503, "Not every part of the cluster can do this yet"),
    NO_OWNER(503, "The task's shard has no owner at present"),
    OUTCOME_UNKNOWN(503, "It is not known whether the request took effect; repeat it"),
    STORE_UNREACHABLE(503, "ZooKeeper or Kafka could not do what was asked; repeat it"),
    BUSY(503, "The coordinator has as many requests in hand as it may"),
    SHUTTING_DOWN(503, "The coordinator is shutting down"),
    INTERNAL(500, "The coordinator failed");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** As written in JSON: {@code not-admitted-yet}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String type() {
        return "urn:leasehold:problem:" + word();
    }
}
