package io.leasehold.server.http;

import io.leasehold.api.InvalidRequest;
import io.leasehold.api.ProblemCode;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;

/** Lets a request in, or not, by its first line and its headers alone. */
final class HeadGuard {
    private static final String CONTINUE = "100-continue";
    private static final String CHUNKED = "chunked";

    private final OwnNames names;

    HeadGuard(OwnNames names) {
        this.names = names;
    }

    /** @return null if it may come in */
    Denial check(HttpServerRequest request) {
        try {
            RequestTarget.check(request.uri(), names::isOurs);
        } catch (InvalidRequest e) {
            return Denial.of(EdgeRefusal.TARGET, ProblemCode.INVALID_REQUEST, e);
        }
        try {
            values(request.headers());
            hosts(request);
            framing(request);
        } catch (InvalidRequest e) {
            return Denial.of(EdgeRefusal.HEADER, ProblemCode.INVALID_REQUEST, e);
        }
        return expectation(request);
    }

    /** HTTP/2 can carry what would end a header in HTTP/1.1, and so become another one further on. */
    private static void values(MultiMap headers) throws InvalidRequest {
        for (Map.Entry<String, String> header : headers) {
            String value = header.getValue();
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c == '\r' || c == '\n' || c == 0) {
                    throw new InvalidRequest(header.getKey(), value, "a value without CR, LF and NUL");
                }
            }
        }
    }

    /** One reader would believe the first of two, another one the last. */
    private static void hosts(HttpServerRequest request) throws InvalidRequest {
        List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
        if (hosts.size() > 1) {
            throw new InvalidRequest("host", String.join(" and ", hosts), "one host");
        }
        boolean needed = request.version() == HttpVersion.HTTP_1_1;
        if (needed && hosts.isEmpty()) {
            throw new InvalidRequest("host", null, "host:port, as HTTP/1.1 asks for");
        }
    }

    /** Where a request ends must be beyond doubt (RFC 9112, section 6.1; in HTTP/2, RFC 9113, section 8.2.2). */
    private static void framing(HttpServerRequest request) throws InvalidRequest {
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        if (codings.isEmpty()) {
            return;
        }
        String found = String.join(", ", codings);
        if (request.version() != HttpVersion.HTTP_1_1) {
            throw new InvalidRequest("transfer-encoding", found, "none but in HTTP/1.1");
        }
        if (!CHUNKED.equalsIgnoreCase(found) || request.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            throw new InvalidRequest("transfer-encoding", found, CHUNKED + ", once, and without a content-length");
        }
    }

    private static Denial expectation(HttpServerRequest request) {
        List<String> expected = request.headers().getAll(HttpHeaders.EXPECT);
        if (expected.isEmpty() || expected.size() == 1 && CONTINUE.equalsIgnoreCase(expected.get(0))) {
            return null;
        }
        InvalidRequest fault = new InvalidRequest("expect", String.join(", ", expected), CONTINUE);
        return Denial.of(EdgeRefusal.EXPECTATION, ProblemCode.EXPECTATION_FAILED, fault);
    }
}
