package io.leasehold.coordinator.shard;

import static io.leasehold.coordinator.testkit.OneShard.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.Refusal;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.testkit.Answered;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.task.Submission;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorEndsTheCopyTest {
    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final OneShard a = new OneShard("a", clock, logs).owning();

    /** As when the files of the product are replaced under a process. */
    @Test
    void missingClassEndsTheCopyAndEverybodyIsAnsweredOnce() {
        Answered<List<Accepted>> before = submit("t1");
        a.desk.submit(0, List.of(new Submission(task("t2", 0), 0)), new Answer<>() {
            @Override
            public void done(List<Accepted> value) {
                throw new NoClassDefFoundError("io/leasehold/Gone");
            }

            @Override
            public void refused(Refusal why) {
                throw new NoClassDefFoundError("io/leasehold/Gone");
            }
        });
        Answered<List<Accepted>> behind = submit("t3");

        a.settle();

        assertThat(a.loop.isOver()).isTrue();
        assertThat(a.loop.status()).isEqualTo(ShardStatus.FAILED);
        assertThat(a.loop.view().problem()).contains("io/leasehold/Gone");
        assertThat(a.desk.owns(0)).isFalse();
        assertThat(before.value()).containsExactly(Accepted.NEW);
        assertThat(behind.refusal()).isEqualTo(Refusal.OUTCOME_UNKNOWN);
        OneShard b = new OneShard("b", clock, logs).owning();
        assertThat(b.submit(task("t2", 0)).value()).containsExactly(Accepted.DUPLICATE);
    }

    private Answered<List<Accepted>> submit(String id) {
        Answered<List<Accepted>> answer = new Answered<>();
        a.desk.submit(0, List.of(new Submission(task(id, 0), 0)), answer);
        return answer;
    }
}
