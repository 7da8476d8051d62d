package io.leasehold.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.ClusterView.ShardView;
import io.leasehold.api.Task;
import io.leasehold.cli.verify.Verification;
import io.leasehold.embedded.ChildJvm;
import io.leasehold.embedded.FreePort;
import io.leasehold.verify.ShardVerdict;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody writes into a journal who should not: its shard stops, and goes on once an operator has looked at it. */
@Timeout(120)
class GarbageIT {
    private static final byte[] GARBAGE = "garbage".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private final String url = "http://127.0.0.1:" + FreePort.take();
    private final String kafka = "127.0.0.1:" + FreePort.take();
    private final int zooKeeperPort = FreePort.take();
    private ChildJvm running;

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
    }

    @Test
    void shardThatGarbageStoppedGoesOnOnceItIsVoided() throws Exception {
        running = start("first");
        Wire wire = Wire.to(URI.create(url));
        assertThat(wire.submit(Task.of("q", 1).id("before"))).isTrue();
        refused(journalVoid(0, "--execute"), "owns it and serves it");

        long offset = append(GARBAGE);
        String problem = awaitStatus(wire, "stopped").problem();
        assertThat(problem).contains("leasehold journal void --shard 0 --offset " + offset);
        running.close();
        running = start("second");
        assertThat(running.logTail(40)).contains("NOT SERVED: shard 0: ").contains("--offset " + offset);
        refused(journalVoid(offset - 1, "--execute"), "a record of format 1 (expected: garbage");
        assertThat(done(journalVoid(offset)))
                .contains("67 61 72 62 61 67 65")
                .contains("dry run; add --execute to do it");

        assertThat(done(journalVoid(offset, "--execute"))).contains("void from now on, by the mark at offset ");

        awaitStatus(wire, "active");
        assertThat(wire.get("before").state()).isEqualTo("ready");
        assertThat(wire.submit(Task.of("q", 1).id("after"))).isTrue();
        List<ShardVerdict> verdicts = Verification.of(kafka).run((shard, from, next, to) -> {});
        assertThat(verdicts).singleElement().satisfies(verdict -> {
            assertThat(verdict.broken()).isEmpty();
            assertThat(verdict.voided()).containsExactly(offset);
        });
    }

    private ChildJvm start(String name) throws IOException {
        ChildJvm child = Cli.start(
                directory.resolve(name + ".log"),
                "standalone",
                "--data",
                directory.resolve("data").toString(),
                "--port",
                port(url),
                "--kafka-port",
                port(kafka),
                "--zookeeper-port",
                Integer.toString(zooKeeperPort),
                "--override",
                "shards=1");
        Awaitility.await("ready").atMost(Duration.ofSeconds(60)).until(() -> {
            assertThat(child.isAlive()).as(child.logTail(40)).isTrue();
            return child.logTail(40).contains("Ctrl-C stops it");
        });
        return child;
    }

    private static String port(String address) {
        return address.substring(address.lastIndexOf(':') + 1);
    }

    private long append(byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>("leasehold.journal", 0, null, value))
                    .get(30, TimeUnit.SECONDS)
                    .offset();
        }
    }

    private static ShardView awaitStatus(Wire wire, String status) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> wire.cluster().shards().get(0), shard -> status.equals(shard.status()));
    }

    private Cli.Ended journalVoid(long offset, String... more) throws IOException {
        String[] args = {
            "journal",
            "void",
            "--shard",
            "0",
            "--offset",
            Long.toString(offset),
            "--url",
            url,
            "--bootstrap-servers",
            kafka
        };
        String[] all = Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return Cli.run(directory, all);
    }

    private static String done(Cli.Ended ended) {
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return ended.out();
    }

    private static void refused(Cli.Ended ended, String why) {
        assertThat(ended.exitCode()).as(ended.out()).isEqualTo(1);
        assertThat(ended.err()).contains(why);
    }
}
