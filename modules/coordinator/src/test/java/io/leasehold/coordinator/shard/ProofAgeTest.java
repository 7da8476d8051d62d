package io.leasehold.coordinator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.LeasedTask;
import io.leasehold.coordinator.testkit.Answered;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.decide.Policy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An owner that was superseded may say ok for as long as its own W; whoever comes after it must reckon with that one. */
class ProofAgeTest {
    private static final long LEASE_MS = 30_000;

    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final OneShard a = shard("a", 60_000).owning();

    private OneShard shard(String name, long proofMs) {
        return new OneShard(
                new ShardOptions(name, 1_000, proofMs, 512 * 1024, 20_000, Policy.DEFAULT, JournalOptions.DEFAULT),
                clock,
                logs);
    }

    private void leased() {
        a.submit(OneShard.task("t", 0));
        assertThat(a.poll(1).value()).hasSize(1);
    }

    @Test
    void inheritedLeasesHoldForTheProofAgeOfTheOwnerBefore() {
        leased();
        OneShard b = shard("b", 5_000).owning();
        Answered<List<LeasedTask>> next = b.poll(1);

        b.live(LEASE_MS + 60_000);
        assertThat(next.isThere()).isFalse();
        b.live(200);

        assertThat(next.value()).hasSize(1);
    }

    @Test
    void theOwnerBeforeTheLastMayStillBeBelievedToo() {
        leased();
        OneShard b = shard("b", 5_000).owning();
        b.live(1_000);
        OneShard c = shard("c", 5_000).owning();
        Answered<List<LeasedTask>> next = c.poll(1);

        c.live(LEASE_MS + 60_000);

        assertThat(next.isThere()).isFalse();
    }

    @Test
    void onceNoOwnerBeforeCanSayOkTheOwnProofAgeIsEnough() {
        leased();
        OneShard b = shard("b", 5_000).owning();
        b.live(60_000);
        assertThat(b.loop.owner().state().proofMs()).isEqualTo(60_000);
        b.live(1_100);
        assertThat(b.loop.owner().state().proofMs()).isEqualTo(5_000);

        OneShard c = shard("c", 5_000).owning();
        Answered<List<LeasedTask>> next = c.poll(1);
        c.live(LEASE_MS + 5_000);
        assertThat(next.isThere()).isFalse();
        c.live(200);

        assertThat(next.value()).hasSize(1);
    }

    @Test
    void aLongerProofAgeOfOnesOwnCountsAtOnce() {
        OneShard b = shard("b", 5_000).owning();
        b.live(61_100);

        OneShard c = shard("c", 20_000).owning();
        assertThat(c.loop.owner().state().proofMs()).isEqualTo(20_000);
        c.live(30_000);

        assertThat(c.loop.owner().state().proofMs()).isEqualTo(20_000);
    }
}
