package io.leasehold.cli.bench.system;

import io.leasehold.api.SubmitAnswer;
import io.leasehold.api.TaskRequest;
import io.leasehold.cli.Failure;
import io.leasehold.client.TaskClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Tasks on their way to Leasehold over HTTP, a window of requests at a time. */
final class LeaseholdSubmissions implements Target.Producer {
    private static final int MOST_PROMPT = 1_000;

    private final TaskClient client;
    private final Tag tag;
    private final Target.Style style;
    private final int batch;
    private final int window;
    private final Semaphore free;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private List<TaskRequest> gathered = new ArrayList<>();

    LeaseholdSubmissions(TaskClient client, Tag tag, Target.Style style, Knobs knobs) {
        this.client = client;
        this.tag = tag;
        this.style = style;
        this.batch = style == Target.Style.BATCH ? knobs.batch() : 1;
        this.window = switch (style) {
            case SINGLE -> 1;
            case BATCH -> knobs.window();
            case PROMPT -> MOST_PROMPT;
        };
        this.free = new Semaphore(window);
    }

    @Override
    public void submit(Work work, long number) throws InterruptedException {
        gathered.add(tag.task(work, number));
        if (gathered.size() >= batch) {
            send();
        }
        if (style == Target.Style.SINGLE) {
            flush();
        }
    }

    private void send() throws InterruptedException {
        List<TaskRequest> tasks = gathered;
        gathered = new ArrayList<>(batch);
        free.acquire();
        CompletableFuture<List<SubmitAnswer>> answers =
                tasks.size() == 1 ? client.submitAsync(tasks.get(0)).thenApply(List::of) : client.submitAllAsync(tasks);
        answers.whenComplete((got, error) -> {
            failure.compareAndSet(null, error == null ? refusal(got) : error);
            free.release();
        });
        check();
    }

    @Override
    public void flush() throws InterruptedException {
        if (!gathered.isEmpty()) {
            send();
        }
        free.acquire(window);
        free.release(window);
        check();
    }

    @Override
    public void close() {
        client.close();
    }

    private static Throwable refusal(List<SubmitAnswer> answers) {
        for (SubmitAnswer answer : answers) {
            if (answer.error() != null) {
                return new Failure("a task was refused: " + answer.error().title() + ": "
                        + answer.error().detail());
            }
        }
        return null;
    }

    private void check() {
        Throwable first = failure.get();
        if (first != null) {
            throw new Failure("submissions failed: " + first.getMessage(), first);
        }
    }
}
