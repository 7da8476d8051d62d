package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.core.event.Claim;
import io.leasehold.core.event.Events;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.event.TurnWriter;
import io.leasehold.core.kit.Lived;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.wire.UnreadableRecordException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private final ShardState state = new ShardState();
    private final Replay replay = new Replay(state);

    private static byte[] claim(long epoch, int foldVersion, long digest, long digestEpoch, long digestSeq) {
        TurnWriter writer = new TurnWriter();
        writer.begin(new TurnHeader(epoch, epoch, 0, 1, 0));
        writer.claimed(new Claim("two", "c", "j", "i", 1, foldVersion, digest, digestEpoch, digestSeq));
        return writer.toRecord();
    }

    /** A shard that one owner claimed and gave one task, replayed here. */
    private void history() {
        Lived lived = new Lived();
        lived.accept(Tasks.plain("a"));
        lived.records().forEach(replay::apply);
    }

    @Test
    void aClaimThatSawTheSameStateIsTaken() {
        history();
        assertThat(replay.apply(claim(2, Fold.VERSION, StateDigest.of(state), 1, state.seq)))
                .isTrue();
        assertThat(state.claim().owner()).isEqualTo("two");
    }

    @Test
    void aClaimThatSawAnotherStateStopsThisCopy() {
        history();
        byte[] other = claim(2, Fold.VERSION, StateDigest.of(state) + 1, 1, state.seq);
        assertThatThrownBy(() -> replay.apply(other))
                .isInstanceOf(DivergedException.class)
                .hasMessageStartingWith("state digest before claim 2 by two: ");
        assertThat(state.epoch()).isEqualTo(1);
    }

    @Test
    void aClaimThatSawLessOrFoldsOtherwiseIsNotCompared() {
        history();
        assertThat(replay.apply(claim(2, Fold.VERSION, 12345, 1, state.seq - 1)))
                .isTrue();
        assertThat(replay.apply(claim(3, Fold.OLDEST_VERSION - 1, 12345, 2, 0))).isTrue();
    }

    @Test
    void aClaimOfALaterFoldStopsThisCopy() {
        history();
        assertThatThrownBy(() -> replay.apply(claim(2, Fold.VERSION + 1, 0, 0, 0)))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage(
                        "fold version of claim 2: " + (Fold.VERSION + 1) + " (expected: at most " + Fold.VERSION + ")");
    }

    @Test
    void anOldClaimIsVoidWhateverItSays() {
        history();
        long voided = replay.voided();
        assertThat(replay.apply(claim(1, 99, 7, 1, state.seq))).isFalse();
        assertThat(replay.voided()).isEqualTo(voided + 1);
    }

    @Test
    void anUnknownKindStopsThisCopyOnlyIfItIsEffective() {
        history();
        byte[] next = withUnknownKind(new TurnHeader(1, 1, state.seq + 1, 1, 0));
        byte[] late = withUnknownKind(new TurnHeader(1, 1, state.seq, 1, 0));
        assertThat(replay.apply(late)).isFalse();
        assertThatThrownBy(() -> replay.apply(next)).isInstanceOf(UnreadableRecordException.class);
    }

    private static byte[] withUnknownKind(TurnHeader header) {
        TurnWriter writer = new TurnWriter();
        writer.begin(header);
        byte[] record = Arrays.copyOf(writer.toRecord(), writer.size() + 1);
        record[record.length - 1] = 99;
        return record;
    }

    @Test
    void aRecordOfSequence0MustBeAClaim() {
        TurnWriter writer = new TurnWriter();
        writer.begin(new TurnHeader(1, 1, 0, 1, 0));
        ((Events) writer).released();
        assertThatThrownBy(() -> replay.apply(writer.toRecord())).isInstanceOf(UnreadableRecordException.class);
    }
}
