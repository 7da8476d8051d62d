package io.leasehold.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.Grant;
import io.leasehold.api.ReportStatus;
import io.leasehold.api.Task;
import io.leasehold.api.TaskRequest;
import io.leasehold.cli.local.CoordinatorChild;
import io.leasehold.cli.local.LocalCluster;
import io.leasehold.cli.verify.Verification;
import io.leasehold.verify.Count;
import io.leasehold.verify.Guarantee;
import io.leasehold.verify.ShardVerdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster whose owners are killed leaves topics that prove the guarantees; one forged record, and they do not. */
@Timeout(180)
class VerifyIT {
    private static final Map<String, String> SETTINGS = Map.of(
            "shards", "2",
            "zookeeper.session.ms", "4000",
            "tick.ms", "500",
            "proof.max.age.ms", "2000",
            "max.expiries", "1",
            "journal.carry.from.bytes", "0",
            "dedupe.max.ends", "20");
    private static final String ENDED = "leasehold.ended";

    @Test
    void clusterThatLostItsOwnersIsProvenAndAForgedEndIsFound() throws Exception {
        Path parent = Files.createDirectories(Path.of("target", "process-tests"));
        Path directory = Files.createTempDirectory(parent, "verify-").toAbsolutePath();
        try (LocalCluster cluster = new LocalCluster(directory, SETTINGS)) {
            cluster.start();
            CoordinatorChild first = cluster.launch("c1", Map.of());
            first.awaitReady();
            Wire wire = Wire.to(first);
            awaitService(wire);
            overKafka(cluster);
            live(wire, "one");
            redrive(first, directory);
            first.jvm().kill();
            CoordinatorChild second = cluster.launch("c2", Map.of());
            second.awaitReady();
            awaitService(Wire.to(second));
            live(Wire.to(second), "two");

            Verification verification =
                    Verification.of(cluster.bootstrapServers()).withMaxExpiries(1);
            awaitEverything(verification);
            assertThat(cli(directory, cluster, "--from", "newest-base"))
                    .contains("Proven: no guarantee is broken in 2 shards.");
            second.close();
            assertThat(cli(directory, cluster, "--from", "beginning")).contains("Proven");

            forgeAnEnd(cluster);
            List<ShardVerdict> verdicts = verification.run((shard, from, next, to) -> {});
            assertThat(verdicts.get(1).broken()).isEmpty();
            assertThat(verdicts.get(0).broken())
                    .extracting(broken -> broken.guarantee())
                    .containsExactly(Guarantee.ENDED);
            Cli.Ended refuted = verify(directory, cluster, "-o", "json");
            assertThat(refuted.exitCode()).isEqualTo(1);
            assertThat(refuted.out()).startsWith("{\"proven\":false,").contains("\"guarantee\":\"ended\"");
        }
    }

