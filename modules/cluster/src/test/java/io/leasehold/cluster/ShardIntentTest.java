package io.leasehold.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.cluster.ShardIntent.Claim;
import org.junit.jupiter.api.Test;

class ShardIntentTest {

    @Test
    void newerClaimReplacesWhatWasStillToBeWrittenOfTheOlder() {
        assertThat(ShardIntent.NONE.owns(3).released(3).owns(4)).isEqualTo(new ShardIntent(Claim.OWNS, 4, false));
    }

    @Test
    void wordsOfAnOlderClaimArePassedOver() {
        ShardIntent owns = ShardIntent.NONE.owns(5);

        assertThat(owns.released(4)).isEqualTo(owns);
        assertThat(owns.owns(4)).isEqualTo(owns);
    }

    @Test
    void whoOwnsNoLongerWaits() {
        assertThat(ShardIntent.NONE.caughtUp().owns(1).waiting()).isFalse();
    }

    @Test
    void whoWaitsNoLongerOwnsButItsReleaseIsStillWritten() {
        assertThat(ShardIntent.NONE.owns(2).caughtUp()).isEqualTo(new ShardIntent(Claim.UNSAID, 2, true));
        assertThat(ShardIntent.NONE.owns(2).released(2).caughtUp()).isEqualTo(new ShardIntent(Claim.RELEASED, 2, true));
    }

    @Test
    void claimWhoseCopyIsOverIsNotSaidAgain() {
        assertThat(ShardIntent.NONE.owns(3).ended(3)).isEqualTo(new ShardIntent(Claim.UNSAID, 3, false));
        assertThat(ShardIntent.NONE.owns(4).ended(3)).isEqualTo(ShardIntent.NONE.owns(4));
        assertThat(ShardIntent.NONE.owns(3).released(3).ended(3))
                .isEqualTo(ShardIntent.NONE.owns(3).released(3));
    }

    @Test
    void settledClaimKeepsItsEpochAgainstOlderWords() {
        ShardIntent settled = ShardIntent.NONE.owns(7).released(7).settled();

        assertThat(settled.claim()).isEqualTo(Claim.UNSAID);
        assertThat(settled.owns(6)).isEqualTo(settled);
    }
}
