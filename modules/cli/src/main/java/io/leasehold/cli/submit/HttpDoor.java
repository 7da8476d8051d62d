package io.leasehold.cli.submit;

import io.leasehold.api.Json;
import io.leasehold.api.Limits;
import io.leasehold.api.Problem;
import io.leasehold.api.ProblemCode;
import io.leasehold.api.Routes;
import io.leasehold.api.SubmitAnswer;
import io.leasehold.cli.Failure;
import io.leasehold.cli.http.Coordinator;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hands tasks in over HTTP, many in one request. What a coordinator cannot take at the moment is offered again for a while;
 * a task without an id only if nothing was done for sure, for it would be taken twice.
 */
final class HttpDoor implements Door {
    private static final int BATCH_BYTES = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MS = 500;
    private static final Set<String> NOTHING_DONE =
            Set.of(ProblemCode.OVERLOADED.word(), ProblemCode.NO_OWNER.word(), ProblemCode.SHUTTING_DOWN.word());

    private final Coordinator coordinator;
    private final Map<String, String> headers;
    private final Tally tally;
    private List<Item> batch = new ArrayList<>();
    private int bytes;

    /** @param headers of every request */
    HttpDoor(Coordinator coordinator, Map<String, String> headers, Tally tally) {
        this.coordinator = coordinator;
        this.headers = headers;
        this.tally = tally;
    }

    @Override
    public void submit(Item item) {
        if (batch.size() == Limits.MAX_TASKS_PER_SUBMIT || bytes + item.json().length > BATCH_BYTES) {
            flush();
        }
        batch.add(item);
        bytes += item.json().length;
    }

    @Override
    public void close() {
        flush();
    }

    private void flush() {
        List<Item> waiting = batch;
        batch = new ArrayList<>();
        bytes = 0;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!waiting.isEmpty()) {
            boolean last = System.nanoTime() > deadline;
            List<Item> again = offer(waiting, last);
            if (!again.isEmpty()) {
                pause();
            }
            waiting = again;
        }
    }

    /** Offers tasks once; returns those to be offered again. */
    private List<Item> offer(List<Item> items, boolean last) {
        HttpResponse<byte[]> response = coordinator.postForAnswer(Routes.TASKS, array(items), headers);
        if (response.statusCode() / 100 != 2) {
            return refusedWhole(items, response, last);
        }
        SubmitAnswer[] answers = Json.readAnswer(response.body(), SubmitAnswer[].class);
        if (answers.length != items.size()) {
            throw new Failure("the answer holds " + answers.length + " entries (expected: " + items.size() + ")");
        }
        List<Item> again = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            Problem error = answers[i].error();
            if (error != null && !last && mayRepeat(error.code(), items.get(i))) {
                again.add(items.get(i));
            } else {
                tally.answered(items.get(i), answers[i]);
            }
        }
        return again;
    }

    private List<Item> refusedWhole(List<Item> items, HttpResponse<byte[]> response, boolean last) {
        String code = Coordinator.problemCode(response);
        List<Item> again = new ArrayList<>();
        for (Item item : items) {
            if (!last && mayRepeat(code, item)) {
                again.add(item);
            } else {
                tally.refused(item.line(), Coordinator.refusal(response));
            }
        }
        return again;
    }

    private static boolean mayRepeat(String code, Item item) {
        return NOTHING_DONE.contains(code)
                || ProblemCode.OUTCOME_UNKNOWN.word().equals(code)
                        && item.task().id() != null;
    }

    private static byte[] array(List<Item> items) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write('[');
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                body.write(',');
            }
            body.writeBytes(items.get(i).json());
        }
        body.write(']');
        return body.toByteArray();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }
}
