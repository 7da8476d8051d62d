package io.leasehold.cli.demo;

import io.leasehold.client.LeaseholdWorker;
import io.leasehold.client.TaskContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A worker process of the demo, written as any user would write one. */
public final class DemoWorker {
    /** How many attempts of a task of type {@link FileTask#FLAKY} fail. */
    static final int FAILS_AT_FIRST = 2;

    private static final int KILLED = 137;

    private final long paceMs;

    private DemoWorker(long paceMs) {
        this.paceMs = paceMs;
    }

    /** Arguments: coordinators separated by commas, the worker's name, and how many ms a task takes at least. */
    public static void main(String[] args) throws InterruptedException {
        String[] urls = args[0].split(",");
        DemoWorker handlers = new DemoWorker(Long.parseLong(args[2]));
        try (LeaseholdWorker worker = LeaseholdWorker.builder(urls[0], Arrays.copyOfRange(urls, 1, urls.length))
                .id(args[1])
                .queue(FileTask.QUEUE)
                .on(FileTask.HASH, FileTask.Payload.class, handlers::hash)
                .on(FileTask.FLAKY, FileTask.Payload.class, handlers::hashAfterFailures)
                .on(Audit.POISON, Object.class, handlers::die)
                .build()) {
            worker.start().awaitTermination();
        }
    }

    private FileTask.Digest hash(TaskContext task, FileTask.Payload file) throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(paceMs);
        return Sha256.of(Path.of(file.path()));
    }

    private FileTask.Digest hashAfterFailures(TaskContext task, FileTask.Payload file)
            throws IOException, InterruptedException {
        if (task.attempt() <= FAILS_AT_FIRST) {
            throw new IOException("attempt " + task.attempt() + " fails on purpose");
        }
        return hash(task, file);
    }

    /** As a crash of the JVM would: no finally block and no shutdown hook runs. */
    private Object die(TaskContext task, Object nothing) {
        Runtime.getRuntime().halt(KILLED);
        return null;
    }
}
