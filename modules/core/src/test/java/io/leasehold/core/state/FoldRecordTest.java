package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.kit.Lived;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.task.TaskState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which records count, and what they do to the shard as a whole. */
class FoldRecordTest {
    private static final long NOW = 1_000;

    private final ShardState state = new ShardState();
    private final Fold fold = new Fold(state);

    private boolean begin(long epoch, long nonce, long seq, long nowMs) {
        return fold.begin(new TurnHeader(epoch, nonce, seq, nowMs, 0));
    }

    static Stream<TurnHeader> voidAfterEpoch5Nonce9Seq2() {
        return Stream.of(
                new TurnHeader(4, 8, 0, NOW + 5, 0),
                new TurnHeader(5, 9, 0, NOW + 5, 0),
                new TurnHeader(5, 10, 0, NOW + 5, 0),
                new TurnHeader(4, 9, 3, NOW + 5, 0),
                new TurnHeader(6, 9, 3, NOW + 5, 0),
                new TurnHeader(5, 10, 3, NOW + 5, 0),
                new TurnHeader(5, 9, 2, NOW + 5, 0),
                new TurnHeader(5, 9, 1, NOW + 5, 0),
                new TurnHeader(5, 9, 4, NOW + 5, 0),
                new TurnHeader(5, 9, -1, NOW + 5, 0),
                new TurnHeader(-1, 9, 0, NOW + 5, 0));
    }

    @ParameterizedTest
    @MethodSource("voidAfterEpoch5Nonce9Seq2")
    void aVoidRecordChangesNothing(TurnHeader header) {
        begin(5, 9, 0, NOW);
        begin(5, 9, 1, NOW);
        begin(5, 9, 2, NOW);
        fold.accepted(1, Tasks.id("a").notBefore(NOW + 1).task(), NOW);
        List<String> before = Structure.of(state);
        assertThat(fold.begin(header)).isFalse();
        assertThat(Structure.of(state)).isEqualTo(before);
        assertThat(begin(5, 9, 3, NOW)).isTrue();
    }

    @Test
    void nothingCountsBeforeTheFirstClaim() {
        assertThat(begin(0, 0, 1, NOW)).isFalse();
        assertThat(begin(0, 0, 0, NOW)).isFalse();
        assertThat(begin(1, 7, 1, NOW)).isFalse();
        assertThat(state.nowMs()).isZero();
        assertThat(begin(1, 7, 0, NOW)).isTrue();
    }

    @Test
    void aClaimEndsARelease() {
        begin(1, 7, 0, NOW);
        fold.released();
        assertThat(state.isReleased()).isTrue();
        begin(9, 8, 0, NOW);
        assertThat(state.isReleased()).isFalse();
        assertThat(state.epoch()).isEqualTo(9);
        assertThat(state.nonce()).isEqualTo(8);
        assertThat(state.seq()).isZero();
    }

    @Test
    void shardTimeNeverGoesBack() {
        begin(1, 7, 0, NOW);
        begin(1, 7, 1, NOW - 1);
        assertThat(state.nowMs()).isEqualTo(NOW);
        begin(2, 8, 0, NOW - 500);
        assertThat(state.nowMs()).isEqualTo(NOW);
    }

    @Test
    void delayedTasksBecomeReadyWhenTheirTimeComes() {
        begin(1, 7, 0, NOW);
        for (int i = 1; i <= 20; i++) {
            fold.accepted(
                    i, Tasks.id("t" + i).queue("q" + i % 3).notBefore(NOW + i).task(), NOW);
        }
        assertThat(state.nextStartMs()).isEqualTo(NOW + 1);
        begin(1, 7, 1, NOW + 7);
        assertThat(state.byId("t7").state()).isEqualTo(TaskState.READY);
        assertThat(state.byId("t8").state()).isEqualTo(TaskState.DELAYED);
        assertThat(state.nextStartMs()).isEqualTo(NOW + 8);
        Recount.check(state);
        begin(1, 7, 2, Long.MAX_VALUE);
        assertThat(state.nextStartMs()).isEqualTo(Long.MAX_VALUE);
        Recount.check(state);
    }

    @Test
    void leaderEpochBelongsToTheInboxPositionAndIsKnownFromFoldVersion4On() {
        begin(1, 7, 0, NOW);
        fold.inboxSettled(5, 2);
        assertThat(state.inboxLeaderEpoch()).isEqualTo(-1);
        fold.termsSet(4, 5_000);

        fold.inboxSettled(8, 2);
        long digest = StateDigest.of(state);
        fold.inboxSettled(7, 3);
        assertThat(state.inboxLeaderEpoch()).isEqualTo(2);
        assertThat(StateDigest.of(state)).isEqualTo(digest);

        fold.inboxSettled(9, -1);
        assertThat(state.inboxLeaderEpoch()).isEqualTo(-1);
    }

    @Test
    void theInboxPositionAndThePublishedEndNeverGoBack() {
        begin(1, 7, 0, NOW);
        fold.inboxSettled(8, -1);
        fold.inboxSettled(5, -1);
        fold.endsPublished(0);
        assertThat(state.inboxOffset()).isEqualTo(8);
        assertThat(state.publishedEnd()).isZero();
    }

    @Test
    void endsArePublishedInTheirOrder() {
        Lived lived = new Lived();
        lived.lease("a");
        lived.decider().cancel(lived.entry("a"), lived.nowMs());
        lived.die("b");
        lived.succeed(lived.lease("c"));
        assertThat(lived.state().unpublished())
                .extracting(entry -> entry.task().id())
                .containsExactly("a", "b", "c");
        lived.fact().endsPublished(2);
        assertThat(lived.state().unpublished())
                .extracting(entry -> entry.task().id())
                .containsExactly("c");
        lived.fact().endsPublished(1);
        assertThat(lived.state().publishedEnd()).isEqualTo(2);
        Recount.check(lived.state());
    }

    @Test
    void aNumberAndAFenceAreGivenOnce() {
        begin(1, 7, 0, NOW);
        fold.accepted(5, Tasks.plain("a"), NOW);
        fold.accepted(5, Tasks.plain("b"), NOW);
        fold.accepted(4, Tasks.plain("c"), NOW);
        assertThat(state.byId("b")).isNull();
        assertThat(state.byId("c")).isNull();
        fold.leased(5, 50, 1, "w", null);
        fold.leaseExpired(5, 50, true);
        fold.leased(5, 50, 1, "w", null);
        assertThat(state.leased()).isZero();
        Recount.check(state);
    }
}
