package io.leasehold.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskReaderTest {
    private final TaskReader reader = new TaskReader(10_000);

    @Test
    void absentFieldsHaveTheirDefaults() throws Exception {
        TaskSpec task = reader.read(bytes("{}"));

        assertThat(task.id()).isNull();
        assertThat(task.queue()).isEqualTo("default");
        assertThat(task.type()).isNull();
        assertThat(task.priority()).isZero();
        assertThat(task.deadlineMs()).isNull();
        assertThat(task.notBeforeMs()).isNull();
        assertThat(task.delayMs()).isZero();
        assertThat(task.payload()).isEmpty();
        assertThat(task.maxAttempts()).isEqualTo(5);
        assertThat(task.leaseMs()).isEqualTo(30_000);
        assertThat(task.backoff()).isEqualTo(new BackoffSpec(1_000, 2.0, 600_000));
        assertThat(task.traceparent()).isNull();
    }

    @Test
    void everyFieldIsRead() throws Exception {
        TaskSpec task = reader.read(bytes("{\"id\":\"i\",\"queue\":\"q\",\"type\":\"t\",\"priority\":-7,"
                + "\"deadline\":\"2030-01-31T08:00:00.5+01:00\",\"notBefore\":12,\"payload\":{},\"maxAttempts\":8,"
                + "\"leaseMs\":5000,\"backoff\":{\"initialMs\":10,\"multiplier\":3.5,\"maxMs\":20}}"));

        assertThat(task.id()).isEqualTo("i");
        assertThat(task.queue()).isEqualTo("q");
        assertThat(task.type()).isEqualTo("t");
        assertThat(task.priority()).isEqualTo(-7);
        assertThat(task.deadlineMs())
                .isEqualTo(Instant.parse("2030-01-31T07:00:00.5Z").toEpochMilli());
        assertThat(task.notBeforeMs()).isEqualTo(12);
        assertThat(task.maxAttempts()).isEqualTo(8);
        assertThat(task.leaseMs()).isEqualTo(5_000);
        assertThat(task.backoff()).isEqualTo(new BackoffSpec(10, 3.5, 20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": [1, 2.50, 1E5],\n\t\"b\" : null}",
                "[ ]",
                "\"quote \\\" slash \\\\ brace } é\"",
                "\"\"",
                "-0.10",
                "12",
                "true",
                "null",
                "\"\\ud83d\\ude00 😀\""
            })
    void payloadIsKeptByteForByte(String payload) throws Exception {
        String first = "{\"queue\":\"größe\",\"payload\": " + payload + " ,\"priority\":3}";
        String last = "  {\"priority\":3,\"payload\":" + payload + "}  ";

        for (String json : List.of(first, last)) {
            TaskSpec task = reader.read(bytes(json));
            assertThat(new String(task.payload(), StandardCharsets.UTF_8)).isEqualTo(payload);
            assertThat(task.priority()).isEqualTo(3);
        }
    }

    @Test
    void stringLargerThanAnyFieldMayBeAPayload() throws Exception {
        String payload = '"' + "x".repeat(Limits.MAX_STRING_LENGTH * 3) + '"';

        TaskSpec task = new TaskReader(1_000_000).read(bytes("{\"payload\":" + payload + ",\"priority\":1}"));

        assertThat(task.payload()).hasSize(payload.length());
        assertThat(task.priority()).isEqualTo(1);
    }

    @Test
    void refusalNamesTheFieldItsValueAndWhatWasExpected() {
        assertThat(refusal(reader, "{\"priority\":\"high\"}"))
                .hasMessage("priority: \"high\" (expected: an integer from -2147483648 to 2147483647)");
        assertThat(refusal(reader, "{\"labels\":{\"a\":1}}"))
                .hasMessage("labels: {\"a\":1} (expected: no such field: it is reserved for later)");
        assertThat(refusal(reader, "{\"deadline\":4,\"notBefore\":5}"))
                .hasMessage("deadline: 4 (expected: not before notBefore, which is 5)");
        assertThat(refusal(reader, "{\"backoff\":{\"initialMs\":50,\"maxMs\":20}}"))
                .hasMessage("backoff.maxMs: 20 (expected: at least initialMs, which is 50)");
    }

    @Test
    void shownValueIsShortAndPrintable() {
        InvalidTask refusal = refusal(reader, "{\"queue\":\"\\u0007" + "x".repeat(5_000) + "\"}");

        assertThat(refusal.value()).hasSizeLessThan(100).startsWith("\"?xxx").endsWith("...");
    }

    @Test
    void backoffLongerThanTheDefaultMaximumRaisesIt() throws Exception {
        assertThat(reader.read(bytes("{\"backoff\":{\"initialMs\":3600000}}")).backoff())
                .isEqualTo(new BackoffSpec(3_600_000, 2.0, 3_600_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{",
                "{\"id\"",
                "{\"id\":",
                "{\"id\":\"x",
                "{\"payload\":",
                "{\"payload\":\"x",
                "{\"payload\":[1,",
                "{\"payload\":\"\\q\"}",
                "{\"payload\":01}",
                "{\"payload\":NaN}",
                "{\"payload\":{\"a\":1,\"a\":2}}",
                "{\"priority\":1,\"priority\":1}",
                "{\"payload\":1}x",
                "{} {}",
                "{'id':'x'}",
                "{\"id\":\"x\",}",
                "/* */{}",
                "\ufeff{}"
            })
    void malformedJsonIsRefused(String json) {
        assertThat(refusal(reader, json).field()).isEqualTo("task");
    }

    @Test
    void depthIsLimitedTo32() throws Exception {
        String payload = "[".repeat(31) + "]".repeat(31);

        assertThat(reader.read(bytes("{\"payload\":" + payload + "}")).payload())
                .hasSize(62);
        assertThat(refusal(reader, "{\"payload\":[" + payload + "]}").field()).isEqualTo("task");
    }

    @Test
    void namesAreLimitedTo200Bytes() throws Exception {
        assertThat(reader.read(bytes("{\"id\":\"" + "é".repeat(100) + "\"}")).id())
                .hasSize(100);
        assertThat(refusal(reader, "{\"id\":\"" + "é".repeat(100) + "x\"}").field())
                .isEqualTo("id");
        assertThat(refusal(reader, "{\"id\":\"\\ud800\"}").field()).isEqualTo("id");
    }

    @Test
    void sizeIsLimited() {
        assertThat(refusal(new TaskReader(20), "{\"payload\":\"0123456789\"}"))
                .hasMessage("task: 24 bytes (expected: at most 20 bytes)");
    }

    @Test
    void otherEncodingsAreRefused() {
        for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.ISO_8859_1)) {
            byte[] json = "{\"payload\":\"é\"}".getBytes(charset);
            assertThat(catchThrowableOfType(InvalidTask.class, () -> reader.read(json)))
                    .isNotNull();
        }
        byte[] overlong = {
            '{', '"', 'p', 'a', 'y', 'l', 'o', 'a', 'd', '"', ':', '"', (byte) 0xc0, (byte) 0x80, '"', '}'
        };
        assertThat(catchThrowableOfType(InvalidTask.class, () -> reader.read(overlong)))
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void keyOfARecordIsTheId() throws Exception {
        assertThat(reader.readRecord(bytes("k"), bytes("{}")).id()).isEqualTo("k");
        assertThat(reader.readRecord(bytes("k"), bytes("{\"id\":\"k\"}")).id()).isEqualTo("k");
        assertThat(reader.readRecord(null, bytes("{}")).id()).isNull();
    }

    @Test
    void recordWhoseKeyIsNoIdIsRefused() {
        byte[] task = bytes("{}");

        assertThat(recordRefusal(bytes("~1.x"), task).field()).isEqualTo("id");
        String assigned = "~3.Zm9yIGV4YW1wbGUsIHRoaXM1";
        assertThat(recordRefusal(bytes(assigned), task).field()).isEqualTo("id");
        assertThat(recordRefusal(null, bytes("{\"id\":\"" + assigned + "\"}")).field())
                .isEqualTo("id");
        assertThat(recordRefusal(bytes(""), task).field()).isEqualTo("id");
        assertThat(recordRefusal(new byte[] {(byte) 0xff}, task).field()).isEqualTo("id");
        assertThat(recordRefusal(bytes("k"), bytes("{\"id\":\"other\"}")).field())
                .isEqualTo("id");
        assertThat(recordRefusal(null, bytes("{\"id\":\"k\"}")).field()).isEqualTo("id");
        assertThat(recordRefusal(bytes("k"), null).field()).isEqualTo("task");
    }

    @Test
    void oneBadTaskOfAListDoesNotHarmTheOthers() throws Exception {
        List<TaskReader.Item> items =
                reader.readArray(bytes("[ {\"id\":\"a\",\"payload\":\"é\"},{\"priority\":\"high\"}, 7"
                        + " ,{\"id\":\"b\",\"id\":\"c\"},{\"id\":\"d\"}]"));

        assertThat(items).hasSize(5);
        assertThat(items.get(0).task().id()).isEqualTo("a");
        assertThat(items.get(0).task().payload()).isEqualTo(bytes("\"é\""));
        assertThat(items.get(1).error().field()).isEqualTo("priority");
        assertThat(items.get(2).error().field()).isEqualTo("task");
        assertThat(items.get(3).error().field()).isEqualTo("task");
        assertThat(items.get(4).task().id()).isEqualTo("d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{}", "[{},]", "{}", "", "[{}]x", "[{\"payload\":\"\\q\"}]"})
    void bodyThatIsNoListIsRefusedAsAWhole(String json) {
        assertThat(catchThrowableOfType(InvalidTask.class, () -> reader.readArray(bytes(json))))
                .extracting(InvalidTask::field)
                .isEqualTo("tasks");
    }

    @Test
    void listIsLimitedTo1000Tasks() throws Exception {
        String thousand = "[" + "{},".repeat(999) + "{}]";

        assertThat(reader.readArray(bytes(thousand))).hasSize(1_000);
        assertThat(catchThrowableOfType(
                        InvalidTask.class, () -> reader.readArray(bytes("[{}," + thousand.substring(1)))))
                .hasMessage("tasks: more (expected: at most 1000 tasks)");
    }

    @Test
    void listIsToldByItsFirstCharacter() {
        assertThat(TaskReader.isArray(bytes(" \n\t[{}]"))).isTrue();
        assertThat(TaskReader.isArray(bytes("{\"payload\":[]}"))).isFalse();
        assertThat(TaskReader.isArray(bytes(""))).isFalse();
    }

    static InvalidTask refusal(TaskReader reader, String json) {
        InvalidTask refusal = catchThrowableOfType(InvalidTask.class, () -> reader.read(bytes(json)));
        assertThat(refusal).as("refusal of %s", json).isNotNull();
        return refusal;
    }

    private InvalidTask recordRefusal(byte[] key, byte[] value) {
        return catchThrowableOfType(InvalidTask.class, () -> reader.readRecord(key, value));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
