package io.leasehold.coordinator.host;

import io.leasehold.coordinator.shard.ShardLoop;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Drives one shard's loop on a thread of its own: a turn whenever something arrived or it is time. */
final class ShardThread {
    private final ShardLoop loop;
    private final Thread thread;
    private volatile boolean arrived;

    ShardThread(ShardLoop loop) {
        this.loop = loop;
        this.thread = new Thread(this::run, "shard-" + loop.shard());
        thread.setDaemon(true);
        loop.onArrival(this::wake);
    }

    void start() {
        thread.start();
    }

    ShardLoop loop() {
        return loop;
    }

    private void wake() {
        if (!arrived) {
            arrived = true;
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!loop.isOver()) {
            arrived = false;
            loop.turn();
            long idleMs = loop.isOver() ? 0 : loop.idleMs();
            if (idleMs > 0 && !arrived) {
                LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(idleMs));
            }
        }
    }

    void join(long ms) throws InterruptedException {
        thread.join(ms);
    }
}
