package io.leasehold.coordinator.shard;

import static io.leasehold.coordinator.testkit.OneShard.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.LeasedTask;
import io.leasehold.coordinator.port.EndedTask;
import io.leasehold.coordinator.testkit.Answered;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.decide.Policy;
import io.leasehold.core.decide.Report;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The topic of ends is out of reach for a while. */
class UnpublishedEndsTest {
    private static final int MAX_BYTES = 40_000;
    private static final ShardOptions OPTIONS = new ShardOptions(
            "a", 1_000, 5_000, 512 * 1024, 20_000, new Policy(3, 1_000, MAX_BYTES, 10_000), JournalOptions.DEFAULT);

    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final OneShard a = new OneShard(OPTIONS, clock, logs).owning();

    private LeasedTask lease() {
        return a.poll(1).value().get(0);
    }

    private static Report success(int resultBytes) {
        byte[] result = new byte[resultBytes];
        Arrays.fill(result, (byte) '1');
        return new Report(Report.Outcome.SUCCESS, result, null, true, -1);
    }

    @Test
    void endsThatFailedAreSentAgainInOrderUntilTheyAreAllPublic() {
        logs.failEnds(true);
        for (int i = 0; i < 5; i++) {
            a.submit(task("t" + i, 0));
            a.report(lease(), success(1));
        }
        a.live(3_000);
        assertThat(logs.ended()).isEmpty();

        logs.failEnds(false);
        a.live(2_000);

        assertThat(logs.ended().stream().map(EndedTask::number)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(a.loop.owner().state().publishedEnd()).isEqualTo(5);
        assertThat(a.loop.owner().state().unpublishedBytes()).isZero();
    }

    @Test
    void aShardWhoseEndsCannotBeMadePublicLeasesNothingOnceTheyFillAQuarterOfIt() {
        logs.failEnds(true);
        a.submit(task("t1", 0), task("t2", 0), task("t3", 0), task("t4", 0));
        LeasedTask first = lease();
        LeasedTask second = lease();
        a.report(first, success(MAX_BYTES / 4));

        Answered<List<LeasedTask>> poll = a.poll(1);

        assertThat(poll.isThere()).isFalse();
        a.live(1_000);
        assertThat(a.loop.view().problem()).startsWith("ends: 1 that are not public take ");
        assertThat(a.report(second, success(1)).value()).containsExactly(Report.Answer.OK);
        assertThat(poll.isThere()).isFalse();

        logs.failEnds(false);
        a.live(3_000);

        assertThat(poll.value()).hasSize(1);
        assertThat(a.loop.view().problem()).isNull();
    }

    @Test
    void aNewOwnerMakesPublicWhatTheLastOneCouldNot() {
        logs.failEnds(true);
        a.submit(task("t1", 0));
        a.report(lease(), success(1));
        logs.failEnds(false);

        OneShard b = new OneShard("b", clock, logs).owning();
        b.live(1_000);

        assertThat(logs.ended().stream().map(EndedTask::id)).containsExactly("t1");
    }
}
