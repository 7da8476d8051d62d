package io.leasehold.client.logic;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.LeaseStatus;
import io.leasehold.api.Outcome;
import io.leasehold.api.RawJson;
import io.leasehold.api.ReportRequest;
import io.leasehold.api.ReportStatus;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final String URL = "http://c1:8470";

    @Test
    void reportSaysWhatTheHandlerMadeOfTheTask() {
        ScriptedCluster cluster = running(1, 3);
        cluster.finish(cluster.leaseOf("t0"), TaskResult.success(RawJson.of("7")));
        cluster.runFor(10);
        cluster.finish(cluster.leaseOf("t1"), TaskResult.failure("boom", true, 5_000L));
        cluster.runFor(10);
        cluster.finish(cluster.leaseOf("t2"), TaskResult.failure("bad", false, null));
        cluster.runFor(10);

        assertThat(cluster.sent(Action.SendReport.class).stream().flatMap(report -> report.body().reports().stream()))
                .containsExactly(
                        entry(cluster, "t0", Outcome.SUCCESS, RawJson.of("7"), null, null, null),
                        entry(cluster, "t1", Outcome.FAILURE, null, "boom", null, 5_000L),
                        entry(cluster, "t2", Outcome.FAILURE, null, "bad", false, null));
    }

    @Test
    void reportsGatherWhileOneIsUnderWay() {
        ScriptedCluster cluster = running(1, 20);
        cluster.node(URL).latencyMs = 20;
        for (int i = 0; i < 20; i++) {
            cluster.finish(cluster.leaseOf("t" + i), TaskResult.success(null));
        }
        cluster.runFor(1_000);

        assertThat(cluster.sent(Action.SendReport.class))
                .extracting(report -> report.body().reports().size())
                .containsExactly(1, 19);
        assertThat(cluster.reported).hasSize(20);
    }

    @Test
    void tasksThatFinishTogetherAreReportedTogetherAndTheirSlotsPolledForInOnePoll() {
        ScriptedCluster cluster = running(1, 20);
        int polls = cluster.sent(Action.SendPoll.class).size();
        List<String> leases =
                IntStream.range(0, 20).mapToObj(i -> cluster.leaseOf("t" + i)).toList();
        cluster.finishAll(leases);
        cluster.runFor(100);

        assertThat(cluster.sent(Action.SendReport.class))
                .extracting(report -> report.body().reports().size())
                .containsExactly(20);
        assertThat(cluster.sent(Action.SendPoll.class).subList(polls, polls + 1))
                .extracting(poll -> poll.body().max())
                .containsExactly(20);
        assertThat(cluster.reported).hasSize(20);
    }

    @Test
    void reportIsRepeatedUntilThereIsADefiniteAnswer() {
        ScriptedCluster cluster = running(1, 1);
        String lease = cluster.leaseOf("t0");
        cluster.node(URL).failNext.addAll(List.of(Failure.NO_ANSWER, new Failure(503, 0), new Failure(429, 1_000)));
        cluster.node(URL).reports.put(lease, ReportStatus.RETRY);
        cluster.finish(lease, TaskResult.success(null));
        cluster.runFor(20_000);
        assertThat(cluster.sent(Action.SendReport.class)).hasSizeGreaterThan(5);

        for (ReportStatus definite : List.of(ReportStatus.LOST, ReportStatus.ENDED)) {
            cluster.node(URL).reports.put(lease, definite);
            cluster.runFor(3_000);
            int sent = cluster.sent(Action.SendReport.class).size();
            cluster.runFor(30_000);
            assertThat(cluster.sent(Action.SendReport.class)).hasSize(sent);
        }
    }

    @Test
    void reportsOfOneOwnerDoNotWaitForThoseThatAnotherHangsOver() {
        ScriptedCluster cluster = running(1, 10);
        cluster.node(URL).hungLeases.add(cluster.leaseOf("t0"));
        cluster.finish(cluster.leaseOf("t0"), TaskResult.success(null));
        cluster.runFor(1_500);

        for (int i = 1; i < 10; i++) {
            cluster.finish(cluster.leaseOf("t" + i), TaskResult.success(null));
            cluster.runFor(10);
            assertThat(cluster.reported).containsKey(cluster.leaseOf("t" + i));
            cluster.runFor(500);
        }
        cluster.node(URL).hungLeases.clear();
        cluster.runFor(3_000);

        assertThat(cluster.reported).hasSize(10);
    }

    @Test
    void reportGoesToAnotherCoordinatorWhenItsOwnIsAway() {
        ScriptedCluster cluster = running(3, 1);
        cluster.node(URL).down = true;
        cluster.finish(cluster.leaseOf("t0"), TaskResult.success(null));

        cluster.runFor(1_000);

        assertThat(cluster.reported).containsOnlyKeys(cluster.leaseOf("t0"));
        assertThat(cluster.sent(Action.SendReport.class).get(0).url()).isEqualTo(URL);
    }

    @Test
    void refusedBatchIsRepeatedOneByOneSoThatOnlyTheCulpritIsGivenUp() {
        ScriptedCluster cluster = running(1, 4);
        cluster.node(URL).latencyMs = 20;
        cluster.finish(cluster.leaseOf("t0"), TaskResult.success(null));
        for (int i = 1; i < 4; i++) {
            cluster.finish(cluster.leaseOf("t" + i), TaskResult.success(null));
        }
        cluster.node(URL).failNext.addAll(List.of(new Failure(400, 0), new Failure(400, 0)));

        cluster.runFor(5_000);

        assertThat(cluster.sent(Action.ReportRefused.class))
                .containsExactly(new Action.ReportRefused(cluster.leaseOf("t1"), 400));
        assertThat(cluster.reported).hasSize(3);
    }

    @Test
    void cancelledTaskIsNotReported() {
        ScriptedCluster cluster = running(1, 1);
        cluster.node(URL).beats.put(cluster.leaseOf("t0"), LeaseStatus.CANCELLED);
        cluster.runFor(11_000);
        assertThat(cluster.cancelled).hasSize(1);

        cluster.finish(cluster.leaseOf("t0"), TaskResult.success(null));
        cluster.runFor(2_000);

        assertThat(cluster.sent(Action.SendReport.class)).isEmpty();
    }

    @Test
    void successOfALostLeaseIsReportedForItMayStillCount() {
        ScriptedCluster cluster = running(1, 1);
        cluster.node(URL).beats.put(cluster.leaseOf("t0"), LeaseStatus.LOST);
        cluster.runFor(11_000);
        assertThat(cluster.lost).hasSize(1);

        cluster.finish(cluster.leaseOf("t0"), TaskResult.success(null));
        cluster.runFor(100);

        assertThat(cluster.reported).containsEntry(cluster.leaseOf("t0"), Outcome.SUCCESS);
    }

    @Test
    void workerTakesNoMoreTasksWhileReportsPileUp() {
        ScriptedCluster cluster = running(1, 2);
        cluster.handlerMs = 10;
        for (int i = 0; i < 2; i++) {
            cluster.finish(cluster.leaseOf("t" + i), TaskResult.success(null));
        }
        for (int i = 101; i < 400; i++) {
            cluster.node(URL).reports.put("k.0." + i + ".m", ReportStatus.RETRY);
        }
        for (int i = 0; i < 100; i++) {
            cluster.submit(URL, "more" + i);
        }

        cluster.runFor(60_000);

        assertThat(cluster.started.size()).isBetween(8, 12);
    }

    @Test
    void stopLetsRunningTasksFinish() {
        ScriptedCluster cluster = running(1, 2);
        cluster.stop(20_000);
        cluster.finish(cluster.leaseOf("t0"), TaskResult.success(null));
        cluster.runFor(5_000);
        assertThat(cluster.stopped).isFalse();
        cluster.finish(cluster.leaseOf("t1"), TaskResult.success(null));

        cluster.runFor(100);

        assertThat(cluster.stopped).isTrue();
        assertThat(cluster.reported).hasSize(2).doesNotContainValue(Outcome.RELEASE);
        assertThat(cluster.stoppingTold).isEmpty();
    }

    @Test
    void stopGivesTheRestBackAfterTheGraceAndTellsTheHandlerFirst() {
        ScriptedCluster cluster = running(1, 2);
        cluster.stop(20_000);
        cluster.finish(cluster.leaseOf("t0"), TaskResult.success(null));
        cluster.runFor(19_000);
        assertThat(cluster.stoppingTold).isEmpty();

        cluster.runFor(1_100);

        assertThat(cluster.stopped).isTrue();
        assertThat(cluster.stoppingTold).containsExactly(cluster.leaseOf("t1"));
        assertThat(cluster.reported).containsEntry(cluster.leaseOf("t1"), Outcome.RELEASE);
        int told = cluster.actions.indexOf(new Action.TellStopping(cluster.leaseOf("t1")));
        Action.SendReport release = cluster.sent(Action.SendReport.class).get(1);
        assertThat(told).isLessThan(cluster.actions.indexOf(release));
    }

    @Test
    void stopEndsThoughNobodyAnswers() {
        ScriptedCluster cluster = running(2, 1);
        cluster.nodes.values().forEach(node -> node.hung = true);
        cluster.stop(5_000);

        cluster.runFor(5_000 + Pace.DEFAULT.releaseMs());

        assertThat(cluster.stopped).isTrue();
    }

    @Test
    void idleWorkerStopsAtOnceAndDropsItsPoll() {
        ScriptedCluster cluster = running(1, 0);
        cluster.stop(20_000);
        cluster.runFor(5);

        assertThat(cluster.sent(Action.CancelPoll.class)).hasSize(1);
        assertThat(cluster.actions.get(cluster.actions.size() - 1)).isEqualTo(new Action.Stopped());
    }

    @Test
    void grantOfAPollThatTheStopCutIsGivenBack() {
        ScriptedCluster cluster = running(1, 0);
        cluster.node(URL).loseGrants.add(true);
        cluster.submit(URL, "late");
        cluster.stop(20_000);
        cluster.runFor(100);

        assertThat(cluster.reported).hasSize(1).containsValue(Outcome.RELEASE);
        assertThat(cluster.node(URL).ready)
                .as("nobody waits for its lease to run out")
                .hasSize(1);
        List<Action.SendPoll> polls = cluster.sent(Action.SendPoll.class);
        Action.SendPoll last = polls.get(polls.size() - 1);
        assertThat(last.body().pollId())
                .isEqualTo(polls.get(polls.size() - 2).body().pollId());
        assertThat(last.body().max()).isZero();
        assertThat(last.body().waitMs()).isZero();
        assertThat(cluster.stopped).isTrue();
    }

    @Test
    void grantsOfEarlierPollsOfUnknownOutcomeAreGivenBackByTheStopToo() {
        ScriptedCluster cluster = running(2, 0);
        cluster.nodes.values().forEach(node -> node.loseGrants.add(true));
        cluster.nodes.keySet().forEach(url -> cluster.submit(url, "at " + url));
        cluster.runFor(3_000);
        assertThat(cluster.started).isEmpty();

        cluster.stop(20_000);
        cluster.runFor(3_000);

        assertThat(cluster.stopped).isTrue();
        assertThat(cluster.nodes.values().stream().mapToInt(node -> node.ready.size()))
                .as("all tasks are ready again, whatever became of the polls that had them")
                .containsExactly(1, 1);
    }

    @Test
    void stopDoesNotTakeWhatBecomesReadyMeanwhile() {
        ScriptedCluster cluster = running(1, 0);
        cluster.stop(20_000);
        cluster.node(URL).add("new");
        cluster.runFor(100);

        assertThat(cluster.stopped).isTrue();
        assertThat(cluster.shared.tasks).as("never leased").isEmpty();
    }

    @Test
    void stopDoesNotWaitForTheGraceToHearOfAPollFromACoordinatorThatHangs() {
        ScriptedCluster cluster = running(1, 0);
        cluster.node(URL).hung = true;
        cluster.stop(20_000);
        cluster.runFor(Pace.DEFAULT.releaseMs());

        assertThat(cluster.stopped).isTrue();
    }

    @Test
    void grantThatArrivesWhileStoppingIsGivenBack() {
        ScriptedCluster cluster = running(1, 1);
        cluster.node(URL).latencyMs = 50;
        cluster.submit(URL, "late");
        cluster.finish(cluster.leaseOf("t0"), TaskResult.success(null));
        cluster.runFor(60);

        cluster.cancelsReachTheServer = false;
        cluster.stop(20_000);
        cluster.runFor(1_000);

        assertThat(cluster.started).doesNotContainKey("late");
        assertThat(cluster.reported).containsValue(Outcome.RELEASE);
        assertThat(cluster.stopped).isTrue();
    }

    private static ReportRequest.Entry entry(
            ScriptedCluster cluster,
            String task,
            Outcome outcome,
            RawJson result,
            String error,
            Boolean retryable,
            Long retryAfterMs) {
        return new ReportRequest.Entry(cluster.leaseOf(task), outcome, result, error, retryable, retryAfterMs);
    }

    private static ScriptedCluster running(int coordinators, int tasks) {
        WorkerSettings settings = new WorkerSettings("w-1", List.of("q"), Math.max(1, tasks), null, true);
        ScriptedCluster cluster = new ScriptedCluster(coordinators).start(settings, 42);
        for (int i = 0; i < tasks; i++) {
            cluster.submit(URL, "t" + i);
        }
        cluster.runFor(1_500);
        assertThat(cluster.started).hasSize(tasks);
        return cluster;
    }
}
