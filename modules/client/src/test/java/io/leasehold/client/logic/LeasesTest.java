package io.leasehold.client.logic;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.LeaseStatus;
import io.leasehold.api.Outcome;
import io.leasehold.api.ReportStatus;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final String URL = "http://c1:8470";
    private static final long LEASE_MS = ScriptedCluster.LEASE_MS;

    @Test
    void grantIsBelievedSinceThePollWasSentPlusWhatItWaited() {
        ScriptedCluster cluster = cluster(1, 1);
        cluster.runFor(5_000);
        cluster.node(URL).latencyMs = 300;
        cluster.submit(URL, "a");
        cluster.runFor(1_000);

        Action.StartHandler start = cluster.sent(Action.StartHandler.class).get(0);
        long sentMs = cluster.timeOf(cluster.sent(Action.SendPoll.class).get(0));
        assertThat(start.grant().decidedAfterMs()).isGreaterThan(4_000);
        assertThat(start.believedUntilMs())
                .isEqualTo(sentMs + start.grant().decidedAfterMs() + LEASE_MS)
                .isLessThanOrEqualTo(cluster.shared.heldUntil.get(cluster.leaseOf("a")));
    }

    @Test
    void heartbeatIsBelievedSinceItWasSent() {
        ScriptedCluster cluster = running("a");
        cluster.node(URL).latencyMs = 400;
        cluster.runFor(5_000);

        Action.SendHeartbeat beat = cluster.sent(Action.SendHeartbeat.class).get(0);
        assertThat(cluster.believed.get(cluster.leaseOf("a"))).isEqualTo(cluster.timeOf(beat) + LEASE_MS);
    }

    @Test
    void firstHeartbeatComesSoonAndTheNextEveryThirdOfTheLease() {
        ScriptedCluster cluster = running("a");
        long startMs = cluster.nowMs;
        cluster.runFor(60_000);

        List<Long> times = cluster.sent(Action.SendHeartbeat.class).stream()
                .map(cluster::timeOf)
                .toList();
        assertThat(times.get(0) - startMs).isBetween(700L, 1_000L);
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isBetween(LEASE_MS / 4, LEASE_MS / 3);
        }
    }

    @Test
    void leasesOfACoordinatorAreRenewedTogether() {
        ScriptedCluster cluster = cluster(1, 50);
        for (int i = 0; i < 50; i++) {
            cluster.submit(URL, "t" + i);
            cluster.runFor(7);
        }
        cluster.runFor(60_000);

        assertThat(cluster.started).hasSize(50);
        assertThat(cluster.lost).isEmpty();
        assertThat(cluster.sent(Action.SendHeartbeat.class)).hasSizeLessThan(15);
    }

    @Test
    void leaseIsLostWhenItsPromiseRunsOut() {
        ScriptedCluster cluster = running("a");
        cluster.runFor(3_000);
        String lease = cluster.leaseOf("a");
        long promised = cluster.believed.get(lease);
        cluster.node(URL).hung = true;

        cluster.runFor(promised - cluster.nowMs - 1);
        assertThat(cluster.lost).isEmpty();

        cluster.runFor(1);
        assertThat(cluster.lost).containsOnly(Map.entry(lease, promised));
    }

    @Test
    void leaseIsLostAtOnceAfterAPauseLongerThanItsPromise() {
        ScriptedCluster cluster = running("a");
        cluster.runFor(3_000);

        cluster.pauseFor(40_000);
        cluster.runFor(0);

        assertThat(cluster.lost).containsKey(cluster.leaseOf("a"));
    }

    @Test
    void lateHeartbeatAnswerDoesNotReviveALostLease() {
        ScriptedCluster cluster = running("a");
        cluster.runFor(3_000);
        String lease = cluster.leaseOf("a");
        cluster.pauseFor(40_000);
        cluster.runFor(30_000);

        assertThat(cluster.believed.get(lease)).isLessThanOrEqualTo(cluster.lost.get(lease));
        long beats = cluster.sent(Action.SendHeartbeat.class).stream()
                .filter(beat -> cluster.timeOf(beat) > cluster.lost.get(lease))
                .count();
        assertThat(beats).isZero();
    }

    @Test
    void lostAndCancelledAreTold() {
        ScriptedCluster cluster = running("a", "b", "c");
        cluster.node(URL).beats.put(cluster.leaseOf("a"), LeaseStatus.LOST);
        cluster.node(URL).beats.put(cluster.leaseOf("b"), LeaseStatus.CANCELLED);

        cluster.runFor(2_000);

        assertThat(cluster.lost).containsOnlyKeys(cluster.leaseOf("a"));
        assertThat(cluster.cancelled).containsExactly(cluster.leaseOf("b"));
        cluster.runFor(20_000);
        assertThat(cluster.sent(Action.SendHeartbeat.class).get(1).body().leases())
                .containsExactly(cluster.leaseOf("c"));
    }

    @Test
    void verdictRetryIsAskedAgainSoonAndIsNoRenewal() {
        ScriptedCluster cluster = running("a");
        String lease = cluster.leaseOf("a");
        long promised = cluster.believed.get(lease);
        cluster.node(URL).beats.put(lease, LeaseStatus.RETRY);

        cluster.runFor(10_000);

        assertThat(cluster.sent(Action.SendHeartbeat.class)).hasSizeGreaterThan(4);
        assertThat(cluster.believed.get(lease)).isEqualTo(promised);
        assertThat(cluster.lost).isEmpty();
    }

    @Test
    void heartbeatsGoToAnotherCoordinatorWhenTheirOwnIsAway() {
        ScriptedCluster cluster = cluster(3, 1);
        cluster.submit(URL, "a");
        cluster.runFor(2_000);
        cluster.node(URL).down = true;

        cluster.runFor(120_000);

        assertThat(cluster.lost).isEmpty();
        assertThat(cluster.sent(Action.SendHeartbeat.class))
                .anyMatch(beat -> !beat.url().equals(URL));
    }

    @Test
    void leaseSurvivesACoordinatorThatHangs() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            ScriptedCluster cluster = new ScriptedCluster(2);
            cluster.start(new WorkerSettings("w-1", List.of("q"), 1, null, true), random.nextLong());
            cluster.submit(URL, "a");
            cluster.runFor(2_000 + random.nextInt(20_000));
            cluster.node(URL).hung = true;

            cluster.runFor(60_000);

            assertThat(cluster.lost).as("seed %d, case %d", seed, i).isEmpty();
        }
    }

    @Test
    void grantWithLittleLeftOfItsPromiseIsGivenBack() {
        ScriptedCluster cluster = cluster(1, 1);
        cluster.node(URL).leaseMs = 2_000;
        cluster.node(URL).latencyMs = 1_100;

        cluster.submit(URL, "a");
        cluster.runFor(6_000);

        assertThat(cluster.started).isEmpty();
        assertThat(cluster.reported).containsValue(Outcome.RELEASE);
    }

    @Test
    void leaseIsKeptUntilItsReportIsAnswered() {
        ScriptedCluster cluster = running("a");
        String lease = cluster.leaseOf("a");
        cluster.node(URL).reports.put(lease, ReportStatus.RETRY);
        cluster.finish(lease, TaskResult.success(null));

        cluster.runFor(30_000);
        assertThat(cluster.sent(Action.SendHeartbeat.class)).hasSizeGreaterThan(2);

        cluster.node(URL).reports.clear();
        cluster.runFor(3_000);
        int beats = cluster.sent(Action.SendHeartbeat.class).size();
        cluster.runFor(30_000);
        assertThat(cluster.sent(Action.SendHeartbeat.class)).hasSize(beats);
    }

    private static ScriptedCluster running(String... tasks) {
        ScriptedCluster cluster = cluster(1, tasks.length);
        for (String task : tasks) {
            cluster.submit(URL, task);
        }
        cluster.runFor(10);
        assertThat(cluster.started).hasSize(tasks.length);
        return cluster;
    }

    private static ScriptedCluster cluster(int coordinators, int concurrency) {
        return new ScriptedCluster(coordinators)
                .start(new WorkerSettings("w-1", List.of("q"), concurrency, null, true), 42);
    }
}
