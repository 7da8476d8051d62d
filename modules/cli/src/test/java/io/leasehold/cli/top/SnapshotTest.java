package io.leasehold.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Json;
import io.leasehold.api.QueuesView;
import io.leasehold.cli.http.Figures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private static final String BEFORE = """
            leasehold_tasks_accepted_total{queue="q",shard="0"} 100.0
            leasehold_tasks_ended_total{queue="q",shard="0",state="completed"} 90.0
            leasehold_task_wait_seconds_sum{queue="q",shard="0"} 1.0
            leasehold_task_wait_seconds_count{queue="q",shard="0"} 50.0
            leasehold_journal_append_seconds_sum{shard="0"} 1.0
            leasehold_journal_append_seconds_count{shard="0"} 1000.0
            """;
    private static final String NOW = """
            leasehold_tasks_accepted_total{queue="q",shard="0"} 120.0
            leasehold_tasks_ended_total{queue="q",shard="0",state="completed"} 92.0
            leasehold_tasks_ended_total{queue="q",shard="0",state="dead"} 4.0
            leasehold_task_wait_seconds_sum{queue="q",shard="0"} 1.5
            leasehold_task_wait_seconds_count{queue="q",shard="0"} 60.0
            leasehold_journal_append_seconds_sum{shard="0"} 1.2
            leasehold_journal_append_seconds_count{shard="0"} 1100.0
            leasehold_polls_parked 3.0
            jvm_memory_used_bytes{area="heap"} 10485760.0
            jvm_memory_max_bytes{area="heap"} 104857600.0
            """;

    @Test
    void ratesAreWhatCountersRoseByInASecond() {
        Snapshot snapshot = Snapshot.between(sample(0, "c1", BEFORE), sample(2, "c1", NOW));

        Snapshot.Queue queue = snapshot.queues().get(0);
        assertThat(queue).isEqualTo(new Snapshot.Queue("q", 7, 0, 2, 0, 10.0, 3.0, 50.0));
        Snapshot.Shard shard = snapshot.shards().get(0);
        assertThat(shard.turnsPerSecond()).isEqualTo(50);
        assertThat(shard.appendMs()).isBetween(1.99, 2.01);
        assertThat(snapshot.coordinators())
                .containsExactly(
                        new Snapshot.Coordinator("c1", "http://127.0.0.1:1", true, 1, 3L, 10L << 20, 100L << 20));
    }

    @Test
    void restartedCoordinatorCountsFromZeroAndANewOneNotAtAll() {
        Sample restarted = sample(1, "c1", "leasehold_tasks_accepted_total{queue=\"q\"} 5.0");

        assertThat(restarted.risen(sample(0, "c1", BEFORE), "leasehold_tasks_accepted_total", "queue"))
                .containsEntry("q", 5.0);
        assertThat(restarted.risen(sample(0, "other", BEFORE), "leasehold_tasks_accepted_total", "queue"))
                .containsEntry("q", 0.0);
    }

    @Test
    void coordinatorThatDoesNotAnswerIsShownSo() {
        Snapshot snapshot = Snapshot.between(sample(0, "other", BEFORE), sample(1, "other", NOW));

        assertThat(snapshot.coordinators().get(0).up()).isFalse();
        assertThat(String.join("\n", new TopPage(80, 24).lines(snapshot)))
                .contains("coordinators 0/1 up")
                .contains("no answer");
    }

    @Test
    void pageFitsTheScreenAndTellsWhatIsCut() {
        ClusterView cluster = cluster();
        List<QueuesView.QueueView> many = java.util.stream.IntStream.range(0, 40)
                .mapToObj(i ->
                        new QueuesView.QueueView("a-queue-with-a-long-name-" + i, Map.of("ready", (long) i), Map.of()))
                .toList();
        Sample sample = new Sample(0, cluster, new QueuesView(0, many, null, List.of(3)), Map.of());

        List<String> page = new TopPage(80, 24).lines(Snapshot.between(sample, sample));

        assertThat(page)
                .hasSizeLessThanOrEqualTo(24)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(page).anyMatch(line -> line.matches("\\.\\.\\. and \\d+ more queues"));
        assertThat(page.get(0)).contains("not counted: shards [3]");
        assertThat(page.get(3)).startsWith("a-queue-with-a-~").contains("39");
    }

    private static Sample sample(int seconds, String id, String figures) {
        QueuesView.QueueView queue = new QueuesView.QueueView("q", Map.of("ready", 7L, "leased", 2L), Map.of());
        Map<String, Figures> byId = Map.of(id, Figures.parse(figures));
        return new Sample(
                seconds * 1_000_000_000L, cluster(), new QueuesView(0, List.of(queue), null, List.of()), byId);
    }

    private static ClusterView cluster() {
        String view = """
                {"coordinators":[{"id":"c1","url":"http://127.0.0.1:1"}],"connected":true,"problems":[],"shards":[
                {"shard":0,"owner":"c1","url":"http://127.0.0.1:1","epoch":4,"status":"active","standby":"c2",
                "standbyReady":false,"inboxLag":0,"live":9,"leased":2}]}
                """;
        return Json.readAnswer(view.getBytes(StandardCharsets.UTF_8), ClusterView.class);
    }
}
