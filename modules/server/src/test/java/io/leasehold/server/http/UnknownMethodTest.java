package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.server.testkit.RawHttp;
import org.junit.jupiter.api.Test;

/** What a client makes up is refused, and leaves no trace in what is kept. */
class UnknownMethodTest extends EdgeCase {
    private static final int MADE_UP = 300;

    @Test
    void methodThatIsMadeUpIsRefusedBeforeAnythingElseAndBecomesNoLabel() {
        String before = web.get("/metrics").text();

        for (int i = 0; i < MADE_UP; i++) {
            String path = i % 2 == 0 ? "/v1/tasks/a" : "/nowhere%zz";
            String answer =
                    RawHttp.exchange(coordinator.port(), "MADEUP" + i + " " + path + " HTTP/1.1\r\nhost: x\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 405").contains("allow: DELETE, GET");
        }

        String after = web.get("/metrics").text();
        assertThat(after).doesNotContain("MADEUP").contains("method=\"other\"");
        assertThat(after.lines().count() - before.lines().count()).isLessThan(MADE_UP);
    }
}
