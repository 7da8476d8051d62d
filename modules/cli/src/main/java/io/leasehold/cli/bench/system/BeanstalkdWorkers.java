package io.leasehold.cli.bench.system;

import io.leasehold.cli.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Workers of beanstalkd, a connection and a thread each. In batches they send the deletions of the last round and several
 * reservations at once, twice as many after a full round, so that a worker never sits on jobs that others could take.
 */
final class BeanstalkdWorkers implements Target.Workers {
    private static final int MOST_AT_ONCE = 16;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final int most;
    private final Target.Handler handler;
    private final List<BeanstalkdWire> wires = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong deleted = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean closed;

    BeanstalkdWorkers(int port, int count, Target.Style style, Target.Handler handler) throws IOException {
        this.most = style == Target.Style.SINGLE ? 1 : MOST_AT_ONCE;
        this.handler = handler;
        for (int i = 0; i < count; i++) {
            BeanstalkdWire wire = new BeanstalkdWire(port);
            wires.add(wire);
            threads.add(new Thread(() -> run(wire), "beanstalkd-worker-" + i));
        }
        threads.forEach(thread -> thread.setDaemon(true));
        threads.forEach(Thread::start);
    }

    private void run(BeanstalkdWire wire) {
        try {
            List<Long> done = new ArrayList<>();
            int asked = 1;
            while (!closed) {
                List<Long> taken = round(wire, done, asked);
                asked = taken.size() == asked ? Math.min(most, 2 * asked) : Math.max(1, taken.size());
                done = taken;
            }
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                failure.compareAndSet(null, e);
            }
        }
    }

    private List<Long> round(BeanstalkdWire wire, List<Long> done, int asked) throws IOException {
        for (long id : done) {
            wire.delete(id);
        }
        if (most == 1) {
            wire.send();
            confirm(wire, done.size());
        }
        wire.reserve();
        for (int i = 1; i < asked; i++) {
            wire.reserveIfReady();
        }
        wire.send();
        if (most > 1) {
            confirm(wire, done.size());
        }
        List<Long> taken = new ArrayList<>(asked);
        for (int i = 0; i < asked; i++) {
            BeanstalkdWire.Job job = wire.job();
            if (job != null) {
                started.incrementAndGet();
                handler.started(job.body());
                taken.add(job.id());
            }
        }
        return taken;
    }

    private void confirm(BeanstalkdWire wire, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            wire.expect("DELETED");
        }
        deleted.addAndGet(count);
    }

    @Override
    public void check() {
        if (failure.get() != null) {
            throw new Failure("a worker of beanstalkd broke: " + failure.get(), failure.get());
        }
    }

    @Override
    public void settle() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (deleted.get() < started.get()) {
            check();
            if (System.nanoTime() > deadline) {
                throw new Failure("jobs deleted: " + deleted + " (expected: " + started + ")");
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (BeanstalkdWire wire : wires) {
            try {
                wire.close();
            } catch (IOException e) {
                failure.compareAndSet(null, e);
            }
        }
    }
}
