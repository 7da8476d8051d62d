package io.leasehold.chaos.load;

import io.leasehold.chaos.history.Event;
import io.leasehold.chaos.history.HistoryWriter;
import io.leasehold.client.LeaseholdException;
import io.leasehold.client.TaskClient;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Cancels tasks, and writes down what it was told. Safe for any thread. */
final class Cancels {
    private final TaskClient client;
    private final HistoryWriter history;
    private final AtomicInteger underWay = new AtomicInteger();

    Cancels(TaskClient client, HistoryWriter history) {
        this.client = client;
        this.history = history;
    }

    int underWay() {
        return underWay.get();
    }

    void cancel(String id) {
        underWay.incrementAndGet();
        history.write(new Event.Cancelling(id, System.nanoTime()));
        client.cancelAsync(id).whenComplete((answer, error) -> {
            underWay.decrementAndGet();
            String told = error == null ? answer.state() : code(error);
            if (told != null) {
                history.write(new Event.Cancelled(id, told, System.nanoTime()));
            }
        });
    }

    /** The problem's code, or null if there was no answer: then nothing was told. */
    private static String code(Throwable error) {
        Throwable cause = error instanceof CompletionException ? error.getCause() : error;
        return cause instanceof LeaseholdException refused && refused.problem() != null
                ? refused.problem().code()
                : null;
    }
}
