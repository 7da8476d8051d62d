package io.leasehold.cli.bench.load;

import io.leasehold.cli.Failure;
import io.leasehold.cli.bench.system.Target;
import io.leasehold.cli.bench.system.Watch;
import io.leasehold.cli.bench.system.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Producers that hand in tasks, each with a thread of its own. For one thread. */
public final class Submitting implements AutoCloseable {
    private static final long SHOW_MS = 200;

    /** Makes a producer. */
    @FunctionalInterface
    public interface Maker {
        Target.Producer make() throws Exception;
    }

    private final List<Target.Producer> producers = new ArrayList<>();
    private final ExecutorService threads;

    public Submitting(int count, Maker maker) throws Exception {
        for (int i = 0; i < count; i++) {
            producers.add(maker.make());
        }
        threads = Executors.newFixedThreadPool(count);
    }

    /** Hands them all in, each producer a part; returns when all are acknowledged. */
    public void submit(Work work, Watch.Numbers numbers, LongConsumer progress) throws InterruptedException {
        AtomicLong done = new AtomicLong();
        int count = producers.size();
        await(
                each((producer, index) -> {
                    for (int i = index; i < numbers.count(); i += count) {
                        producer.submit(work, numbers.first() + i);
                        done.incrementAndGet();
                    }
                    producer.flush();
                }),
                () -> progress.accept(done.get()));
    }

    /** Hands each in when it is due, however long the answers take. */
    public void submitOnTime(Work work, Watch.Numbers numbers, Watch.Schedule schedule, LongConsumer progress)
            throws InterruptedException {
        AtomicLong done = new AtomicLong();
        int count = producers.size();
        await(
                each((producer, index) -> {
                    for (int i = index; i < numbers.count(); i += count) {
                        sleepUntil(schedule.dueNanos(i));
                        producer.submit(work, numbers.first() + i);
                        done.incrementAndGet();
                    }
                    producer.flush();
                }),
                () -> progress.accept(done.get()));
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    private interface Job {
        void run(Target.Producer producer, int index) throws Exception;
    }

    private List<Future<?>> each(Job job) {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < producers.size(); i++) {
            int index = i;
            running.add(threads.submit(() -> {
                job.run(producers.get(index), index);
                return null;
            }));
        }
        return running;
    }

    private static void await(List<Future<?>> running, Runnable progress) throws InterruptedException {
        for (Future<?> one : running) {
            while (true) {
                try {
                    one.get(SHOW_MS, TimeUnit.MILLISECONDS);
                    break;
                } catch (TimeoutException e) {
                    progress.run();
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof Failure failure
                            ? failure
                            : new Failure("a producer broke: " + e.getCause(), e.getCause());
                }
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        producers.forEach(Target.Producer::close);
    }
}
