package io.leasehold.cli.bench.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leasehold.cli.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Workers that know nothing but HTTP, as a shell with {@code curl} does: each polls one coordinator for one task, reports its
 * success there, and polls again. They neither follow a lease to its owner nor know of other coordinators.
 */
final class PlainWorkers implements Target.Workers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int WAIT_MS = 20_000;
    private static final int RETRY_MS = 100;

    private final String url;
    private final String queue;
    private final Target.Handler handler;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean closed;

    PlainWorkers(String url, String queue, int count, Target.Handler handler) {
        this.url = url;
        this.queue = queue;
        this.handler = handler;
        for (int i = 0; i < count; i++) {
            String worker = queue + "-plain-" + i;
            threads.add(new Thread(() -> run(worker), worker));
        }
        threads.forEach(thread -> thread.setDaemon(true));
        threads.forEach(Thread::start);
    }

    private void run(String worker) {
        try {
            while (!closed) {
                JsonNode reply = ask(
                        "/v1/poll", Map.of("worker", worker, "queues", List.of(queue), "max", 1, "waitMs", WAIT_MS));
                for (JsonNode lease : reply.path("leases")) {
                    handler.started(JSON.writeValueAsBytes(lease.at("/task/payload")));
                    report(worker, lease.path("lease").asText());
                }
            }
        } catch (IOException | RuntimeException e) {
            failure.compareAndSet(null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An answer may be lost; the same report again changes nothing. */
    private void report(String worker, String lease) throws IOException, InterruptedException {
        Map<String, Object> success = Map.of("lease", lease, "outcome", "success");
        while (!closed) {
            JsonNode reply = ask("/v1/report", Map.of("worker", worker, "reports", List.of(success)));
            String status = reply.at("/reports/0/status").asText();
            if ("ok".equals(status)) {
                return;
            }
            if (!"retry".equals(status)) {
                throw new Failure("a report was answered with " + reply + " (expected: ok)");
            }
            TimeUnit.MILLISECONDS.sleep(RETRY_MS);
        }
    }

    private JsonNode ask(String path, Map<String, Object> body) throws IOException, InterruptedException {
        while (true) {
            HttpResponse<String> reply = http.send(request(path, body), BodyHandlers.ofString());
            if (reply.statusCode() == OK) {
                return JSON.readTree(reply.body());
            }
            if (reply.statusCode() < 500) {
                throw new Failure(path + " was answered with " + reply.statusCode() + ": " + reply.body());
            }
            TimeUnit.MILLISECONDS.sleep(RETRY_MS);
        }
    }

    private HttpRequest request(String path, Map<String, Object> body) throws JsonProcessingException {
        return HttpRequest.newBuilder(URI.create(url + path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
    }

    @Override
    public void check() {
        if (failure.get() != null) {
            throw new Failure("a plain worker broke: " + failure.get(), failure.get());
        }
    }

    /** A worker that is between a task and its report finishes it; one that waits is interrupted. */
    @Override
    public void settle() throws InterruptedException {
        closed = true;
        for (Thread thread : threads) {
            thread.join(RETRY_MS);
        }
        close();
        check();
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }
}
