package io.leasehold.log;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A question to Kafka that many ask at about the same time, one for each shard: one of them asks, the others wait for its
 * answer, and a good one counts for some seconds. Thread-safe.
 */
final class SharedCheck {
    private static final long GOOD_FOR_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Runnable question;
    private final LongSupplier nanoTime;
    private CompletableFuture<Void> answer;
    private long askedNanos;

    /** @param question blocks until it is answered, and throws if the answer is bad */
    SharedCheck(Runnable question, LongSupplier nanoTime) {
        this.question = question;
        this.nanoTime = nanoTime;
    }

    /** Blocks until there is an answer, and throws what the question does. */
    void run() {
        CompletableFuture<Void> asked = askedByOther();
        if (asked == null) {
            ask();
            return;
        }
        try {
            asked.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Null if this one has to ask. */
    private synchronized CompletableFuture<Void> askedByOther() {
        long now = nanoTime.getAsLong();
        boolean tooOld = answer != null && answer.isDone() && now - askedNanos >= GOOD_FOR_NANOS;
        if (answer != null && !answer.isCompletedExceptionally() && !tooOld) {
            return answer;
        }
        answer = new CompletableFuture<>();
        askedNanos = now;
        return null;
    }

    private void ask() {
        CompletableFuture<Void> mine = current();
        try {
            question.run();
            mine.complete(null);
        } catch (Throwable e) {
            mine.completeExceptionally(e);
            throw e;
        }
    }

    /** Nobody makes another one before it is done. */
    private synchronized CompletableFuture<Void> current() {
        return answer;
    }
}
