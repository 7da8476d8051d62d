package io.leasehold.coordinator.shard;

import static io.leasehold.coordinator.testkit.OneShard.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.port.Arrival;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.task.Task;
import io.leasehold.core.task.TaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The leader of the inbox writes another time into its records than the journal's leader does. */
class InboxClockTest {
    private static final long OFF_MS = 600_000;
    private static final long DELAY_MS = 60_000;

    private record Read(long offset, int leaderEpoch, Task task, long delayMs, long appendedMs, long afterMs)
            implements Arrival {}

    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final OneShard a = new OneShard("a", clock, logs).owning();

    private TaskState state(String id) {
        return a.loop.owner().state().byId(id).state();
    }

    @ParameterizedTest
    @ValueSource(longs = {-OFF_MS, OFF_MS})
    void delayIsAsLongAsWasAskedForThoughTheClockOfTheInboxIsOff(long ms) {
        a.live(2_500);
        logs.inboxClockAhead(ms);
        logs.put(task("t", 0), DELAY_MS);
        a.live(DELAY_MS - 2_000);
        assertThat(state("t")).isEqualTo(TaskState.DELAYED);

        a.live(4_000);

        assertThat(state("t")).isEqualTo(TaskState.READY);
    }

    @Test
    void clockThatIsOffIsNamedUntilARecordShowsThatItIsRight() {
        a.live(2_500);
        logs.inboxClockAhead(-OFF_MS);
        logs.put(task("t1", 0));
        a.live(500);
        assertThat(a.loop.view().problem())
                .startsWith(
                        "clock: that of the leader of the shard's inbox is 600000 ms behind, or it answered as late (expected: at most 2000)");

        logs.inboxClockAhead(0);
        logs.put(task("t2", 0));
        a.live(500);

        assertThat(a.loop.view().problem()).isNull();
        assertThat(a.poll(10).value()).hasSize(2);
    }

    @Test
    void clockThatIsOffIsNotNamedForEverIfNothingMoreComes() {
        a.live(2_500);
        logs.inboxClockAhead(OFF_MS);
        logs.put(task("t1", 0));
        a.live(30_000);
        assertThat(a.loop.view().problem()).contains(" ms ahead (expected");

        clock.pass(60_000);
        logs.inboxClockAhead(0);
        logs.put(task("t2", 0), DELAY_MS);
        a.live(500);

        assertThat(a.loop.view().problem()).isNull();
    }

    @Test
    void timeWithinWhatClocksMayDifferIsTaken() {
        a.live(2_500);
        logs.inboxClockAhead(-1_500);
        logs.put(task("t", 0), DELAY_MS);
        long appendedMs = clock.wallMs() - 1_500;
        a.live(500);

        assertThat(a.loop.owner().state().byId("t").notBeforeMs()).isEqualTo(appendedMs + DELAY_MS);
        assertThat(a.loop.view().problem()).isNull();
    }

    @Test
    void delayOfARecordThatHasWaitedInTheInboxCountsFromItsAppendTime() {
        InboxClock inboxClock = new InboxClock(0, clock, () -> true);
        long appendedMs = clock.wallMs() - OFF_MS;
        Arrival old =
                new Read(0, 0, task("t", 0).startingAt(appendedMs + DELAY_MS), DELAY_MS, appendedMs, Arrival.NEVER);

        inboxClock.look();

        assertThat(inboxClock.task(old).notBeforeMs()).isEqualTo(appendedMs + DELAY_MS);
        assertThat(inboxClock.problem()).isNull();
    }

    @Test
    void nothingIsJudgedByAClockThatIsNotTrusted() {
        InboxClock inboxClock = new InboxClock(0, clock, () -> false);
        long appendedMs = clock.wallMs() + OFF_MS;
        Arrival ahead = new Read(
                0, 0, task("t", 0).startingAt(appendedMs + DELAY_MS), DELAY_MS, appendedMs, clock.monotonicMs());

        inboxClock.look();

        assertThat(inboxClock.task(ahead).notBeforeMs()).isEqualTo(appendedMs + DELAY_MS);
        assertThat(inboxClock.problem()).isNull();
    }
}
