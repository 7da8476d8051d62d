package io.leasehold.coordinator.host;

import io.leasehold.coordinator.shard.ShardLoop;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives one shard's loop on a thread of its own: a turn whenever something arrived or it is time. */
final class ShardThread {
    private static final Logger LOG = LoggerFactory.getLogger(ShardThread.class);

    private static final int MOST_FRAMES = 20;

    private final ShardLoop loop;
    private final Consumer<ShardThread> ended;
    private final Thread thread;
    private volatile boolean arrived;

    /** @param ended told, on this thread, when nothing more comes of it */
    ShardThread(ShardLoop loop, Consumer<ShardThread> ended) {
        this.loop = loop;
        this.ended = ended;
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
        try {
            drive();
        } catch (Throwable e) {
            LOG.error("shard {}: its thread cannot go on", loop.shard(), e);
            loop.fail(e);
        } finally {
            ended.accept(this);
        }
    }

    private void drive() {
        while (!loop.isOver()) {
            arrived = false;
            loop.turn();
            long idleMs = loop.isOver() ? 0 : loop.idleMs();
            if (idleMs > 0 && !arrived) {
                LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(idleMs));
            }
        }
    }

    /** Where the thread stands, in words. */
    String standing() {
        StackTraceElement[] frames = thread.getStackTrace();
        if (frames.length == 0) {
            return "is gone";
        }
        return "stands at "
                + Arrays.stream(frames)
                        .limit(MOST_FRAMES)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining(" < "));
    }

    void join(long ms) throws InterruptedException {
        thread.join(ms);
    }
}
