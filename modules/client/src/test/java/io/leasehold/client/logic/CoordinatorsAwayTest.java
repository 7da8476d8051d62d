package io.leasehold.client.logic;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.ClusterView.Coordinator;
import io.leasehold.api.ring.HashRing;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoordinatorsAwayTest {
    private static final String WORKER = "w-1";

    @Test
    void coordinatorThatIsAwayIsAskedLessAndLess() {
        ScriptedCluster cluster = cluster(2, 1);
        cluster.runFor(1_000);
        String away = order(cluster).get(1);
        cluster.node(away).down = true;
        long before = pollsTo(cluster, away);

        cluster.runFor(60_000);

        assertThat(pollsTo(cluster, away) - before).isBetween(20L, 90L);
        assertThat(polls(cluster).size() - before)
                .as("the other is asked as ever")
                .isGreaterThan(100);
    }

    @Test
    void coordinatorThatIsBackIsFoundAgain() {
        ScriptedCluster cluster = cluster(1, 1);
        cluster.runFor(1_000);
        cluster.node("http://c1:8470").down = true;
        cluster.runFor(120_000);
        cluster.node("http://c1:8470").down = false;

        cluster.submit("http://c1:8470", "task");
        cluster.runFor(25_000 + 5_000);
        cluster.runFor(4_000);

        assertThat(cluster.started).containsKey("task");
    }

    @Test
    void coordinatorThatLeftTheMapIsForgotten() {
        ScriptedCluster cluster = cluster(3, 1);
        cluster.runFor(1_000);
        String gone = order(cluster).get(0);
        cluster.map.removeIf(coordinator -> coordinator.url().equals(gone));
        cluster.node(gone).down = true;
        cluster.runFor(6_000);
        long before = pollsTo(cluster, gone);

        cluster.runFor(30_000);

        assertThat(pollsTo(cluster, gone)).isEqualTo(before);
    }

    @Test
    void coordinatorThatJoinsIsPolledSoon() {
        ScriptedCluster cluster = cluster(2, 1);
        cluster.runFor(3_000);
        cluster.nodes.put("http://new:1", new ScriptedNode("http://new:1", cluster.shared));
        cluster.map.add(new Coordinator("c-new", "http://new:1"));

        cluster.runFor(6_000);

        assertThat(pollsTo(cluster, "http://new:1")).isPositive();
    }

    @Test
    void retryAfterIsObeyed() {
        ScriptedCluster cluster = cluster(2, 1);
        cluster.runFor(1_000);
        String full = order(cluster).get(1);
        cluster.node(full).failNext.add(new Failure(429, 7_000));
        cluster.runFor(1_000);
        long before = pollsTo(cluster, full);

        cluster.runFor(5_500);
        assertThat(pollsTo(cluster, full)).isEqualTo(before);

        cluster.runFor(3_000);
        assertThat(pollsTo(cluster, full)).isGreaterThan(before);
    }

    @Test
    void mapIsAskedAgainUntilSomeoneAnswers() {
        ScriptedCluster cluster = new ScriptedCluster(2);
        for (int i = 0; i < 5; i++) {
            cluster.node("http://c1:8470").failNext.add(Failure.NO_ANSWER);
        }
        cluster.start(settings(1), 5);

        cluster.runFor(10_000);

        assertThat(cluster.sent(Action.AskCluster.class)).hasSizeGreaterThan(5);
        assertThat(polls(cluster)).isNotEmpty();
    }

    private static ScriptedCluster cluster(int coordinators, int concurrency) {
        return new ScriptedCluster(coordinators).start(settings(concurrency), 42);
    }

    private static WorkerSettings settings(int concurrency) {
        return new WorkerSettings(WORKER, List.of("q"), concurrency, null, true);
    }

    private static List<Action.SendPoll> polls(ScriptedCluster cluster) {
        return cluster.sent(Action.SendPoll.class);
    }

    private static long pollsTo(ScriptedCluster cluster, String url) {
        return polls(cluster).stream().filter(poll -> poll.url().equals(url)).count();
    }

    private static List<String> order(ScriptedCluster cluster) {
        return HashRing.of(cluster.map.stream().map(Coordinator::id).toList()).order(WORKER).stream()
                .map(id -> "http://" + id.replace("-", "") + ":8470")
                .toList();
    }
}
