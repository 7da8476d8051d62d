package io.leasehold.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodiesTest {
    @Test
    void grantsAreReadAsTheyWereWritten() {
        PollAnswer answer =
                new PollAnswer(List.of(grant(" {\"a\" : [1.50, \"é\"]}"), grant("\"s\""), grant("")), null, null);

        byte[] body = PollAnswers.write(answer);

        assertSame(PollAnswers.read(body), answer);
    }

    @Test
    void grantIsWrittenAsDocumented() {
        PollAnswer answer = new PollAnswer(List.of(grant("{\"a\" : 1}")), null, null);

        assertThat(text(PollAnswers.write(answer)))
                .isEqualTo("{\"leases\":[{\"task\":{\"id\":\"i\",\"queue\":\"q\",\"type\":\"t\",\"priority\":-3,"
                        + "\"deadline\":99,\"maxAttempts\":5,\"payload\":{\"a\" : 1}},\"lease\":\"k.0.9007199254740991.m\","
                        + "\"fence\":9007199254740991,\"attempt\":2,\"leaseMs\":30000,\"decidedAfterMs\":12}]}");
        assertThat(text(PollAnswers.write(new PollAnswer(List.of(), "http://h:1", "0a"))))
                .isEqualTo("{\"leases\":[],\"see\":\"http://h:1\",\"map\":\"0a\"}");
    }

    @Test
    void thousandGrantsAreReadAsTheyWereWritten() {
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            grants.add(grant("{\"n\":" + i + ",\"text\":\"" + "é".repeat(i % 700) + "\"}"));
        }
        PollAnswer answer = new PollAnswer(grants, null, null);

        assertSame(PollAnswers.read(PollAnswers.write(answer)), answer);
    }

    @Test
    void fieldsThatAReaderOfAnswersDoesNotKnowAreIgnored() {
        PollAnswer answer =
                PollAnswers.read(bytes("{\"new\":[{}],\"leases\":[{\"later\":{\"x\":1},\"task\":{\"id\":\"i\","
                        + "\"labels\":[],\"queue\":\"q\"},\"lease\":\"l\",\"leaseMs\":5}]}"));
        HeartbeatAnswer heartbeat = Json.readAnswer(
                bytes("{\"leases\":[{\"lease\":\"l\",\"status\":\"unheard-of\",\"x\":1}]}"), HeartbeatAnswer.class);

        assertThat(answer.leases()).hasSize(1);
        assertThat(heartbeat.leases()).containsExactly(new HeartbeatAnswer.Entry("l", LeaseStatus.RETRY, null));
    }

    @Test
    void answerThatIsNoJsonIsAnError() {
        for (String body :
                List.of("", "<html>", "{\"leases\":7}", "{\"leases\":[{}]}", "{\"leases\":[{\"task\":[]}]}")) {
            assertThatThrownBy(() -> PollAnswers.read(bytes(body))).isInstanceOf(UncheckedIOException.class);
        }
        assertThatThrownBy(() -> Json.readAnswer(bytes("<html>"), ClusterView.class))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void wordsOnTheWireAreLowerCase() {
        assertThat(text(Json.write(new HeartbeatAnswer(List.of(new HeartbeatAnswer.Entry("l", LeaseStatus.OK, 5L))))))
                .isEqualTo("{\"leases\":[{\"lease\":\"l\",\"status\":\"ok\",\"leaseMs\":5}]}");
        assertThat(text(Json.write(new ReportAnswer(List.of(new ReportAnswer.Entry("l", ReportStatus.ENDED))))))
                .isEqualTo("{\"reports\":[{\"lease\":\"l\",\"status\":\"ended\"}]}");
        assertThat(text(Json.write(new ReportRequest(
                        "w",
                        List.of(new ReportRequest.Entry(
                                "l", Outcome.SUCCESS, RawJson.of("[1.0]"), null, null, null))))))
                .isEqualTo(
                        "{\"worker\":\"w\",\"reports\":[{\"lease\":\"l\",\"outcome\":\"success\",\"result\":[1.0]}]}");
    }

    @Test
    void submitAnswerNamesADuplicateOnlyWhenItIsOne() {
        assertThat(text(Json.write(SubmitAnswer.accepted("i", 3, false)))).isEqualTo("{\"id\":\"i\",\"shard\":3}");
        assertThat(text(Json.write(SubmitAnswer.accepted("i", 3, true))))
                .isEqualTo("{\"id\":\"i\",\"shard\":3,\"duplicate\":true}");
    }

    @Test
    void taskViewIsReadAsItWasWritten() {
        TaskView view = new TaskView(
                "i",
                2,
                "q",
                null,
                "leased",
                4,
                9L,
                null,
                5,
                30_000,
                1,
                0,
                0,
                new TaskView.LeaseView("w", 30_000, 7),
                null,
                null,
                RawJson.of("{\"a\": 1}"),
                null,
                null,
                null,
                null,
                null,
                3L,
                null,
                null,
                null);

        assertThat(Json.readAnswer(Json.write(view), TaskView.class)).isEqualTo(view);
    }

    @Test
    void problemNamesItsTypeCodeAndField() throws Exception {
        Problem problem = Problem.of(new InvalidTask("priority", "\"high\"", "an integer"))
                .at("/v1/tasks");

        assertThat(text(Json.write(problem)))
                .isEqualTo("{\"type\":\"urn:leasehold:problem:invalid-task\",\"title\":\"The task breaks a rule\","
                        + "\"status\":422,\"detail\":\"priority: \\\"high\\\" (expected: an integer)\","
                        + "\"instance\":\"/v1/tasks\",\"code\":\"invalid-task\",\"field\":\"priority\"}");
    }

    @Test
    void bandsCoverEveryPriority() {
        assertThat(PriorityBand.of(Integer.MIN_VALUE)).isEqualTo(PriorityBand.NEGATIVE);
        assertThat(PriorityBand.of(-1)).isEqualTo(PriorityBand.NEGATIVE);
        assertThat(PriorityBand.of(0)).isEqualTo(PriorityBand.ZERO);
        assertThat(PriorityBand.of(3)).isEqualTo(PriorityBand.LOW);
        assertThat(PriorityBand.of(4)).isEqualTo(PriorityBand.MEDIUM);
        assertThat(PriorityBand.of(9)).isEqualTo(PriorityBand.HIGH);
        assertThat(PriorityBand.of(Integer.MAX_VALUE)).isEqualTo(PriorityBand.HIGHEST);
    }

    @Test
    void pathOfATaskIsEncoded() {
        assertThat(Routes.task("a/b c?é~+")).isEqualTo("/v1/tasks/a%2Fb%20c%3F%C3%A9%7E%2B");
    }

    @Test
    void traceparentOfALaterVersionIsCarriedInTheFormThatIsKnown() {
        String rest = "-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        assertThat(Traceparent.orNull("cc" + rest)).isEqualTo("00" + rest);
        assertThat(Traceparent.orNull("cc" + rest + "-what.the.future.holds")).isEqualTo("00" + rest);
        assertThat(Traceparent.orNull("cc" + rest + "what")).isNull();
        assertThat(Traceparent.traceId("00" + rest)).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void malformedTraceparentIsLeftOut() {
        String good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        assertThat(Traceparent.orNull(good)).isEqualTo(good);
        assertThat(Traceparent.orNull(null)).isNull();
        assertThat(Traceparent.orNull("00-x")).isNull();
        assertThat(Traceparent.orNull("ff" + good.substring(2))).isNull();
        assertThat(Traceparent.orNull(good + "-more")).isNull();
        assertThat(Traceparent.orNull(good.toUpperCase(java.util.Locale.ROOT))).isNull();
        assertThat(Traceparent.orNull("00-00000000000000000000000000000000-00f067aa0ba902b7-01"))
                .isNull();
    }

    private static Grant grant(String payload) {
        GrantedTask task = new GrantedTask("i", "q", "t", -3, 99L, 5, bytes(payload.strip()), null);
        return new Grant(task, "k.0.9007199254740991.m", 9_007_199_254_740_991L, 2, 30_000, 12);
    }

    private static void assertSame(PollAnswer read, PollAnswer written) {
        assertThat(read).usingRecursiveComparison().isEqualTo(written);
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
