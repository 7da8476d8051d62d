package io.leasehold.server.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** A plain HTTP client, as {@code curl} would be, which holds each answer against the description of the interface. */
public final class Web {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    public Web(String url) {
        this.url = url;
    }

    /** What came back; {@code json} is missing for anything but JSON. */
    public record Reply(int status, String type, JsonNode json, HttpResponse<String> raw) {
        public String text() {
            return raw.body();
        }

        public String header(String name) {
            return raw.headers().firstValue(name).orElse(null);
        }
    }

    public Reply post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    public Reply get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Reply delete(String path) {
        return send("DELETE", path, null);
    }

    public Reply send(String method, String path, String body, String... headers) {
        try {
            return reply(client.send(request(method, path, body, headers), BodyHandlers.ofString()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(method + " " + path, e);
        }
    }

    public CompletableFuture<Reply> postLater(String path, String body, String... headers) {
        return client.sendAsync(request("POST", path, body, headers), BodyHandlers.ofString())
                .thenApply(Web::reply);
    }

    private HttpRequest request(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        boolean typed = false;
        for (int i = 0; i < headers.length; i += 2) {
            typed |= headers[i].equalsIgnoreCase("content-type");
            request.header(headers[i], headers[i + 1]);
        }
        if (body != null && !typed) {
            request.header("content-type", "application/json");
        }
        return request.build();
    }

    private static Reply reply(HttpResponse<String> response) {
        Described.check(response);
        String type = response.headers().firstValue("content-type").orElse("");
        try {
            JsonNode json = type.contains("json") ? JSON.readTree(response.body()) : JSON.missingNode();
            return new Reply(response.statusCode(), type, json, response);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + response.body(), e);
        }
    }
}
