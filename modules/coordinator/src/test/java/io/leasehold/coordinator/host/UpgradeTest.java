package io.leasehold.coordinator.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.testkit.InMemoryCluster;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneKeeper;
import io.leasehold.core.state.Replay;
import io.leasehold.core.state.ShardState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Coordinators of the release before, which reads and writes fold version 2, and of this one. */
class UpgradeTest {
    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final InMemoryCluster cluster = new InMemoryCluster(1);
    private final List<OneKeeper> running = new ArrayList<>();

    private OneKeeper starts(String id, int foldVersion) {
        OneKeeper keeper = new OneKeeper(id, clock, cluster, Map.of(0, logs), foldVersion);
        running.add(keeper);
        return keeper;
    }

    private void ends(OneKeeper keeper, String id) {
        keeper.die();
        running.remove(keeper);
        cluster.bury(id);
    }

    private void live(long ms) {
        for (long passed = 0; passed <= ms; passed += 500) {
            running.forEach(OneKeeper::settle);
            clock.pass(500);
        }
    }

    /** What a release that reads no later version makes of the journal. */
    private ShardState read(int newestVersion) {
        ShardState state = new ShardState();
        Replay replay = new Replay(state, newestVersion);
        logs.journal().forEach(record -> replay.apply(record.value()));
        return state;
    }

    @Test
    void anEmptyJournalBeginsWithWhatEveryoneReads() {
        starts("old", 2);
        starts("new", 3);
        cluster.assign(0, "new");

        live(1_000);

        assertThat(read(2).claim().owner()).isEqualTo("new");
        assertThat(read(2).foldVersion()).isEqualTo(2);
    }

    @Test
    void whoIsAloneWithANewClusterBeginsWithItsOwn() {
        starts("new", 3);
        cluster.assign(0, "new");

        live(1_000);

        assertThat(read(3).foldVersion()).isEqualTo(3);
        assertThat(read(3).proofMs()).isEqualTo(5_000);
    }

    @Test
    void theOlderReleaseReadsEverythingUntilTheLastOfItIsGone() {
        OneKeeper old = starts("old", 2);
        cluster.assign(0, "old");
        live(1_000);
        OneKeeper next = starts("new", 3);
        cluster.assign(0, "new");
        live(120_000);
        assertThat(next.status(0)).isEqualTo(ShardStatus.ACTIVE);
        assertThat(read(2).foldVersion()).isEqualTo(2);

        cluster.assign(0, "old");
        live(2_000);

        assertThat(old.status(0)).isEqualTo(ShardStatus.ACTIVE);
        assertThat(read(2).claim().owner()).isEqualTo("old");
    }

    @Test
    void anOwnerRaisesItsShardOnceAllHaveReadTheVersionForAWhile() {
        OneKeeper old = starts("old", 2);
        starts("new", 3);
        cluster.assign(0, "new");
        live(10_000);
        ends(old, "old");

        live(58_000);
        assertThat(read(2).foldVersion()).isEqualTo(2);
        live(4_000);

        assertThat(read(3).foldVersion()).isEqualTo(3);
        assertThat(read(3).proofMs()).isEqualTo(5_000);
    }

    @Test
    void oneOfTheOlderReleaseThatComesBackInTimeFindsItsShardAsItWas() {
        OneKeeper old = starts("old", 2);
        starts("new", 3);
        cluster.assign(0, "new");
        live(10_000);
        ends(old, "old");
        live(50_000);

        OneKeeper back = starts("old", 2);
        cluster.assign(0, "old");
        live(100_000);

        assertThat(back.status(0)).isEqualTo(ShardStatus.ACTIVE);
        assertThat(read(2).foldVersion()).isEqualTo(2);
    }

    @Test
    void oneOfTheOlderReleaseThatComesTooLateStopsAndSaysWhy() {
        OneKeeper alone = starts("new", 3);
        cluster.assign(0, "new");
        live(1_000);
        OneKeeper old = starts("old", 2);
        cluster.assign(0, "old");

        live(1_000);

        assertThat(old.status(0)).isEqualTo(ShardStatus.STOPPED);
        assertThat(old.loop(0).view().problem()).isEqualTo("fold version of claim 1: 3 (expected: at most 2)");
        assertThat(alone.status(0)).isEqualTo(ShardStatus.ACTIVE);
    }

    @Test
    void aShardThatWasRaisedStaysSo() {
        OneKeeper first = starts("a", 3);
        cluster.assign(0, "a");
        live(1_000);
        ends(first, "a");
        starts("old", 2);
        starts("b", 3);
        cluster.assign(0, "b");

        live(100_000);

        assertThat(read(3).claim().owner()).isEqualTo("b");
        assertThat(read(3).foldVersion()).isEqualTo(3);
    }
}
