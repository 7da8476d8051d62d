package io.leasehold.log;

/** A record of the inbox is not a task; the message says why and goes into a header of the rejected copy. */
public final class InvalidSubmission extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidSubmission(String reason) {
        super(reason);
    }
}