    private static void awaitService(Wire wire) {
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> {
            boolean all = true;
            for (int shard = 0; shard < 2; shard++) {
                all &= wire.submit(Task.of("probe", 1).id(Homes.idAt(shard, "probe")));
            }
            return all;
        });
    }

    /** A task for every way there is, on both shards. */
    private static void live(Wire wire, String name) {
        for (int i = 0; i < 40; i++) {
            submit(wire, Task.of("work", i).id(name + "-done-" + i));
            assertThat(wire.succeed("w", one(wire, "work").lease(), "1")).isEqualTo(ReportStatus.OK);
        }
        for (int i = 0; i < 4; i++) {
            String id = name + "-" + i;
            submit(wire, Task.of("fails", i).id(id + "-dead").maxAttempts(1));
            assertThat(wire.fail("w", one(wire, "fails").lease(), "no")).isEqualTo(ReportStatus.OK);
            submit(wire, Task.of("silent", i).id(id + "-silent").lease(Duration.ofSeconds(1)));
            one(wire, "silent");
            submit(wire, Task.of("later", i).id(id + "-cancelled"));
            wire.cancel(id + "-cancelled");
            submit(
                    wire,
                    Task.of("later", i).id(id + "-late").deadline(Instant.now().plusMillis(300)));
            submit(wire, Task.of("later", i).id(id + "-delayed").delay(Duration.ofMinutes(10)));
            submit(wire, Task.of("held", i).id(id + "-held").lease(Duration.ofMinutes(10)));
            one(wire, "held");
            submit(wire, Task.of("waits", i).id(id + "-waits"));
        }
    }

    private static void submit(Wire wire, TaskRequest task) {
        assertThat(wire.submit(task)).isTrue();
    }

    private static Grant one(Wire wire, String queue) {
        return wire.poll("w", queue, 1, 10_000).get(0);
    }

    private static void redrive(CoordinatorChild coordinator, Path directory) throws Exception {
        String url = coordinator.url().toString();
        Cli.Ended redriven = Cli.run(directory, "dead", "redrive", "--url", url, "--queue", "fails", "--execute");
        assertThat(redriven.exitCode()).as(redriven.err()).isZero();
    }

    /** All that was to happen has, and everything that lives was written again at least once. */
    private static void awaitEverything(Verification verification) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    List<ShardVerdict> verdicts = verification.run((shard, from, next, to) -> {});
                    assertThat(verdicts)
                            .allSatisfy(verdict -> assertThat(verdict.broken()).isEmpty())
                            .allSatisfy(verdict ->
                                    assertThat(verdict.count(Count.TRIMS)).isPositive());
                    assertThat(sum(verdicts, Count.CLAIMS)).isEqualTo(4);
                    assertThat(sum(verdicts, Count.SUCCEEDED)).isEqualTo(80);
                    assertThat(sum(verdicts, Count.ATTEMPTS_EXHAUSTED)).isEqualTo(8);
                    assertThat(sum(verdicts, Count.REDRIVEN)).isEqualTo(4);
                    assertThat(sum(verdicts, Count.CANCELLED)).isEqualTo(8);
                    assertThat(sum(verdicts, Count.DEADLINE_PASSED)).isEqualTo(8);
                    assertThat(sum(verdicts, Count.EXPIRIES_EXHAUSTED)).isPositive();
                });
    }

    private static long sum(List<ShardVerdict> verdicts, Count count) {
        return verdicts.stream().mapToLong(verdict -> verdict.count(count)).sum();
    }

    private static void overKafka(LocalCluster cluster) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(cluster)) {
            for (int i = 0; i < 20; i++) {
                byte[] id = ("kafka-" + i).getBytes(StandardCharsets.UTF_8);
                byte[] task = "{\"queue\":\"kafka\",\"payload\":1}".getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>("leasehold.tasks", id, task)).get(30, TimeUnit.SECONDS);
                producer.send(new ProducerRecord<>("leasehold.tasks", id, new byte[] {1}))
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }

    private static void forgeAnEnd(LocalCluster cluster) throws Exception {
        ProducerRecord<byte[], byte[]> forged = new ProducerRecord<>(
                ENDED, 0, null, "{\"id\":\"x\",\"cause\":\"succeeded\"}".getBytes(StandardCharsets.UTF_8));
        forged.headers().add("leasehold-number", "1000000".getBytes(StandardCharsets.UTF_8));
        try (KafkaProducer<byte[], byte[]> producer = producer(cluster)) {
            producer.send(forged).get(30, TimeUnit.SECONDS);
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(LocalCluster cluster) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static String cli(Path directory, LocalCluster cluster, String... more) throws Exception {
        Cli.Ended ended = verify(directory, cluster, more);
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        return ended.out();
    }

    private static Cli.Ended verify(Path directory, LocalCluster cluster, String... more) throws Exception {
        List<String> args = new ArrayList<>(List.of(
                "verify",
                "--bootstrap-servers",
                cluster.bootstrapServers(),
                "--inbox",
                "--ended",
                "--max-expiries",
                "1"));
        args.addAll(List.of(more));
        return Cli.run(directory, args.toArray(String[]::new));
    }
}
