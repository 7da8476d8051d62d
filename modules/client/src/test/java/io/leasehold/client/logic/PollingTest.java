package io.leasehold.client.logic;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.ClusterView.Coordinator;
import io.leasehold.api.Outcome;
import io.leasehold.api.ring.HashRing;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PollingTest {
    private static final String WORKER = "w-1";

    @Test
    void homeIsTheFirstOnTheRing() {
        ScriptedCluster cluster = cluster(5, 1);

        cluster.runFor(100);

        assertThat(polls(cluster).get(0).url()).isEqualTo(order(cluster).get(0));
    }

    @Test
    void idleWorkerWaitsAtHomeAndLooksAtEveryOther() {
        ScriptedCluster cluster = cluster(4, 1);
        cluster.runFor(1_000);
        int before = polls(cluster).size();

        cluster.runFor(600);

        List<Action.SendPoll> round =
                polls(cluster).subList(before, polls(cluster).size());
        String home = order(cluster).get(0);
        assertThat(round.stream().map(Action.SendPoll::url).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(cluster.nodes.keySet());
        assertThat(round)
                .allMatch(poll -> poll.url().equals(home)
                        ? poll.body().waitMs() > 300 && poll.body().waitMs() <= 400
                        : poll.body().waitMs() == 0);
    }

    @Test
    void taskStartsWithinASecondWhereverItIs() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            ScriptedCluster cluster = new ScriptedCluster(1 + random.nextInt(8));
            cluster.nodes.values().forEach(node -> node.latencyMs = 1 + random.nextInt(10));
            cluster.start(settings(1), random.nextLong());
            cluster.runFor(500 + random.nextInt(5_000));
            String url = List.copyOf(cluster.nodes.keySet()).get(random.nextInt(cluster.nodes.size()));

            cluster.submit(url, "task");
            cluster.runFor(1_000);

            assertThat(cluster.started).as("seed %d, case %d, %s", seed, i, url).containsKey("task");
        }
    }

    @Test
    void taskStartsWithinASecondThoughAnotherCoordinatorHangsOrIsDown() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            ScriptedCluster cluster = new ScriptedCluster(3);
            cluster.start(settings(1), random.nextLong());
            cluster.runFor(500 + random.nextInt(2_000));
            List<String> urls = List.copyOf(cluster.nodes.keySet());
            int sick = random.nextInt(3);
            boolean hangs = random.nextBoolean();
            cluster.node(urls.get(sick)).hung = hangs;
            cluster.node(urls.get(sick)).down = !hangs;
            cluster.runFor(random.nextInt(15_000));
            String url = urls.get((sick + 1 + random.nextInt(2)) % 3);

            cluster.submit(url, "task");
            cluster.runFor(hangs ? 1_500 : 1_000);

            assertThat(cluster.started).as("seed %d, case %d", seed, i).containsKey("task");
        }
    }

    @Test
    void loneCoordinatorIsLongPolled() {
        ScriptedCluster cluster = cluster(1, 7);

        cluster.runFor(100_000);

        assertThat(polls(cluster))
                .hasSizeBetween(4, 6)
                .allMatch(poll -> poll.body().waitMs() == 25_000 && poll.body().max() == 7);
    }

    @Test
    void pollIsSizedToTheFreeSlots() {
        ScriptedCluster cluster = cluster(1, 5);
        cluster.runFor(100);
        for (int i = 0; i < 3; i++) {
            cluster.submit("http://c1:8470", "t" + i);
            cluster.runFor(10);
        }

        assertThat(polls(cluster)).extracting(poll -> poll.body().max()).containsExactly(5, 4, 3, 2);
    }

    @Test
    void fullWorkerDoesNotPollUntilASlotIsFree() {
        ScriptedCluster cluster = cluster(2, 1);
        cluster.submit(order(cluster).get(0), "a");
        cluster.runFor(1_000);
        int before = polls(cluster).size();
        cluster.runFor(5_000);
        assertThat(polls(cluster)).hasSize(before);

        cluster.finish(cluster.leaseOf("a"), TaskResult.success(null));

        assertThat(polls(cluster)).hasSize(before + 1);
    }

    @Test
    void coordinatorWithWorkDoesNotKeepTheWorkerFromOthers() {
        ScriptedCluster cluster = cluster(3, 1);
        cluster.handlerMs = 5;
        String home = order(cluster).get(0);
        for (int i = 0; i < 5_000; i++) {
            cluster.submit(home, "h" + i);
        }
        cluster.runFor(2_000);

        cluster.submit(order(cluster).get(2), "other");
        cluster.runFor(1_000);

        assertThat(cluster.started).containsKey("other");
        assertThat(polls(cluster).stream()
                        .filter(poll -> poll.url().equals(home))
                        .count())
                .as("mostly at home, where the work is")
                .isGreaterThan(polls(cluster).size() * 9L / 10);
    }

    @Test
    void addressInAnEmptyAnswerIsFollowed() {
        ScriptedCluster cluster = cluster(4, 1);
        cluster.runFor(1_000);
        List<String> order = order(cluster);
        cluster.node(order.get(0)).see = order.get(3);
        int before = polls(cluster).size();

        cluster.runFor(500);

        List<String> urls = polls(cluster).subList(before, polls(cluster).size()).stream()
                .map(Action.SendPoll::url)
                .toList();
        int home = urls.indexOf(order.get(0));
        assertThat(urls.get(home + 1)).isEqualTo(order.get(3));
    }

    @Test
    void coordinatorsThatPointAtEachOtherDoNotMakeTheWorkerSpin() {
        ScriptedCluster cluster = cluster(2, 1);
        List<String> order = order(cluster);
        cluster.node(order.get(0)).see = order.get(1);
        cluster.node(order.get(1)).see = order.get(0);
        cluster.nodes.values().forEach(node -> node.latencyMs = 5);

        cluster.runFor(10_000);

        assertThat(polls(cluster).size()).isLessThan(1_100);
    }

    @Test
    void coordinatorThatDoesNotWaitIsNotAskedWithoutPause() {
        ScriptedCluster cluster = cluster(1, 1);
        cluster.node("http://c1:8470").answersEarly = true;

        cluster.runFor(10_000);

        assertThat(polls(cluster)).hasSizeBetween(90, 210);
    }

    @Test
    void everyPollHasAFreshId() {
        ScriptedCluster cluster = cluster(3, 1);
        cluster.runFor(20_000);

        Set<String> ids = new HashSet<>();
        assertThat(polls(cluster))
                .isNotEmpty()
                .allMatch(poll -> ids.add(poll.body().pollId()));
    }

    @Test
    void pollOfUnknownOutcomeIsRepeatedUnderItsIdAndLosesNothing() {
        ScriptedCluster cluster = cluster(2, 1);
        cluster.runFor(1_000);
        ScriptedNode home = cluster.node(order(cluster).get(0));
        home.leaseMs = 120_000;
        home.loseGrants.add(true);
        cluster.submit(home.url, "task");
        long granted = cluster.nowMs;

        cluster.runFor(10_000);

        assertThat(cluster.started).containsKey("task");
        Action.StartHandler start = cluster.sent(Action.StartHandler.class).get(0);
        assertThat(start.believedUntilMs())
                .as("believed since the poll was sent for the first time")
                .isBetween(granted - 500 + 120_000, granted + 120_000);
        assertThat(cluster.sent(Action.SendReport.class)).isEmpty();
    }

    @Test
    void grantOfAPollThatWasRepeatedLateIsBegunOnceAHeartbeatHasConfirmedIt() {
        ScriptedCluster cluster = cluster(1, 1);
        cluster.runFor(100);
        ScriptedNode node = cluster.node("http://c1:8470");
        node.loseGrants.add(true);
        cluster.submit(node.url, "task");

        cluster.runFor(Pace.DEFAULT.loneWaitMs() + Pace.DEFAULT.pollSlackMs() + 1_000);

        List<Action.SendPoll> polls = polls(cluster);
        assertThat(polls.get(1).body().pollId()).isEqualTo(polls.get(0).body().pollId());
        Action.SendHeartbeat asked = cluster.sent(Action.SendHeartbeat.class).get(0);
        assertThat(cluster.started.get("task")).isGreaterThan(cluster.timeOf(asked));
        assertThat(cluster.sent(Action.StartHandler.class).get(0).believedUntilMs())
                .isEqualTo(cluster.timeOf(asked) + ScriptedCluster.LEASE_MS);
    }

    @Test
    void grantOfAPollThatWasRepeatedLateIsGivenBackIfItWasLost() {
        ScriptedCluster cluster = cluster(1, 1);
        cluster.runFor(100);
        ScriptedNode node = cluster.node("http://c1:8470");
        node.loseGrants.add(true);
        cluster.submit(node.url, "task");
        cluster.runFor(10_000);
        cluster.shared.heldUntil.clear();

        cluster.runFor(Pace.DEFAULT.loneWaitMs());

        assertThat(cluster.started).isEmpty();
        assertThat(cluster.reported).containsExactly(Map.entry("k.0.101.m", Outcome.RELEASE));
        assertThat(polls(cluster).get(2).body().max())
                .as("its slot is free again")
                .isEqualTo(1);
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
