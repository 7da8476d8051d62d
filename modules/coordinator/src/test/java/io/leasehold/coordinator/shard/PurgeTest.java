package io.leasehold.coordinator.shard;

import static io.leasehold.coordinator.testkit.OneShard.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.Purge;
import io.leasehold.coordinator.desk.Purged;
import io.leasehold.coordinator.desk.Refusal;
import io.leasehold.coordinator.desk.TaskView;
import io.leasehold.coordinator.testkit.Answered;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.decide.Policy;
import io.leasehold.core.decide.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An owner that is asked to purge dead letters. */
class PurgeTest {
    private static final Report POISON = new Report(Report.Outcome.FAILURE, new byte[0], "no", false, -1);

    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);

    private static ShardOptions options(int turnBytes) {
        return new ShardOptions("a", 1_000, 5_000, turnBytes, 20_000, Policy.DEFAULT, JournalOptions.DEFAULT);
    }

    private OneShard owner(ShardOptions options, int dead) {
        OneShard owner = new OneShard(options, clock, logs).owning();
        for (int i = 0; i < dead; i++) {
            owner.submit(task("t" + i, 0)).value();
            owner.report(owner.poll(1).value().get(0), POISON).value();
        }
        return owner;
    }

    private static TaskView find(OneShard owner, String id) {
        Answered<TaskView> answer = new Answered<>();
        owner.desk.find(0, id, answer);
        owner.settle();
        return answer.value();
    }

    private static Answered<Purged> purge(OneShard owner, Purge purge) {
        Answered<Purged> answer = new Answered<>();
        owner.desk.purge(0, purge, answer);
        owner.settle();
        return answer;
    }

    @Test
    void oldestArePurgedUpToTheLimitInTurnsThatAreNoLongerThanOthers() {
        OneShard owner = owner(options(50), 40);
        int before = logs.journal().size();

        Answered<Purged> answer = purge(owner, new Purge(null, null, 30, 40));

        assertThat(answer.value()).isEqualTo(Purged.of(30));
        assertThat(logs.journal().size() - before).isGreaterThan(1);
        assertThat(find(owner, "t29").end().purged()).isTrue();
        assertThat(find(owner, "t30").end().purged()).isFalse();
    }

    @Test
    void nothingIsDoneIfThereAreOtherDeadLettersThanExpected() {
        OneShard owner = owner(options(512 * 1024), 3);

        assertThat(purge(owner, new Purge(null, null, 30, 2)).value()).isEqualTo(Purged.nothing(3));
        assertThat(purge(owner, new Purge(null, "other", 30, 3)).value()).isEqualTo(Purged.nothing(0));
        assertThat(find(owner, "t0").end().purged()).isFalse();
    }

    @Test
    void nothingIsDoneUnderAFoldVersionThatKnowsNoPurges() {
        OneShard owner = owner(options(512 * 1024).withFoldVersion(2), 1);

        assertThat(purge(owner, new Purge(List.of("t0"), null, 1, 0)).refusal()).isEqualTo(Refusal.NOT_YET_ENABLED);
        assertThat(find(owner, "t0").end().purged()).isFalse();
    }

    @Test
    void nextOwnerKnowsWhatWasPurged() {
        OneShard owner = owner(options(512 * 1024), 2);
        purge(owner, new Purge(List.of("t0"), null, 1, 0)).value();

        OneShard next = new OneShard("b", clock, logs).owning();

        assertThat(find(next, "t0").end().purged()).isTrue();
        assertThat(find(next, "t0").task().payload()).isEmpty();
        assertThat(find(next, "t1").end().purged()).isFalse();
    }
}
