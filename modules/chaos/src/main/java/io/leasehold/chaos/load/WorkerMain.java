package io.leasehold.chaos.load;

import io.leasehold.chaos.history.Event;
import io.leasehold.chaos.history.HistoryWriter;
import io.leasehold.client.LeaseholdWorker;
import io.leasehold.client.TaskContext;
import io.leasehold.client.TaskFailure;
import io.leasehold.client.transport.VertxTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A process with several workers, made with the SDK as any user would. It runs until it is killed. */
public final class WorkerMain {
    static final String[] QUEUES = {"red", "green", "blue"};
    static final String TYPE = "work";

    private static final int CONCURRENCY = 2;
    private static final int PULSE_MS = 200;
    private static final int STARVED_MS = 400;

    private final String[] urls;
    private final String name;
    private final HistoryWriter history;
    private final VertxTransport transport = new VertxTransport();
    private final AtomicInteger started = new AtomicInteger();

    private WorkerMain(String[] urls, String name, HistoryWriter history) {
        this.urls = urls;
        this.name = name;
        this.history = history;
    }

    /** Arguments: coordinators separated by commas, the process's name, how many workers, and the history's directory. */
    public static void main(String[] args) throws Exception {
        WorkerMain process =
                new WorkerMain(args[0].split(","), args[1], HistoryWriter.create(Path.of(args[3]), args[1]));
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            process.startWorker();
        }
        process.watchItself();
    }

    /** A process that is not let run for a while has fallen silent, and says so afterwards. */
    private void watchItself() throws InterruptedException {
        long last = System.nanoTime();
        while (true) {
            TimeUnit.MILLISECONDS.sleep(PULSE_MS);
            long now = System.nanoTime();
            if (now - last > TimeUnit.MILLISECONDS.toNanos(PULSE_MS + STARVED_MS)) {
                history.write(new Event.Silenced(List.of(name + "."), last));
            }
            last = now;
        }
    }

    /** The workers' names begin with their process's. */
    private void startWorker() {
        String id = name + "." + started.incrementAndGet();
        new OneWorker(id).start();
    }

    /** A worker, and what its tasks do. */
    private final class OneWorker {
        private final String id;
        private final RecordingTransport recording;
        private final LeaseholdWorker worker;

        OneWorker(String id) {
            this.id = id;
            this.recording = new RecordingTransport(transport, id, history);
            this.worker = LeaseholdWorker.builder(urls[0], Arrays.copyOfRange(urls, 1, urls.length))
                    .id(id)
                    .queues(QUEUES)
                    .concurrency(CONCURRENCY)
                    .grace(Duration.ZERO)
                    .stopOnSigterm(false)
                    .transport(recording)
                    .on(TYPE, Work.class, this::handle)
                    .build();
        }

        void start() {
            worker.start();
        }

        private Object handle(TaskContext task, Work work) throws InterruptedException {
            if (work.fate() == Work.Fate.POISON) {
                return die();
            }
            TimeUnit.MILLISECONDS.sleep(work.workMs());
            task.throwIfCancelled();
            if (work.fate() == Work.Fate.PERMANENT_FAILURE) {
                throw TaskFailure.permanent("fails for good, on purpose");
            }
            if (task.attempt() <= work.failures()) {
                throw new IllegalStateException("attempt " + task.attempt() + " fails on purpose");
            }
            return Map.of("fence", task.fence(), "worker", id);
        }

        /** As if the worker's machine was switched off; another worker takes its place. */
        private Object die() throws InterruptedException {
            recording.fallSilent();
            history.write(new Event.Silenced(List.of(id), System.nanoTime()));
            startWorker();
            worker.stop();
            TimeUnit.DAYS.sleep(1);
            return null;
        }
    }
}
