package io.leasehold.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.Grant;
import io.leasehold.api.ReportStatus;
import io.leasehold.api.Task;
import io.leasehold.api.TaskRequest;
import io.leasehold.cli.local.CoordinatorChild;
import io.leasehold.cli.local.LocalCluster;
import io.leasehold.cli.verify.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Journals and inboxes are deleted behind what matters, and a broker that forgets the deletion changes nothing. */
@Timeout(180)
class ShortJournalIT {
    private static final TopicPartition JOURNAL = new TopicPartition("leasehold.journal", 0);
    private static final Map<String, String> SETTINGS = Map.of(
            "shards", "1",
            "zookeeper.session.ms", "4000",
            "journal.carry.from.bytes", "0",
            "journal.history.ms", "0",
            "dedupe.window.ms", "1000");

    @Test
    void aBrokerKilledRightAfterADeletionBringsRecordsBackThatChangeNothing() throws Exception {
        Path parent = Files.createDirectories(Path.of("target", "process-tests"));
        Path directory = Files.createTempDirectory(parent, "short-").toAbsolutePath();
        try (LocalCluster cluster = new LocalCluster(directory, SETTINGS);
                Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", cluster.bootstrapServers()))) {
            cluster.start();
            CoordinatorChild first = cluster.launch("c1", Map.of());
            first.awaitReady();
            Wire wire = Wire.to(first);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> wire.submit(keep(0)));
            for (int i = 1; i < 5; i++) {
                assertThat(wire.submit(keep(i))).isTrue();
            }
            work(wire, "first");
            // A generation that begins before the window has passed remembers the end, so more must happen until one
            // begins that does not.
            AtomicInteger done = new AtomicInteger();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> {
                        work(wire, "done-" + done.getAndIncrement());
                        return wire.getForAnswer("first").statusCode() == 404 && start(admin, JOURNAL) > 0;
                    });
            long deletedBelow = start(admin, JOURNAL);

            cluster.broker().kill();
            first.jvm().kill();
            cluster.broker().start();
            assertThat(start(admin, JOURNAL))
                    .as("this broker must have forgotten the deletion, or nothing is tested")
                    .isLessThan(deletedBelow);
            CoordinatorChild second = cluster.launch("c2", Map.of());
            second.awaitReady();
            Wire after = Wire.to(second);

            for (int i = 0; i < 5; i++) {
                assertThat(after.getPatiently("keep-" + i).state()).isEqualTo("ready");
            }
            assertThat(after.getForAnswer("first").statusCode())
                    .as("forgotten stays forgotten")
                    .isEqualTo(404);
            work(after, "more");
            assertThat(after.getPatiently("more").state()).isEqualTo("completed");
            second.close();
            Verification verification = Verification.of(cluster.bootstrapServers());
            assertThat(verification.run((shard, from, next, to) -> {}))
                    .allSatisfy(verdict -> assertThat(verdict.broken()).isEmpty());
        }
    }

    private static TaskRequest keep(int number) {
        return Task.of("keep", number).id("keep-" + number);
    }

    private static void work(Wire wire, String id) {
        assertThat(wire.submit(Task.of("work", 1).id(id))).isTrue();
        Grant grant = wire.poll("w", "work", 1, 5_000).get(0);
        assertThat(wire.succeed("w", grant.lease(), "1")).isEqualTo(ReportStatus.OK);
    }

    private static long start(Admin admin, TopicPartition partition) throws Exception {
        return admin.listOffsets(Map.of(partition, OffsetSpec.earliest()))
                .partitionResult(partition)
                .get()
                .offset();
    }
}
