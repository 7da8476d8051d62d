package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.server.testkit.RawHttp;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A request whose end two readers may see at different places is refused and its connection closed; what lies behind it is
 * never taken for a request.
 */
class SmugglingTest extends EdgeCase {
    private static final String HIDDEN = "GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n";

    static Stream<Arguments> framings() {
        return Stream.of(
                framing("a coding behind chunked", "transfer-encoding: chunked, xchunked\r\n"),
                framing("a folded coding", "transfer-encoding: chunked\r\n , identity\r\n"),
                framing("two headers", "transfer-encoding: chunked\r\ntransfer-encoding: xchunked\r\n"),
                framing("chunked and a length", "transfer-encoding: chunked\r\ncontent-length: 4\r\n"),
                framing("two lengths", "content-length: 0\r\ncontent-length: 20\r\n"),
                framing("an unknown coding", "transfer-encoding: xchunked\r\n"));
    }

    private static Arguments framing(String name, String headers) {
        return Arguments.of(name, headers);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("framings")
    void requestWhoseEndIsAmbiguousIsRefusedAndClosed(String name, String headers) {
        String answers = RawHttp.exchange(
                coordinator.port(),
                "POST /v1/tasks HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n" + headers
                        + "\r\n2\r\n{}\r\n0\r\n\r\n" + HIDDEN);

        assertThat(answers)
                .startsWith("HTTP/1.1 400")
                .doesNotContain("HTTP/1.1 2")
                .doesNotContain("ok\n");
    }
}
