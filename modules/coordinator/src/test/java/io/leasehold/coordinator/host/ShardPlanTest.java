package io.leasehold.coordinator.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.host.ShardPlan.Facts;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.ClusterMap.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardPlanTest {
    private static final Member A = new Member("a", "http://a", 1, false);
    private static final Member B = new Member("b", "http://b", 2, false);

    @Test
    void anAssignedShardIsOpenedAndAnotherIsNot() {
        assertThat(plan(map(place("a", null, null)), null, false, false)).isEqualTo(ShardPlan.OPEN);
        assertThat(plan(map(place("b", null, null)), null, false, false)).isEqualTo(ShardPlan.KEEP);
    }

    @Test
    void aShardWithoutALiveOwnerIsClaimedOnceTheJournalIsRead() {
        ClusterMap ownerDied = map(place("a", "gone", null));

        assertThat(plan(ownerDied, ShardStatus.FOLLOWING, false, false)).isEqualTo(ShardPlan.KEEP);
        assertThat(plan(ownerDied, ShardStatus.FOLLOWING, true, false)).isEqualTo(ShardPlan.CLAIM);
    }

    @Test
    void aShardThatAnotherServesIsOfferedToTakeOver() {
        assertThat(plan(map(place("a", "b", null)), ShardStatus.FOLLOWING, true, false))
                .isEqualTo(ShardPlan.OFFER);
    }

    @Test
    void aReleaseInTheJournalIsEnoughToClaim() {
        assertThat(plan(map(place("a", "b", "a")), ShardStatus.FOLLOWING, true, true))
                .isEqualTo(ShardPlan.CLAIM);
    }

    @Test
    void anOwnerGivesUpOnlyWhenTheNextOneIsReady() {
        assertThat(plan(map(place("b", "a", null)), ShardStatus.ACTIVE, true, false))
                .isEqualTo(ShardPlan.KEEP);
        assertThat(plan(map(place("b", "a", "b")), ShardStatus.ACTIVE, true, false))
                .isEqualTo(ShardPlan.RELEASE);
        assertThat(plan(map(place("b", "a", "c")), ShardStatus.ACTIVE, true, false))
                .isEqualTo(ShardPlan.KEEP);
    }

    @Test
    void aCopyThatIsNoLongerWantedIsDropped() {
        assertThat(plan(map(place("b", "b", null)), ShardStatus.FOLLOWING, true, false))
                .isEqualTo(ShardPlan.CLOSE);
    }

    /** Its copy failed, and before it was opened again the shard was assigned to another, who waits for a release. */
    @Test
    void anOwnerWithoutACopyTakesBackThatItOwnsWhatIsAssignedToAnother() {
        assertThat(plan(map(place("b", "a", "b")), null, false, false)).isEqualTo(ShardPlan.DISOWN);
        assertThat(plan(map(place("a", "a", null)), null, false, false)).isEqualTo(ShardPlan.OPEN);
    }

    @Test
    void nothingIsDoneOnAnOldMap() {
        ClusterMap old = new ClusterMap(List.of(B), List.of(place("b", "b", "b")), false);

        for (ShardStatus status : ShardStatus.values()) {
            assertThat(ShardPlan.of("a", old, 0, facts(status, true, false))).isEqualTo(ShardPlan.KEEP);
        }
    }

    private static ShardPlan plan(ClusterMap map, ShardStatus status, boolean caughtUp, boolean released) {
        return ShardPlan.of("a", map, 0, facts(status, caughtUp, released));
    }

    private static Facts facts(ShardStatus status, boolean caughtUp, boolean released) {
        return new Facts(status, caughtUp, released, false, false, false, false);
    }

    private static ClusterMap map(Place place) {
        return new ClusterMap(List.of(A, B), List.of(place), true);
    }

    private static Place place(String assigned, String owner, String caughtUp) {
        return new Place(
                0,
                assigned,
                null,
                owner,
                owner == null ? null : "http://" + owner,
                owner == null ? 0 : 1,
                caughtUp,
                null);
    }
}
