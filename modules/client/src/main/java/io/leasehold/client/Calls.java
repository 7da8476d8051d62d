package io.leasehold.client;

import io.leasehold.api.Json;
import io.leasehold.api.Problem;
import io.leasehold.api.ProblemCode;
import io.leasehold.client.logic.Chance;
import io.leasehold.client.logic.FullJitter;
import io.leasehold.client.transport.Transport;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests that may be repeated: tried at one coordinator after the other until there is a definite answer or no time. */
final class Calls implements AutoCloseable {
    private static final FullJitter PAUSE = new FullJitter(50, 2_000);
    private static final long MOST_PAUSE_MS = 10_000;

    private final Transport transport;
    private final List<String> urls;
    private final long timeoutMs;
    private final Chance chance;
    private final AtomicInteger turn = new AtomicInteger();

    Calls(Transport transport, List<String> urls, long timeoutMs, Chance chance) {
        this.transport = transport;
        this.urls = urls;
        this.timeoutMs = timeoutMs;
        this.chance = chance;
    }

    /** Completes with an answer of status 2xx, or exceptionally with a {@link LeaseholdException}. */
    CompletableFuture<byte[]> call(String method, String path, byte[] body, Map<String, String> headers) {
        CompletableFuture<byte[]> result = new CompletableFuture<>();
        long deadlineMs = nowMs() + timeoutMs;
        attempt(new Transport.Request(method, "", path, body, headers, 0), deadlineMs, 1, result);
        return result;
    }

    <T> CompletableFuture<T> call(String method, String path, Object body, Class<T> answer) {
        byte[] json = body == null ? null : Json.write(body);
        return call(method, path, json, Map.of()).thenApply(bytes -> read(bytes, answer));
    }

    static <T> T read(byte[] body, Class<T> type) {
        try {
            return Json.readAnswer(body, type);
        } catch (UncheckedIOException e) {
            throw new LeaseholdException(
                    "the answer cannot be read: " + e.getCause().getMessage(), e);
        }
    }

    /** Waits; what the call failed with is thrown as it is. */
    static <T> T join(CompletableFuture<T> call) {
        try {
            return call.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        transport.close();
    }

    private void attempt(Transport.Request like, long deadlineMs, int attempt, CompletableFuture<byte[]> result) {
        String url = urls.get(Math.floorMod(turn.get(), urls.size()));
        Transport.Request request = new Transport.Request(
                like.method(), url, like.path(), like.body(), like.headers(), Math.max(1, deadlineMs - nowMs()));
        transport.send(request).whenComplete((answer, error) -> {
            if (error == null && answer.status() / 100 == 2) {
                result.complete(answer.body());
            } else if (error == null && !isPassing(answer.status())) {
                result.completeExceptionally(new LeaseholdException(problemOf(answer)));
            } else {
                again(request, answer, error, deadlineMs, attempt, result);
            }
        });
    }

    private void again(
            Transport.Request request,
            Transport.Answer answer,
            Throwable error,
            long deadlineMs,
            int attempt,
            CompletableFuture<byte[]> result) {
        turn.incrementAndGet();
        long asked = answer == null || isMoving(answer) ? 0 : Math.min(MOST_PAUSE_MS, answer.retryAfterMs());
        long pauseMs = asked + PAUSE.delayMs(attempt, chance);
        if (nowMs() + pauseMs >= deadlineMs) {
            result.completeExceptionally(
                    answer != null
                            ? new LeaseholdException(problemOf(answer))
                            : new LeaseholdException(
                                    "no coordinator of " + urls + " answered within " + timeoutMs + " ms: " + error,
                                    error));
            return;
        }
        CompletableFuture.delayedExecutor(pauseMs, TimeUnit.MILLISECONDS)
                .execute(() -> attempt(request, deadlineMs, attempt + 1, result));
    }

    private static boolean isPassing(int status) {
        return status >= 502 && status <= 504 || status == 429 || status == 408;
    }

    /** A shard without an owner has one again long before the second is over that an answer can ask for at least. */
    private static boolean isMoving(Transport.Answer answer) {
        return answer.status() == 503
                && ProblemCode.NO_OWNER.word().equals(problemOf(answer).code());
    }

    private static Problem problemOf(Transport.Answer answer) {
        Problem plain =
                new Problem("about:blank", "status " + answer.status(), answer.status(), null, null, null, null);
        try {
            Problem problem = Json.readAnswer(answer.body(), Problem.class);
            return problem == null || problem.title() == null ? plain : problem;
        } catch (UncheckedIOException e) {
            return plain;
        }
    }

    private static long nowMs() {
        return System.nanoTime() / 1_000_000;
    }
}
