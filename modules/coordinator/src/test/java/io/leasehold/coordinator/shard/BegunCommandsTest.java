package io.leasehold.coordinator.shard;

import static io.leasehold.coordinator.testkit.OneShard.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.LeaseReport;
import io.leasehold.coordinator.desk.LeasedTask;
import io.leasehold.coordinator.desk.Purge;
import io.leasehold.coordinator.desk.Purged;
import io.leasehold.coordinator.desk.Redrive;
import io.leasehold.coordinator.desk.Refusal;
import io.leasehold.coordinator.testkit.Answered;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.decide.Policy;
import io.leasehold.core.decide.Report;
import io.leasehold.core.task.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A request that spans turns was done in part by the time that its shard is given up or lost. */
class BegunCommandsTest {
    private static final int TASKS = 24;

    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final OneShard a = new OneShard(
                    new ShardOptions("a", 1_000, 5_000, 100, 20_000, Policy.DEFAULT, JournalOptions.DEFAULT),
                    clock,
                    logs)
            .owning();

    @Test
    void submissionThatWasBegunIsOfUnknownOutcomeWhenItsShardIsGivenUp() {
        logs.hold();
        Answered<List<Accepted>> begun = submit("t");
        Answered<List<Accepted>> waiting = submit("u");

        a.loop.release();
        a.settle();
        logs.deliver();
        a.settle();

        assertThat(begun.refusal()).isEqualTo(Refusal.OUTCOME_UNKNOWN);
        assertThat(waiting.refusal()).isEqualTo(Refusal.NOT_READY);
        OneShard b = new OneShard("b", clock, logs).owning();
        assertThat(b.submit(task("t0", 0)).value()).containsExactly(Accepted.DUPLICATE);
        assertThat(b.submit(task("u0", 0)).value()).containsExactly(Accepted.NEW);
    }

    @Test
    void submissionThatWasBegunIsOfUnknownOutcomeWhenItsShardIsLost() {
        logs.hold();
        Answered<List<Accepted>> begun = submit("t");
        Answered<List<Accepted>> waiting = submit("u");
        Runnable late = logs.overtake();
        new OneShard("b", clock, logs).owning();

        late.run();
        a.settle();

        assertThat(begun.refusal()).isEqualTo(Refusal.OUTCOME_UNKNOWN);
        assertThat(waiting.refusal()).isEqualTo(Refusal.NOT_READY);
    }

    @Test
    void submissionThatWasBegunIsOfUnknownOutcomeWhenItsCopyIsClosed() {
        logs.hold();
        Answered<List<Accepted>> begun = submit("t");

        a.loop.close();
        a.settle();

        assertThat(begun.refusal()).isEqualTo(Refusal.OUTCOME_UNKNOWN);
    }

    @Test
    void reportsThatWereBegunAreOfUnknownOutcome() {
        List<LeasedTask> leased = leased();
        logs.hold();
        Answered<List<Report.Answer>> begun = new Answered<>();
        a.desk.report(
                0,
                leased.stream()
                        .map(one -> new LeaseReport(one.grant().fence(), OneShard.success()))
                        .toList(),
                begun);
        a.settle();

        a.loop.release();
        a.settle();

        assertThat(begun.refusal()).isEqualTo(Refusal.OUTCOME_UNKNOWN);
    }

    @Test
    void redriveThatWasBegunIsOfUnknownOutcome() {
        Report poison = new Report(Report.Outcome.FAILURE, new byte[0], "no", false, -1);
        for (LeasedTask each : leased()) {
            a.report(each, poison).value();
        }
        logs.hold();
        Answered<Integer> begun = new Answered<>();
        a.desk.redrive(0, new Redrive(null, null, 1_000), begun);
        a.settle();

        a.loop.release();
        a.settle();

        assertThat(begun.refusal()).isEqualTo(Refusal.OUTCOME_UNKNOWN);
    }

    @Test
    void purgeThatWasBegunIsOfUnknownOutcome() {
        Report poison = new Report(Report.Outcome.FAILURE, new byte[0], "no", false, -1);
        // A purge takes few bytes: more than the turn on its way and the next one hold.
        for (String ids : List.of("t", "u", "v", "w", "x", "y")) {
            for (LeasedTask each : leased(ids)) {
                a.report(each, poison).value();
            }
        }
        logs.hold();
        Answered<Purged> begun = new Answered<>();
        a.desk.purge(0, new Purge(null, null, 1_000, 6 * TASKS), begun);
        a.settle();

        a.loop.release();
        a.settle();

        assertThat(begun.refusal()).isEqualTo(Refusal.OUTCOME_UNKNOWN);
    }

    private List<LeasedTask> leased() {
        return leased("t");
    }

    private List<LeasedTask> leased(String ids) {
        submit(ids).value();
        List<LeasedTask> leased = new ArrayList<>();
        while (leased.size() < TASKS) {
            leased.addAll(a.poll(TASKS).value());
        }
        return leased;
    }

    private Answered<List<Accepted>> submit(String ids) {
        Answered<List<Accepted>> answer = new Answered<>();
        a.desk.submit(
                0,
                IntStream.range(0, TASKS)
                        .mapToObj(i -> new Submission(task(ids + i, 0), 0))
                        .toList(),
                answer);
        a.settle();
        return answer;
    }
}
