package io.leasehold.chaos.load;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A task's payload: what its worker has to do with it.
 *
 * @param workMs how long it takes
 * @param failures how many attempts fail before one succeeds
 * @param fate what becomes of it in the end
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Work(long workMs, int failures, Fate fate) {
    enum Fate {
        SUCCEEDS,
        /** Fails for good: not to be tried again. */
        PERMANENT_FAILURE,
        /** Silences whoever takes it, until it is given up. */
        POISON
    }
}
