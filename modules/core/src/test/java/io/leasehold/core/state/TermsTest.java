package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.core.decide.Policy;
import io.leasehold.core.event.Claim;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.event.TurnWriter;
import io.leasehold.core.kit.Lived;
import io.leasehold.core.wire.UnreadableRecordException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TermsTest {
    private final Lived lived = new Lived(Policy.DEFAULT, bound -> 0, 2);

    private static ShardState replayed(List<byte[]> records, int newestVersion) {
        ShardState state = new ShardState();
        Replay replay = new Replay(state, newestVersion);
        records.forEach(replay::apply);
        return state;
    }

    private void claimLands(int foldVersion, long proofMs) {
        ShardState state = lived.state();
        TurnWriter writer = new TurnWriter();
        TurnHeader header = new TurnHeader(state.epoch() + 1, 77, 0, 1, 0);
        writer.begin(header);
        Claim claim = new Claim("late", "kafka", "journal", "inbox", 4, foldVersion, proofMs, 0, 0, 0);
        writer.claimed(claim);
        Fold fold = new Fold(state);
        assertThat(fold.begin(header)).isTrue();
        fold.claimed(claim);
    }

    @Test
    void underTheOlderVersionAJournalIsReadByTheOlderRelease() {
        lived.lease("a");
        lived.decider().base();
        lived.turn(1).claimedBy("two", 2);
        lived.decider().digest();

        ShardState state = replayed(lived.records(), 2);

        assertThat(state.foldVersion()).isEqualTo(2);
        assertThat(state.proofMs()).isZero();
        assertThat(state.claim().owner()).isEqualTo("two");
    }

    @Test
    void termsAreInForceFromTheirFactOn() {
        lived.turn(1);
        lived.decider().digest();
        lived.decider().setTerms(3, 60_000);
        lived.decider().digest();
        lived.turn(1);

        ShardState state = replayed(lived.records(), 3);

        assertThat(state.foldVersion()).isEqualTo(3);
        assertThat(state.proofMs()).isEqualTo(60_000);
        assertThat(state.claim().foldVersion()).isEqualTo(3);
    }

    @Test
    void copiesThatDifferInTheirTermsAloneHaveOtherDigests() {
        lived.decider().setTerms(3, 60_000);
        long before = StateDigest.of(lived.state());

        lived.decider().setTerms(3, 50_000);

        assertThat(StateDigest.of(lived.state())).isNotEqualTo(before);
    }

    @Test
    void theOlderReleaseStopsAtTerms() {
        lived.decider().setTerms(3, 60_000);
        List<byte[]> records = lived.records();

        assertThatThrownBy(() -> replayed(records, 2))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage("fold version: 3 (expected: at most 2)");
    }

    @Test
    void aReleaseStopsAtTermsLaterThanItsOwn() {
        lived.decider().setTerms(3, 60_000);
        TurnWriter writer = new TurnWriter();
        writer.begin(new TurnHeader(1, 1, 3, 1, 0));
        writer.termsSet(Fold.VERSION + 1, 1);
        ShardState state = replayed(lived.records(), Fold.VERSION);
        Replay replay = new Replay(state);

        assertThat(state.seq()).isEqualTo(1);
        writer.begin(new TurnHeader(1, 1, 2, 1, 0));
        writer.termsSet(Fold.VERSION + 1, 1);
        assertThatThrownBy(() -> replay.apply(writer.toRecord())).isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void aReplayFromABaseKnowsTheTerms() {
        lived.decider().setTerms(3, 60_000);
        lived.turn(1);
        int base = lived.offset();
        lived.decider().base();
        lived.turn(1);
        lived.decider().trim(base, 0, 0);
        lived.decider().digest();
        List<byte[]> records = lived.records();

        ShardState state = new ShardState();
        Replay replay = new Replay(state);
        replay.start(records.get(base));
        records.subList(base + 1, records.size()).forEach(replay::apply);

        assertThat(state.foldVersion()).isEqualTo(3);
        assertThat(state.proofMs()).isEqualTo(60_000);
        assertThat(StateDigest.of(state)).isEqualTo(StateDigest.of(replayed(records, 3)));
        assertThatThrownBy(() -> new Replay(new ShardState(), 2).start(records.get(base)))
                .isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void aClaimThatWasMadeBeforeTheTermsWereReadTakesNothingBack() {
        lived.decider().setTerms(3, 60_000);

        claimLands(2, 0);

        assertThat(lived.state().foldVersion()).isEqualTo(3);
        assertThat(lived.state().proofMs()).isEqualTo(60_000);
        assertThat(lived.state().claim().owner()).isEqualTo("late");
        assertThat(lived.state().claim().proofMs()).isEqualTo(60_000);
    }

    @Test
    void theLongestProofAgeOfSeveralClaimsHolds() {
        lived.decider().setTerms(3, 5_000);
        claimLands(3, 60_000);
        claimLands(3, 5_000);

        assertThat(lived.state().proofMs()).isEqualTo(60_000);
    }
}
