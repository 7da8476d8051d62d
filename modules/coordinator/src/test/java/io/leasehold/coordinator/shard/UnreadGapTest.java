package io.leasehold.coordinator.shard;

import static io.leasehold.coordinator.testkit.OneShard.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.Refusal;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.testkit.Answered;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.event.TurnWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody else's record lies before an owner's own, and cannot be read. */
class UnreadGapTest {
    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final OneShard a = new OneShard("a", clock, logs).owning();

    private Answered<List<Accepted>> submitBehindAStranger() {
        TurnWriter stranger = new TurnWriter();
        stranger.begin(new TurnHeader(99, 1, 1, 0, 0));
        logs.hearNothing(true);
        logs.inject(stranger.toRecord());
        return a.submit(task("t1", 0));
    }

    @Test
    void copyEndsThatCannotReadWhatLiesBeforeItsRecord() {
        Answered<List<Accepted>> submitted = submitBehindAStranger();
        a.live(ShardLoop.LONGEST_GAP_MS - 1_000);
        assertThat(a.loop.status()).isEqualTo(ShardStatus.ACTIVE);
        assertThat(submitted.isThere()).isFalse();

        a.live(2_000);

        assertThat(a.loop.status()).isEqualTo(ShardStatus.FAILED);
        assertThat(a.loop.view().problem()).startsWith("journal: what lies before own record at offset ");
        assertThat(submitted.refusal()).isEqualTo(Refusal.OUTCOME_UNKNOWN);
        logs.hearNothing(false);
        OneShard next = new OneShard("b", clock, logs).owning();
        assertThat(next.poll(1).value()).hasSize(1);
    }

    @Test
    void copyThatReadsItLateGoesOn() {
        Answered<List<Accepted>> submitted = submitBehindAStranger();
        a.live(ShardLoop.LONGEST_GAP_MS - 1_000);

        logs.hearNothing(false);
        a.live(ShardLoop.LONGEST_GAP_MS);

        assertThat(a.loop.status()).isEqualTo(ShardStatus.ACTIVE);
        assertThat(submitted.value()).containsExactly(Accepted.NEW);
    }
}
