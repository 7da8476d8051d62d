package io.leasehold.server.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of memory that all event loops share out. Thread-safe, without locks. */
final class ByteBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** @param limit in bytes */
    ByteBudget(long limit) {
        this.limit = limit;
    }

    /** Takes them only if that many are left. */
    boolean take(long bytes) {
        long before = used.get();
        while (before + bytes <= limit) {
            if (used.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = used.get();
        }
        return false;
    }

    /** Takes them, left or not. */
    void force(long bytes) {
        used.addAndGet(bytes);
    }

    void give(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Whether that many could be taken now. */
    boolean has(long bytes) {
        return used.get() + bytes <= limit;
    }

    long used() {
        return used.get();
    }

    long limit() {
        return limit;
    }
}
