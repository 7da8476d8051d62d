package io.leasehold.client.logic;

/**
 * Why a request got no proper answer.
 *
 * @param status the HTTP status; 0 if there was no answer at all, or one that could not be read
 * @param retryAfterMs what the answer asked for; 0 if nothing
 */
public record Failure(int status, long retryAfterMs) {
    public static final Failure NO_ANSWER = new Failure(0, 0);

    /** The request itself is at fault: repeating it as it is cannot help. */
    boolean isRefusal() {
        return status >= 400 && status < 500 && status != 408 && status != 421 && status != 429;
    }
}
