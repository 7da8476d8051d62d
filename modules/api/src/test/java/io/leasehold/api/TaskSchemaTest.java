package io.leasehold.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema and the reader are two statements of one rule. */
class TaskSchemaTest {
    private static final Schema SCHEMA = schema();
    private static final TaskReader READER = new TaskReader(100_000);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":\"img-42\"}",
                "{\"id\":\"a~b\"}",
                "{\"id\":\"~3.Zm9yIGV4YW1wbGUsIHRoaXM1\"}",
                "{\"id\":\"größe 7\"}",
                "{\"queue\":\"images\",\"type\":\"resize\"}",
                "{\"priority\":2147483647}",
                "{\"priority\":-2147483648}",
                "{\"priority\":5.0}",
                "{\"priority\":1e3}",
                "{\"deadline\":0}",
                "{\"deadline\":253402300799999}",
                "{\"deadline\":\"2030-01-31T08:00:00Z\"}",
                "{\"deadline\":\"2030-01-31t08:00:00.123z\"}",
                "{\"notBefore\":\"2030-01-31T08:00:00+05:30\"}",
                "{\"notBefore\":\"2024-02-29T23:59:59.999999999-11:00\"}",
                "{\"delayMs\":0}",
                "{\"delayMs\":315576000000}",
                "{\"payload\":null}",
                "{\"payload\":\"text\"}",
                "{\"payload\":[1,{\"a\":[]}],\"id\":\"x\"}",
                "{\"payload\":-1.5e300}",
                "{\"maxAttempts\":1}",
                "{\"maxAttempts\":1000}",
                "{\"leaseMs\":1000}",
                "{\"leaseMs\":86400000}",
                "{\"backoff\":{}}",
                "{\"backoff\":{\"initialMs\":1,\"multiplier\":1,\"maxMs\":1}}",
                "{\"backoff\":{\"initialMs\":86400000,\"multiplier\":100,\"maxMs\":604800000}}",
                "{\"backoff\":{\"multiplier\":1.5}}",
                "{\"delayMs\":5,\"deadline\":99}"
            })
    void readerAndSchemaAccept(String json) throws Exception {
        assertThat(schemaErrors(json)).isEmpty();
        assertThat(READER.read(bytes(json))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|task",
                "7|task",
                "\"text\"|task",
                "null|task",
                "{\"ID\":\"x\"}|ID",
                "{\"group\":\"g\"}|group",
                "{\"labels\":{\"a\":\"b\"}}|labels",
                "{\"traceparent\":\"x\"}|traceparent",
                "{\"id\":\"\"}|id",
                "{\"id\":\"~0.x\"}|id",
                "{\"id\":\"~3.Zm9yIGV4YW1wbGUsIHRoaXM\"}|id",
                "{\"id\":\"~3.Zm9yIGV4YW1wbGUsIHRoaXM15\"}|id",
                "{\"id\":7}|id",
                "{\"id\":null}|id",
                "{\"id\":\"a\\u0000b\"}|id",
                "{\"id\":\"a\\u202eb\"}|id",
                "{\"id\":\"a\\u2028b\"}|id",
                "{\"queue\":\"\"}|queue",
                "{\"queue\":\"a\\nb\"}|queue",
                "{\"queue\":[\"a\"]}|queue",
                "{\"type\":{}}|type",
                "{\"type\":\"\\u007f\"}|type",
                "{\"priority\":\"high\"}|priority",
                "{\"priority\":2147483648}|priority",
                "{\"priority\":-2147483649}|priority",
                "{\"priority\":1.5}|priority",
                "{\"priority\":99999999999999999999999}|priority",
                "{\"priority\":true}|priority",
                "{\"deadline\":-1}|deadline",
                "{\"deadline\":253402300800000}|deadline",
                "{\"deadline\":\"tomorrow\"}|deadline",
                "{\"deadline\":\"2030-01-31\"}|deadline",
                "{\"deadline\":\"2030-01-31T08:00Z\"}|deadline",
                "{\"deadline\":\"2030-01-31T08:00:00\"}|deadline",
                "{\"deadline\":\"2030-13-31T08:00:00Z\"}|deadline",
                "{\"deadline\":\"2030-02-30T08:00:00Z\"}|deadline",
                "{\"notBefore\":\"2030-01-31T08:00:00.Z\"}|notBefore",
                "{\"notBefore\":1.5}|notBefore",
                "{\"delayMs\":-1}|delayMs",
                "{\"delayMs\":315576000001}|delayMs",
                "{\"delayMs\":0,\"notBefore\":5}|delayMs",
                "{\"maxAttempts\":0}|maxAttempts",
                "{\"maxAttempts\":1001}|maxAttempts",
                "{\"leaseMs\":999}|leaseMs",
                "{\"leaseMs\":86400001}|leaseMs",
                "{\"leaseMs\":\"30s\"}|leaseMs",
                "{\"backoff\":5}|backoff",
                "{\"backoff\":{\"jitter\":1}}|backoff.jitter",
                "{\"backoff\":{\"initialMs\":0}}|backoff.initialMs",
                "{\"backoff\":{\"multiplier\":0.5}}|backoff.multiplier",
                "{\"backoff\":{\"multiplier\":\"2\"}}|backoff.multiplier",
                "{\"backoff\":{\"maxMs\":604800001}}|backoff.maxMs"
            })
    void readerAndSchemaRefuse(String json, String field) {
        assertThat(schemaErrors(json)).isNotEmpty();
        assertThat(TaskReaderTest.refusal(READER, json).field()).isEqualTo(field);
    }

    private static List<Error> schemaErrors(String json) {
        return SCHEMA.validate(
                json,
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static Schema schema() {
        try (InputStream in = TaskReader.class.getResourceAsStream("task-v1.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
