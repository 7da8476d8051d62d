package io.leasehold.cli.http;

import io.leasehold.api.Json;
import io.leasehold.api.Problem;
import io.leasehold.api.QueuesView;
import io.leasehold.api.Routes;
import io.leasehold.cli.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * The option {@code --url} and what is behind it: any coordinator, which forwards what another has to answer. Every method
 * throws a {@link Failure} that says what to do next.
 */
public final class Coordinator {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(40);

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = CoordinatorUrl.class,
            defaultValue = "${env:LEASEHOLD_URL:-http://127.0.0.1:8470}",
            description = "Any coordinator (default: LEASEHOLD_URL in the environment, else http://127.0.0.1:8470).")
    private URI url;

    private Duration timeout = ANSWER_TIMEOUT;
    private HttpClient client;

    /** A coordinator whose address is known, for programs that ask many times; each answer may take that long. */
    public static Coordinator at(URI url, Duration timeout) {
        Coordinator coordinator = new Coordinator();
        coordinator.url = url;
        coordinator.timeout = timeout;
        return coordinator;
    }

    /** The address given. */
    public URI url() {
        return url;
    }

    public byte[] get(String path) {
        return body(send(request(path).GET().build()));
    }

    /** As {@link #get}, of this coordinator alone: it asks no other one. */
    public byte[] getForwarded(String path) {
        return body(
                send(request(path).header("leasehold-forwarded", "cli").GET().build()));
    }

    /** All queues, page by page. */
    public QueuesView queues() {
        return QueuesView.ofPages(after -> Json.readAnswer(get(Routes.queues(after)), QueuesView.class));
    }

    /** As {@link #get}, whatever the status. */
    public HttpResponse<byte[]> getForAnswer(String path) {
        return send(request(path).GET().build());
    }

    public byte[] delete(String path) {
        return body(send(request(path).DELETE().build()));
    }

    public byte[] post(String path, byte[] json) {
        return body(postForAnswer(path, json));
    }

    /** As {@link #post}, whatever the status. */
    public HttpResponse<byte[]> postForAnswer(String path, byte[] json) {
        return postForAnswer(path, json, Map.of());
    }

    /** The same, with more headers. */
    public HttpResponse<byte[]> postForAnswer(String path, byte[] json, Map<String, String> headers) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(json));
        headers.forEach(request::header);
        return send(request.build());
    }

    /** What a refused request was answered with, in words. */
    public static String refusal(HttpResponse<byte[]> answer) {
        try {
            Problem problem = Json.readAnswer(answer.body(), Problem.class);
            return problem.detail() == null ? problem.title() : problem.title() + ": " + problem.detail();
        } catch (UncheckedIOException e) {
            return "the answer was HTTP " + answer.statusCode() + " (expected: a coordinator's; is it one?)";
        }
    }

    /** The stable word of the problem in a refusal, or an empty one if there is none. */
    public static String problemCode(HttpResponse<byte[]> answer) {
        try {
            String code = Json.readAnswer(answer.body(), Problem.class).code();
            return code == null ? "" : code;
        } catch (UncheckedIOException e) {
            return "";
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path)).timeout(timeout).header("Accept", "application/json");
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .build();
        }
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw unreachable("no connection", e);
        } catch (HttpTimeoutException e) {
            throw unreachable("no answer in time", e);
        } catch (IOException e) {
            throw unreachable(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }

    private byte[] body(HttpResponse<byte[]> answer) {
        if (answer.statusCode() / 100 == 2) {
            return answer.body();
        }
        throw new Failure(refusal(answer));
    }

    private Failure unreachable(String why, Exception cause) {
        return new Failure(
                "no coordinator at " + url + ": " + why
                        + "\nStart one on this machine with: leasehold standalone"
                        + "\nor name another with: --url http://HOST:PORT (or LEASEHOLD_URL in the environment)",
                cause);
    }
}
