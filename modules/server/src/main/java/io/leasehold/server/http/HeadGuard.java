package io.leasehold.server.http;

import io.leasehold.api.InvalidRequest;
import io.leasehold.api.ProblemCode;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Map;

/** Lets a request in, or not, by its first line and its headers alone. */
final class HeadGuard {
    private static final String CONTINUE = "100-continue";
    private static final String CHUNKED = "chunked";

    private static final String FETCH_SITE = "sec-fetch-site";

    private final OwnNames names;
    /** Nearly all requests name the same one. */
    private String lastOfOurs;

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
        Denial foreign = host(request);
        return foreign == null ? expectation(request) : foreign;
    }

    /** A name that is none of ours may be one that was made to point here, so that browsers take us for its owner's site. */
    private Denial host(HttpServerRequest request) {
        String host = hostOf(request);
        if (host != null && !host.equals(lastOfOurs)) {
            if (!names.isOurs(host)) {
                InvalidRequest fault = new InvalidRequest(
                        "host",
                        host,
                        "localhost, an address of this host, the advertised name, or one of listen.hosts");
                return Denial.of(EdgeRefusal.HOST, ProblemCode.MISDIRECTED, fault);
            }
            lastOfOurs = host;
        }
        return site(request, host);
    }

    private static String hostOf(HttpServerRequest request) {
        HostAndPort authority = request.version() == HttpVersion.HTTP_2 ? request.authority() : null;
        return authority == null ? request.getHeader(HttpHeaders.HOST) : authority.toString();
    }

    /** What browsers alone send, and cannot be made to leave out: from where the page came that asks. */
    private static Denial site(HttpServerRequest request, String host) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && !isOrigin(origin, host)) {
            InvalidRequest fault = new InvalidRequest("origin", origin, "none, or this coordinator's own");
            return Denial.of(EdgeRefusal.CROSS_SITE, ProblemCode.CROSS_SITE, fault);
        }
        String site = request.getHeader(FETCH_SITE);
        if ("cross-site".equalsIgnoreCase(site)) {
            InvalidRequest fault = new InvalidRequest(FETCH_SITE, site, "none, or one other than cross-site");
            return Denial.of(EdgeRefusal.CROSS_SITE, ProblemCode.CROSS_SITE, fault);
        }
        return null;
    }

    /** Whoever stands in front may speak HTTPS. */
    private static boolean isOrigin(String origin, String host) {
        return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
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
        if (request.version() == HttpVersion.HTTP_2) {
            HostAndPort authority = request.authority();
            if (authority == null && hosts.isEmpty()) {
                throw new InvalidRequest(":authority", null, "host:port");
            }
            if (authority != null && !hosts.isEmpty() && !authority.toString().equalsIgnoreCase(hosts.get(0))) {
                throw new InvalidRequest("host", hosts.get(0), "the same as :authority, which is " + authority);
            }
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
