package io.leasehold.cli.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.cli.http.Coordinator;
import io.leasehold.embedded.ChildJvm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A trace context on its way from who submits, through the journal, to a worker that runs commands. */
@Timeout(120)
class TraceIT {
    private static final String QUEUE = "traced";
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACE = "00-" + TRACE_ID + "-00f067aa0ba902b7-01";

    @TempDir
    private Path directory;

    private Pair pair;
    private URI url;
    private Path log;
    private ChildJvm worker;

    @BeforeEach
    void startWorker() throws IOException {
        pair = Pair.shared();
        url = pair.alive().get(0).url();
        log = directory.resolve("worker.log");
        worker = Cli.start(
                log,
                "worker",
                "-v",
                "--url",
                url.toString(),
                "--queue",
                QUEUE,
                "--exec",
                "printf '\"%s\"' \"$TRACEPARENT\"");
    }

    @AfterEach
    void stopWorker() {
        worker.close();
    }

    @Test
    void headerOfAKafkaRecordReachesTheCommandAndTheWorkersLogLines() throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", pair.cluster().bootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            ProducerRecord<String, String> traced =
                    new ProducerRecord<>("leasehold.tasks", "over-kafka", "{\"queue\":\"" + QUEUE + "\"}");
            traced.headers().add("traceparent", TRACE.getBytes(US_ASCII));
            producer.send(traced).get();
        }

        assertThat(resultOf("over-kafka")).isEqualTo('"' + TRACE + '"');
        assertThat(logLineOf("over-kafka")).contains(" trace_id=" + TRACE_ID + " ");
    }

    @Test
    void headerOfAnHttpRequestReachesTheCommand() throws Exception {
        Coordinator coordinator = Coordinator.at(url, Duration.ofSeconds(30));
        byte[] task = ("{\"id\":\"over-http\",\"queue\":\"" + QUEUE + "\"}").getBytes(US_ASCII);

        assertThat(coordinator
                        .postForAnswer("/v1/tasks", task, Map.of("traceparent", TRACE))
                        .statusCode())
                .isEqualTo(201);

        assertThat(resultOf("over-http")).isEqualTo('"' + TRACE + '"');
        assertThat(logLineOf("over-http")).contains(" trace_id=" + TRACE_ID + " ");
    }

    @Test
    void malformedHeaderIsIgnoredAndTheTaskRuns() throws Exception {
        Coordinator coordinator = Coordinator.at(url, Duration.ofSeconds(30));
        byte[] task = ("{\"id\":\"untraced\",\"queue\":\"" + QUEUE + "\"}").getBytes(US_ASCII);

        coordinator.postForAnswer("/v1/tasks", task, Map.of("traceparent", "00-" + TRACE_ID + "-0-01"));

        assertThat(resultOf("untraced")).isEqualTo("\"\"");
        assertThat(logLineOf("untraced")).doesNotContain("trace_id=");
    }

    @Test
    void commandLineSubmitsUnderATraceOverBothDoors() throws Exception {
        String[] doors = {
            "--url", url.toString(), "--bootstrap-server", pair.cluster().bootstrapServers()
        };
        for (int i = 0; i < doors.length; i += 2) {
            String id = "by" + doors[i];
            Cli.Ended submitted = Cli.run(
                    directory, "submit", doors[i], doors[i + 1], "--id", id, "--queue", QUEUE, "--traceparent", TRACE);

            assertThat(submitted.exitCode()).as(submitted.err()).isZero();
            assertThat(resultOf(id)).isEqualTo('"' + TRACE + '"');
        }
    }

    private String resultOf(String id) {
        return Awaitility.await(id + " completed; the worker logs to " + log)
                .atMost(Duration.ofSeconds(40))
                .ignoreExceptions()
                .until(() -> Wire.to(url).get(id), task -> task.state().equals("completed"))
                .result()
                .toString();
    }

    private String logLineOf(String id) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains("Task " + id + " attempt 1: exit code 0"))
                .findFirst()
                .orElseThrow();
    }
}
