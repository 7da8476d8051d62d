package io.leasehold.coordinator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.LeasedTask;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.decide.Report;
import io.leasehold.core.task.Backoff;
import io.leasehold.core.task.Task;
import io.leasehold.core.task.TaskState;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Broker and coordinators share a source of time, which goes wrong by a day and is right again. */
class CommonJumpTest {
    private static final long DAY_MS = 86_400_000;
    private static final long QUARTER_MS = 900_000;
    private static final long HOUR_MS = 3_600_000;

    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);

    private OneShard owner(String name, int foldVersion) {
        return new OneShard(ShardOptions.of(name).withFoldVersion(foldVersion), clock, logs).owning();
    }

    private Task due(String id, long inMs) {
        return new Task(
                id,
                "default",
                null,
                0,
                clock.wallMs() + inMs,
                0,
                "{}".getBytes(StandardCharsets.UTF_8),
                5,
                30_000,
                Backoff.DEFAULT,
                null);
    }

    private static void fail(OneShard shard, LeasedTask leased, long retryAfterMs) {
        shard.report(leased, new Report(Report.Outcome.FAILURE, new byte[0], "boom", true, retryAfterMs));
    }

    private static TaskState state(OneShard shard, String id) {
        return shard.loop.owner().state().byId(id).state();
    }

    private static String problem(OneShard shard) {
        return shard.loop.owner().problem();
    }

    @Test
    void aClockThatIsWrongForSecondsDoesNotSpoilShardTime() {
        OneShard a = owner("a", 3);
        a.live(2_000);
        clock.jumpWall(DAY_MS);
        a.live(5_000);
        assertThat(problem(a)).contains("jumped by 86").contains("the broker's");
        a.submit(OneShard.task("t", 0));
        fail(a, a.poll(1).value().get(0), 1_000);
        clock.jumpWall(-DAY_MS);
        a.live(2_000);

        OneShard b = owner("b", 3);
        b.submit(due("due", HOUR_MS));
        b.live(1_500);

        assertThat(problem(b)).isNull();
        assertThat(state(b, "t")).isEqualTo(TaskState.READY);
        assertThat(state(b, "due")).isEqualTo(TaskState.READY);
    }

    @Test
    void aClockThatIsFoundToBeRightAtOnceIsTrustedAtOnce() {
        OneShard a = owner("a", 3);
        a.live(2_000);
        clock.jumpWall(DAY_MS);
        a.live(5_000);
        clock.jumpWall(-DAY_MS);
        a.live(2_000);

        assertThat(problem(a)).isNull();
    }

    /** Believed after all, since it stays so for minutes. */
    private OneShard poisoned(int foldVersion) {
        OneShard a = owner("a", foldVersion);
        a.live(2_000);
        clock.jumpWall(DAY_MS);
        a.live(ClockTrust.LONGEST_DOUBT_MS - 2_000);
        assertThat(a.loop.owner().state().nowMs()).isLessThan(clock.wallMs() - HOUR_MS);
        a.live(5_000);
        assertThat(a.loop.owner().state().nowMs()).isCloseTo(clock.wallMs(), within());
        a.submit(OneShard.task("t", 0));
        fail(a, a.poll(1).value().get(0), 30_000);
        clock.jumpWall(-DAY_MS);
        return a;
    }

    private static org.assertj.core.data.Offset<Long> within() {
        return org.assertj.core.api.Assertions.within(2_000L);
    }

    @Test
    void shardTimeIsTakenBackOnceTheClockIsRightForAWhile() {
        poisoned(3);
        OneShard b = owner("b", 3);
        b.live(30_000);
        assertThat(problem(b)).contains("shard time is 86").contains("taken back within minutes");
        b.live(31_000);

        assertThat(problem(b)).isNull();
        assertThat(b.loop.owner().state().nowMs()).isCloseTo(clock.wallMs(), within());
        b.live(31_000);
        assertThat(state(b, "t")).isEqualTo(TaskState.READY);
        b.submit(due("due", HOUR_MS));
        b.live(1_000);
        assertThat(state(b, "due")).isEqualTo(TaskState.READY);
        long fence = b.poll(2).value().get(0).grant().fence();
        assertThat(fence).isGreaterThan((clock.wallMs() + DAY_MS / 2) * 2048);
    }

    @Test
    void theOwnerWhoseClockWasWrongTakesTimeBackToo() {
        OneShard a = poisoned(3);
        a.live(ClockTrust.LONGEST_DOUBT_MS + 65_000);

        assertThat(problem(a)).isNull();
        assertThat(a.loop.owner().state().nowMs()).isCloseTo(clock.wallMs(), within());
    }

    /** Ends that seem to lie in the future are remembered longer than any estimate says. */
    @Test
    void endsOfATimeThatWasTakenBackAreNotCarriedAgainAndAgain() {
        JournalOptions journal = new JournalOptions(0, 0, 0, 20_000, 1_000_000);
        OneShard a = new OneShard(ShardOptions.of("a").with(journal), clock, logs).owning();
        a.live(2_000);
        clock.jumpWall(QUARTER_MS);
        a.live(ClockTrust.LONGEST_DOUBT_MS + 3_000);
        for (int i = 0; i < 300; i++) {
            a.submit(OneShard.task("done" + i, 9));
            a.report(a.poll(1).value().get(0), OneShard.success());
        }
        clock.jumpWall(-QUARTER_MS);
        a.live(ClockTrust.LONGEST_DOUBT_MS + 65_000);
        assertThat(a.loop.owner().state().nowMs()).isCloseTo(clock.wallMs(), within());
        long generation = a.loop.owner().state().generation();

        a.live(300_000);

        assertThat(a.loop.owner().state().ends()).isEqualTo(300);
        assertThat(a.loop.owner().state().generation() - generation)
                .as("generations in five minutes without work")
                .isLessThan(5);
        a.live(QUARTER_MS);
        assertThat(a.loop.owner().state().ends()).as("once they are old").isZero();
    }

    @Test
    void belowVersion3ItIsAProblemUntilTheClockHasComeUpWithIt() {
        poisoned(2);
        OneShard b = owner("b", 2);
        b.live(120_000);

        assertThat(problem(b)).contains("shard time is 86").contains("upgraded");
        clock.pass(DAY_MS);
        b.live(1_000);
        assertThat(problem(b)).isNull();
    }

    @Test
    void clocksWithinTheirToleranceOfEachOtherAreNoReason() {
        OneShard a = owner("a", 3);
        a.live(1_000);
        clock.jumpWall(-1_900);
        OneShard b = owner("b", 3);
        b.live(1_000);

        assertThat(problem(b)).isNull();
    }
}
