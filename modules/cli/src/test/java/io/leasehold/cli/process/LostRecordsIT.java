package io.leasehold.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.ClusterView;
import io.leasehold.api.ClusterView.ShardView;
import io.leasehold.api.Task;
import io.leasehold.cli.local.CoordinatorChild;
import io.leasehold.cli.local.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker that comes back without a journal's records looks like a journal in which nothing was ever written. */
@Timeout(120)
class LostRecordsIT {
    private static final Map<String, String> SETTINGS = Map.of("zookeeper.session.ms", "2000");

    @Test
    void shardWhoseRecordsAreLostIsStoppedAndSaysSoAndTheOthersServe() throws IOException {
        Path parent = Files.createDirectories(Path.of("target", "process-tests"));
        Path directory = Files.createTempDirectory(parent, "lost-").toAbsolutePath();
        try (LocalCluster cluster = new LocalCluster(directory, SETTINGS)) {
            cluster.start();
            CoordinatorChild before = cluster.launch("c1", Map.of());
            before.awaitReady();
            await(before, view -> view.shards().stream().allMatch(LostRecordsIT::isActive));
            for (int shard = 0; shard < Homes.SHARDS; shard++) {
                assertThat(Wire.to(before).submit(Task.of("lost", 1).id(Homes.idAt(shard, "before"))))
                        .isTrue();
            }
            before.close();
            cluster.broker().stop();
            deleteSegments(directory.resolve("kafka"), "leasehold.journal-1");
            cluster.broker().start();

            CoordinatorChild after = cluster.launch("c1", Map.of());
            ClusterView view = await(
                    after,
                    seen -> "stopped".equals(seen.shards().get(1).status())
                            && seen.shards().stream()
                                            .filter(LostRecordsIT::isActive)
                                            .count()
                                    == 3);

            assertThat(view.shards().get(1).problem())
                    .contains("Records are lost")
                    .contains("witness/1");
            assertThat(Wire.to(after).get(Homes.idAt(0, "before")).id()).isNotNull();
            assertThat(Wire.to(after).submit(Task.of("lost", 1).id(Homes.idAt(1, "after"))))
                    .isFalse();
        }
    }

    private static boolean isActive(ShardView shard) {
        return "active".equals(shard.status());
    }

    private static void deleteSegments(Path broker, String partition) throws IOException {
        List<Path> found;
        try (Stream<Path> all = Files.walk(broker)) {
            found = all.filter(Files::isRegularFile)
                    .filter(file -> file.getParent().getFileName().toString().equals(partition))
                    .filter(file -> !file.getFileName().toString().equals("partition.metadata"))
                    .toList();
        }
        assertThat(found).as("files of %s", partition).isNotEmpty();
        for (Path file : found) {
            Files.delete(file);
        }
    }

    private static ClusterView await(CoordinatorChild asked, Predicate<ClusterView> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> Wire.to(asked).cluster(), wanted);
    }
}
