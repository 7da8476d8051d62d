package io.leasehold.chaos.load;

import io.leasehold.api.Task;
import io.leasehold.api.TaskRequest;
import io.leasehold.chaos.history.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** Makes tasks of all kinds, in a mix that a seed decides. Not thread-safe. */
final class TaskMix {
    private static final int MAX_ATTEMPTS = 3;
    private static final Duration BACKOFF = Duration.ofMillis(400);
    private static final Duration MOST_BACKOFF = Duration.ofSeconds(2);

    private final Random random;
    private final String prefix;
    private long count;

    /** A task, and the line that says it is about to be submitted. */
    record Made(TaskRequest request, Event.Submitting event) {}

    /** @param prefix of the ids */
    TaskMix(long seed, String prefix) {
        this.random = new Random(seed);
        this.prefix = prefix;
    }

    Made next(String door) {
        long nowMs = System.currentTimeMillis();
        String id = prefix + ++count;
        Long delayMs = chance(15) ? Long.valueOf(random.nextInt(8_000)) : null;
        Long deadlineMs = chance(8) ? Long.valueOf(nowMs + 500 + random.nextInt(9_500)) : null;
        TaskRequest request = Task.of(
                        WorkerMain.QUEUES[random.nextInt(WorkerMain.QUEUES.length)], WorkerMain.TYPE, work())
                .id(id)
                .priority(random.nextInt(10) - 2)
                .maxAttempts(MAX_ATTEMPTS)
                .lease(Duration.ofMillis(2_000 + random.nextInt(5_000)))
                .backoff(BACKOFF, 2, MOST_BACKOFF);
        if (delayMs != null) {
            request.delay(Duration.ofMillis(delayMs));
        }
        if (deadlineMs != null) {
            request.deadline(Instant.ofEpochMilli(deadlineMs));
        }
        Event.Submitting event = new Event.Submitting(
                id,
                door,
                System.nanoTime(),
                nowMs,
                delayMs == null ? null : nowMs + delayMs,
                deadlineMs,
                MAX_ATTEMPTS,
                BACKOFF.toMillis());
        return new Made(request, event);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    int upTo(int most) {
        return random.nextInt(most + 1);
    }

    private Work work() {
        long workMs = chance(5) ? 2_000 + random.nextInt(6_000) : 5 + random.nextInt(60);
        int of1000 = random.nextInt(1_000);
        if (of1000 < 2) {
            return new Work(workMs, 0, Work.Fate.POISON);
        }
        if (of1000 < 20) {
            return new Work(workMs, 0, Work.Fate.PERMANENT_FAILURE);
        }
        if (of1000 < 40) {
            return new Work(workMs, MAX_ATTEMPTS, Work.Fate.SUCCEEDS);
        }
        return new Work(workMs, of1000 < 140 ? 1 + random.nextInt(MAX_ATTEMPTS - 1) : 0, Work.Fate.SUCCEEDS);
    }
}
