package io.leasehold.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {
    @Test
    void pollIsRead() throws Exception {
        assertThat(RequestReader.poll(bytes("{\"worker\":\"w\",\"queues\":[\"a\",\"b\"],\"max\":3,\"waitMs\":25000}")))
                .isEqualTo(new PollRequest("w", List.of("a", "b"), 3, 25_000, null, null, null));
    }

    @Test
    void resultsAreKeptByteForByte() throws Exception {
        ReportRequest report = RequestReader.report(
                bytes(
                        "{\"worker\":\"w\",\"reports\":[{\"outcome\":\"success\",\"result\":"
                                + " {\"a\" : [1.50, \"é\"]} ,\"lease\":\"x\"},{\"lease\":\"y\",\"outcome\":\"success\",\"result\":\"s\"}]}"));

        assertThat(report.reports().get(0).result()).isEqualTo(RawJson.of("{\"a\" : [1.50, \"é\"]}"));
        assertThat(report.reports().get(1).result()).isEqualTo(RawJson.of("\"s\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"queues\":[\"q\"],\"max\":1,\"waitMs\":0}|worker",
                "{\"worker\":\"w\",\"queues\":[],\"max\":1,\"waitMs\":0}|queues",
                "{\"worker\":\"w\",\"queues\":\"q\",\"max\":1,\"waitMs\":0}|queues",
                "{\"worker\":\"w\",\"queues\":[\"q\",null],\"max\":1,\"waitMs\":0}|queues[1]",
                "{\"worker\":\"w\",\"queues\":[\"q\"],\"max\":-1,\"waitMs\":0}|max",
                "{\"worker\":\"w\",\"queues\":[\"q\"],\"max\":1001,\"waitMs\":0}|max",
                "{\"worker\":\"w\",\"queues\":[\"q\"],\"max\":\"1\",\"waitMs\":0}|max",
                "{\"worker\":\"w\",\"queues\":[\"q\"],\"max\":1.5,\"waitMs\":0}|max",
                "{\"worker\":\"w\",\"queues\":[\"q\"],\"waitMs\":0}|max",
                "{\"worker\":\"w\",\"queues\":[\"q\"],\"max\":1,\"waitMs\":25001}|waitMs",
                "{\"worker\":\"w\",\"queues\":[\"q\"],\"max\":1,\"waitMs\":0,\"leaseMs\":1}|leaseMs",
                "{\"worker\":\"w\",\"queues\":[\"q\"],\"max\":1,\"waitMs\":0,\"seq\":1}|seq",
                "{\"worker\":\"w\",\"worker\":\"w\",\"queues\":[\"q\"],\"max\":1,\"waitMs\":0}|body",
                "[]|body",
                "null|body",
                "{|body"
            })
    void badPollIsRefusedByName(String json, String field) {
        InvalidRequest refusal = catchThrowableOfType(InvalidRequest.class, () -> RequestReader.poll(bytes(json)));

        assertThat(refusal).isNotNull();
        assertThat(refusal.field()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"worker\":\"w\",\"reports\":[{\"lease\":\"x\"}]}|reports[0].outcome",
                "{\"worker\":\"w\",\"reports\":[{\"lease\":\"x\",\"outcome\":\"SUCCESS\"}]}|reports[0].outcome",
                "{\"worker\":\"w\",\"reports\":[{\"lease\":\"x\",\"outcome\":0}]}|reports[0].outcome",
                "{\"worker\":\"w\",\"reports\":[{\"lease\":\"a b\",\"outcome\":\"success\"}]}|reports[0].lease",
                "{\"worker\":\"w\",\"reports\":[{\"outcome\":\"success\"}]}|reports[0].lease",
                "{\"worker\":\"w\",\"reports\":[null]}|reports[0]",
                "{\"worker\":\"w\",\"reports\":[{\"lease\":\"x\",\"outcome\":\"success\",\"error\":\"e\"}]}|reports[0].error",
                "{\"worker\":\"w\",\"reports\":[{\"lease\":\"x\",\"outcome\":\"failure\",\"result\":1}]}|reports[0].result",
                "{\"worker\":\"w\",\"reports\":[{\"lease\":\"x\",\"outcome\":\"failure\",\"error\":{}}]}|reports[0].error",
                "{\"worker\":\"w\",\"reports\":[{\"lease\":\"x\",\"outcome\":\"failure\",\"retryAfterMs\":-1}]}|reports[0].retryAfterMs",
                "{\"worker\":\"w\",\"reports\":[{\"lease\":\"x\",\"outcome\":\"failure\",\"why\":1}]}|reports[0].why"
            })
    void badReportIsRefusedByName(String json, String field) {
        InvalidRequest refusal = catchThrowableOfType(InvalidRequest.class, () -> RequestReader.report(bytes(json)));

        assertThat(refusal).isNotNull();
        assertThat(refusal.field()).isEqualTo(field);
    }

    @Test
    void tooLargeResultIsRefused() {
        String json = "{\"worker\":\"w\",\"reports\":[{\"lease\":\"x\",\"outcome\":\"success\",\"result\":\""
                + "r".repeat(Limits.MAX_RESULT_BYTES) + "\"}]}";

        assertThat(catchThrowableOfType(InvalidRequest.class, () -> RequestReader.report(bytes(json))))
                .hasMessage("reports[0].result: 65538 bytes (expected: at most 65536 bytes)");
    }

    @Test
    void purgeByQueueSaysHowManyAreExpected() throws Exception {
        assertThat(RequestReader.purge(bytes("{\"queue\":\"q\",\"limit\":7,\"expected\":9}")))
                .isEqualTo(new PurgeRequest(null, "q", 7, 9L));
        assertThat(RequestReader.purge(bytes("{\"ids\":[\"a\"]}")))
                .isEqualTo(new PurgeRequest(List.of("a"), null, null, null));
        for (String json : List.of(
                "{}",
                "{\"queue\":\"q\"}",
                "{\"queue\":\"q\",\"expected\":-1}",
                "{\"queue\":\"q\",\"expected\":1,\"limit\":0}",
                "{\"queue\":\"q\",\"ids\":[\"a\"],\"expected\":1}",
                "{\"ids\":[\"a\"],\"expected\":1}",
                "{\"ids\":[\"a\"],\"limit\":1}",
                "{\"ids\":[]}")) {
            assertThat(catchThrowableOfType(InvalidRequest.class, () -> RequestReader.purge(bytes(json))))
                    .as(json)
                    .isNotNull();
        }
    }

    @Test
    void redriveTakesEitherIdsOrAQueue() throws Exception {
        assertThat(RequestReader.redrive(bytes("{\"queue\":\"q\",\"limit\":7}")))
                .isEqualTo(new RedriveRequest(null, "q", 7));
        for (String json : List.of("{}", "{\"ids\":[\"a\"],\"queue\":\"q\"}", "{\"ids\":[]}", "{\"queue\":\"\"}")) {
            assertThat(catchThrowableOfType(InvalidRequest.class, () -> RequestReader.redrive(bytes(json))))
                    .as(json)
                    .isNotNull();
        }
    }

    @Test
    void unknownOutcomeIsRefusedWithTheWordsThatAreKnown() {
        String json = "{\"worker\":\"w\",\"reports\":[{\"lease\":\"x\",\"outcome\":\"done\"}]}";

        assertThat(catchThrowableOfType(InvalidRequest.class, () -> RequestReader.report(bytes(json))))
                .hasMessage("reports[0].outcome: done (expected: one of [success, failure, release])");
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
