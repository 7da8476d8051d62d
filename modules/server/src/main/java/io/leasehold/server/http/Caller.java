package io.leasehold.server.http;

import io.vertx.core.http.HttpConnection;
import java.net.InetAddress;

/** The other end of one connection, and what it holds here. For one event loop. */
final class Caller {
    private final HttpConnection connection;
    private final InetAddress address;
    private final boolean exempt;
    private long unsent;
    private long resetsSinceNanos;
    private int resets;
    private boolean closed;

    /**
     * @param address or null if it has none
     * @param exempt whether it is another coordinator, which speaks for many clients
     */
    Caller(HttpConnection connection, InetAddress address, boolean exempt) {
        this.connection = connection;
        this.address = address;
        this.exempt = exempt;
    }

    HttpConnection connection() {
        return connection;
    }

    InetAddress address() {
        return address;
    }

    boolean isExempt() {
        return exempt;
    }

    /** Bytes of answers that it has not taken yet. */
    long unsent() {
        return unsent;
    }

    void unsent(long change) {
        unsent += change;
    }

    boolean isClosed() {
        return closed;
    }

    void closed() {
        closed = true;
    }

    /**
     * It took a request back.
     *
     * @return how many it has taken back since the last time that a window of so long began
     */
    int reset(long nowNanos, long windowNanos) {
        if (resets == 0 || nowNanos - resetsSinceNanos > windowNanos) {
            resets = 0;
            resetsSinceNanos = nowNanos;
        }
        return ++resets;
    }
}
