package io.leasehold.simulator;

/** Where the answer to a request goes. */
interface Reply<T> {
    void ok(T value);

    /** @param status as of HTTP */
    void fail(int status);
}
