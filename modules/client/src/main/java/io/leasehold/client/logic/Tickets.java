package io.leasehold.client.logic;

/** Numbers requests, so that answers find their way. */
final class Tickets {
    private long last;

    long next() {
        return ++last;
    }
}
