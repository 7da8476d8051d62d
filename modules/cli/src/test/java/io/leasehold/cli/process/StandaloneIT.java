package io.leasehold.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.Grant;
import io.leasehold.api.ReportStatus;
import io.leasehold.api.Task;
import io.leasehold.embedded.ChildJvm;
import io.leasehold.embedded.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(150)
class StandaloneIT {
    @TempDir
    private Path directory;

    private final int port = FreePort.take();
    private final int kafkaPort = FreePort.take();
    private final int zooKeeperPort = FreePort.take();
    private final URI url = URI.create("http://127.0.0.1:" + port);
    private ChildJvm running;

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
    }

    @Test
    void killedStandaloneLosesNothingAndLeavesNoBrokerBehind() throws IOException {
        running = start("first");
        Wire wire = Wire.to(url);
        for (int i = 0; i < 50; i++) {
            assertThat(wire.submit(Task.of("q", i).id("task-" + i).priority(i))).isTrue();
        }
        List<Grant> grants = wire.poll("w", "q", 10, 5_000);
        assertThat(grants).hasSize(10);
        grants.subList(0, 5)
                .forEach(grant ->
                        assertThat(wire.succeed("w", grant.lease(), "1")).isEqualTo(ReportStatus.OK));
        List<ProcessHandle> children = running.process().descendants().toList();
        assertThat(children).as("the broker").isNotEmpty();

        running.kill();
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        running = start("second");

        List<String> states = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            states.add(wire.get("task-" + i).state());
        }
        assertThat(states.stream().filter("completed"::equals)).hasSize(5);
        assertThat(states.stream().filter("leased"::equals)).hasSize(5);
        assertThat(states.stream().filter("ready"::equals)).hasSize(40);
        assertThat(wire.succeed("w", grants.get(9).lease(), "1"))
                .as("a lease from before the kill")
                .isEqualTo(ReportStatus.OK);
        assertAnotherOneOnTheSameDataIsRefused();
        assertTheReadmesCommandsWork();
    }

    private void assertAnotherOneOnTheSameDataIsRefused() throws IOException {
        Cli.Ended second = Cli.run(
                directory, "standalone", "--data", directory.resolve("data").toString());

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err()).contains("--data").contains(Long.toString(running.pid()));
    }

    private void assertTheReadmesCommandsWork() throws IOException {
        String at = url.toString();
        Cli.Ended submitted = Cli.run(
                directory, "submit", "--url", at, "--id", "hi", "--queue", "hello", "--payload", "{\"name\":\"a b\"}");
        Cli.Ended overKafka = Cli.run(
                directory,
                "submit",
                "--bootstrap-server",
                "127.0.0.1:" + kafkaPort,
                "--id",
                "hi-kafka",
                "--queue",
                "hello",
                "--payload",
                "[1]",
                "-o",
                "json");
        assertThat(submitted).isEqualTo(new Cli.Ended(0, submitted.out(), ""));
        assertThat(submitted.out()).startsWith("hi accepted, shard ");
        assertThat(overKafka.exitCode()).as(overKafka.err()).isZero();
        try (ChildJvm worker = Cli.start(
                directory.resolve("worker.log"), "worker", "--url", at, "--queue", "hello", "--exec", "cat")) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> List.of("hi", "hi-kafka").stream()
                            .allMatch(id ->
                                    "completed".equals(Wire.to(url).get(id).state())));
            assertThat(worker.isAlive()).isTrue();
        }
        Cli.Ended shown = Cli.run(directory, "task", "get", "hi", "--url", at);
        assertThat(shown.out()).contains("completed").contains("{\"name\":\"a b\"}");
        assertThat(Cli.run(directory, "queues", "--url", at).out()).contains("hello");
        assertThat(Cli.run(directory, "cluster", "--url", at, "--output", "json")
                        .out())
                .contains("\"standalone\"");
        Cli.Ended unknown = Cli.run(directory, "task", "get", "nobody", "--url", at);
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("no such task");
    }

    private ChildJvm start(String name) throws IOException {
        ChildJvm child = Cli.start(
                directory.resolve(name + ".log"),
                "standalone",
                "--data",
                directory.resolve("data").toString(),
                "--port",
                Integer.toString(port),
                "--kafka-port",
                Integer.toString(kafkaPort),
                "--zookeeper-port",
                Integer.toString(zooKeeperPort));
        Awaitility.await("ready; its log: " + directory.resolve(name + ".log"))
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    assertThat(child.isAlive()).as(child.logTail(40)).isTrue();
                    return child.logTail(40).contains("Ready.");
                });
        return child;
    }
}
