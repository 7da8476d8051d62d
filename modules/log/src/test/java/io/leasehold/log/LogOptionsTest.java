package io.leasehold.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LogOptionsTest {
    @Test
    void aSettingThatKafkaDoesNotKnowIsRefusedByName() {
        assertThatThrownBy(() -> with(Map.of("lingr.ms", "5"), Map.of(), Map.of()))
                .hasMessage("producer.lingr.ms: 5 (expected: a setting that Kafka knows)");
    }

    @Test
    void aSettingThatTheGuaranteesRestOnIsRefusedByName() {
        assertThatThrownBy(() -> with(Map.of("acks", "1"), Map.of(), Map.of()))
                .hasMessageStartingWith("producer.acks: 1 (expected: not set");
        assertThatThrownBy(() -> with(Map.of(), Map.of("auto.offset.reset", "latest"), Map.of()))
                .hasMessageStartingWith("consumer.auto.offset.reset: latest (expected: not set");
        assertThatThrownBy(() -> with(Map.of(), Map.of(), Map.of("default.api.timeout.ms", "1")))
                .hasMessageStartingWith("admin.default.api.timeout.ms: 1 (expected: not set");
    }

    @Test
    void anyOtherSettingIsPassedOn() {
        LogOptions options = with(Map.of("compression.type", "lz4"), Map.of("fetch.max.bytes", "1"), Map.of());
        assertThat(options.producer()).containsEntry("compression.type", "lz4");
        assertThat(options.topics().journal()).isEqualTo("leasehold.journal");
    }

    @Test
    void aNumberOutOfItsRangeIsRefusedByName() {
        assertThatThrownBy(() -> LogOptions.of("a:1", 0, 1)).hasMessage("shards: 0 (expected: 1 to 10000)");
        assertThatThrownBy(() -> LogOptions.of(" ", 1, 1)).hasMessageStartingWith("bootstrap.servers: ");
    }

    private static LogOptions with(
            Map<String, String> producer, Map<String, String> consumer, Map<String, String> admin) {
        return new LogOptions(
                "127.0.0.1:9092",
                LogOptions.TOPIC_PREFIX,
                1,
                1,
                LogOptions.APPEND_TIMEOUT,
                LogOptions.CONNECT_TIMEOUT,
                producer,
                consumer,
                admin);
    }
}
