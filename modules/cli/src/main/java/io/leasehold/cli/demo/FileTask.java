package io.leasehold.cli.demo;

import io.leasehold.api.Task;
import io.leasehold.api.TaskRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** One file to be hashed, as a task. The smaller the file, the higher its priority. */
record FileTask(String id, Path path, long size, boolean failsAtFirst, boolean hasDeadline) {
    static final String QUEUE = "files";
    static final String HASH = "hash";
    static final String FLAKY = "hash-flaky";

    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    /** What the worker is given. */
    record Payload(String path) {}

    /** What the worker answers. */
    record Digest(String sha256, long bytes) {}

    TaskRequest toRequest(Instant now) {
        TaskRequest request = Task.of(QUEUE, failsAtFirst ? FLAKY : HASH, new Payload(path.toString()))
                .id(id)
                .priority(priority())
                .lease(LEASE)
                .backoff(Duration.ofMillis(300), 2, Duration.ofSeconds(2));
        return hasDeadline ? request.deadline(now.plus(DEADLINE)) : request;
    }

    int priority() {
        if (size < 32 * 1024) {
            return 9;
        }
        if (size < 256 * 1024) {
            return 6;
        }
        return size < 2 * 1024 * 1024 ? 3 : 1;
    }
}
