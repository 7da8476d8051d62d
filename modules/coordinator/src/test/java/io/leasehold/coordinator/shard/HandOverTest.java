package io.leasehold.coordinator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.port.Witness;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandOverTest {
    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final OneShard a = new OneShard("a", clock, logs).owning();
    private final OneShard b = new OneShard("b", clock, logs).settle();

    @Test
    void whoIsReadyClaimsAtTheWordInTheJournal() {
        b.loop.claimOnRelease(true, List.of());
        b.settle();
        assertThat(b.loop.status()).isEqualTo(ShardStatus.FOLLOWING);

        a.loop.release();
        a.settle();
        b.settle();

        assertThat(a.loop.status()).isEqualTo(ShardStatus.RELEASED);
        assertThat(b.loop.status()).isEqualTo(ShardStatus.ACTIVE);
    }

    @Test
    void whoIsNoLongerToTakeOverDoesNot() {
        b.loop.claimOnRelease(true, List.of());
        b.loop.claimOnRelease(false, List.of());

        a.loop.release();
        a.settle();
        b.settle();

        assertThat(b.loop.status()).isEqualTo(ShardStatus.FOLLOWING);
    }

    @Test
    void journalThatFallsShortIsNotClaimedAtTheWordInItEither() {
        b.loop.claimOnRelease(true, List.of(new Witness("journal-1", "inbox-1", 1, 0, 1_000)));

        a.loop.release();
        a.settle();
        b.settle();

        assertThat(b.loop.status()).isEqualTo(ShardStatus.STOPPED);
    }

    @Test
    void copyThatClaimedGoesOnWithWhatItFolded() {
        a.submit(OneShard.task("t", 0));
        b.loop.claimOnRelease(true, List.of());
        a.loop.release();
        a.settle();
        b.settle();

        assertThat(b.poll(1).value()).hasSize(1);
        assertThat(a.loop.status()).isEqualTo(ShardStatus.RELEASED);
    }
}
