package io.leasehold.coordinator.host;

import static io.leasehold.coordinator.testkit.OneShard.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressWatchTest {
    private static final long MOST_MS = 60_000;

    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final OneShard a = new OneShard("a", clock, logs);
    private final List<String> stuck = new ArrayList<>();
    private final ProgressWatch watch = new ProgressWatch(clock, MOST_MS, stuck::add);
    /** Never started: the test turns the loop. */
    private final ShardThread thread = new ShardThread(a.loop, ended -> {});

    @Test
    void shardThatServesIsNotStuck() {
        a.owning();

        liveAndLook(300);

        assertThat(stuck).isEmpty();
    }

    @Test
    void shardWhoseRecordIsNeitherTakenNorRefusedIsStuck() {
        a.owning();
        logs.hold();

        liveAndLook(60);
        assertThat(stuck).isEmpty();
        liveAndLook(3);

        assertThat(a.loop.status()).isEqualTo(ShardStatus.ACTIVE);
        assertThat(stuck).hasSize(1);
        assertThat(stuck.get(0)).contains("shard 0: is ACTIVE", "no effective record for 60000 ms");
    }

    @Test
    void shardWhoseThreadIsGoneIsStuck() {
        a.owning();

        for (int second = 0; second < 63; second++) {
            clock.pass(1_000);
            watch.look(List.of(thread));
        }

        assertThat(stuck).hasSize(1);
        assertThat(stuck.get(0)).endsWith("its thread is gone");
    }

    @Test
    void shardThatIsGivenUpAndDoesNotGetThereIsStuck() {
        a.owning();
        logs.hold();
        a.loop.release();

        liveAndLook(63);

        assertThat(stuck).hasSize(1);
        assertThat(stuck.get(0)).contains("RELEASING");
    }

    @Test
    void pauseOfTheProcessIsNotCounted() {
        a.owning();
        liveAndLook(5);

        for (int i = 0; i < 10; i++) {
            clock.pass(600_000);
            watch.look(List.of(thread));
            liveAndLook(1);
        }

        assertThat(stuck).isEmpty();
    }

    /** The watch runs first after a pause, and the shard's thread comes late, but comes. */
    @Test
    void shardHasAllItsTimeAgainAfterAPause() {
        a.owning();
        logs.hold();
        liveAndLook(50);
        clock.pass(30_000);
        watch.look(List.of(thread));

        liveAndLook(50);
        assertThat(stuck).isEmpty();
        logs.deliver();
        liveAndLook(50);

        assertThat(stuck).isEmpty();
    }

    @Test
    void shardWhoseLogIsAwayIsNotStuckButOver() {
        a.owning();
        logs.failAppends(true);

        liveAndLook(120);

        assertThat(a.loop.status()).isEqualTo(ShardStatus.FAILED);
        assertThat(stuck).isEmpty();
    }

    @Test
    void shardThatCannotReadWhatLiesBeforeItsRecordIsNotStuckButOver() {
        a.owning();
        logs.hearNothing(true);
        logs.inject(new byte[] {1});
        a.submit(task("t1", 0));

        liveAndLook(120);

        assertThat(a.loop.status()).isEqualTo(ShardStatus.FAILED);
        assertThat(stuck).isEmpty();
    }

    @Test
    void shardThatFollowsItsOwnerIsNotStuckHoweverLongTheLogIsAway() {
        logs.hearNothing(true);

        liveAndLook(600);

        assertThat(a.loop.status()).isEqualTo(ShardStatus.FOLLOWING);
        assertThat(stuck).isEmpty();
    }

    private void liveAndLook(int seconds) {
        for (int second = 0; second < seconds; second++) {
            a.live(1_000);
            watch.look(List.of(thread));
        }
    }
}
