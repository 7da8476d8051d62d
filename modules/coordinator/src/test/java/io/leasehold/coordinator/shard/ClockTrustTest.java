package io.leasehold.coordinator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Monotonic time counts from 0; the broker's clock shows that plus {@link #BROKER}. */
class ClockTrustTest {
    private static final long BROKER = 1_000_000;
    private static final long JUMP_MS = 600_000;
    private static final long WALL_MS = 1_800_000_000_000L;

    private final ClockTrust trust = new ClockTrust();

    /** An append under way for so long, by a clock that is ahead of the broker's. */
    private void append(long sentMs, long tookMs, long aheadMs) {
        long wallMs = BROKER + sentMs + aheadMs;
        trust.verify(new Sent(wallMs, sentMs, wallMs + tookMs, sentMs + tookMs, BROKER + sentMs + tookMs));
    }

    private boolean isTrusted(long monotonicMs, long aheadMs) {
        return trust.isTrusted(BROKER + monotonicMs + aheadMs, monotonicMs);
    }

    @Test
    void aClockIsTrustedUpToTwoSecondsOff() {
        append(0, 0, 1_900);
        assertThat(isTrusted(10, 1_900)).isTrue();

        append(10, 0, 2_100);
        assertThat(isTrusted(20, 2_100)).isFalse();
    }

    @Test
    void whatItJumpedSinceTheLastAppendIsAdded() {
        append(0, 0, 1_500);

        assertThat(isTrusted(10, 1_900)).isTrue();
        assertThat(isTrusted(10, 2_600)).isFalse();
        assertThat(isTrusted(10, -2_600)).isFalse();
    }

    @Test
    void anAppendThatTookLongHidesNoSkew() {
        append(0, 4_000, 5_000);

        assertThat(isTrusted(4_010, 5_000)).isFalse();
    }

    @Test
    void anAppendThatTookLongTakesNoTrustAway() {
        append(0, 1, 0);
        append(10, 8_000, 0);

        assertThat(isTrusted(8_020, 0)).isTrue();
    }

    @Test
    void delaysThatBeginWhileShardTimeStandsStillCountFromTheBrokersClock() {
        append(0, 10, 60_000);

        assertThat(trust.delaysFrom(BROKER + 60_000 + 5_000, 5_000, BROKER)).isBetween(BROKER + 5_000, BROKER + 5_010);
    }

    @Test
    void delaysCountFromTheTimeOfDayOtherwise() {
        append(0, 10, 0);

        assertThat(trust.delaysFrom(BROKER + 5_000, 5_000, BROKER + 4_990)).isEqualTo(BROKER + 5_000);
        assertThat(trust.delaysFrom(BROKER + 5_000, 5_000, BROKER + 5_010)).isEqualTo(BROKER + 5_010);
    }

    /** A turn may have been opened while shard time stood still, and serve more after the clock was found to be right. */
    @Test
    void delaysDoNotCountFromWhenATurnWasOpenedWithoutTrust() {
        append(0, 10, 0);

        assertThat(trust.delaysFrom(BROKER + 9_000, 9_000, BROKER + 4_740)).isEqualTo(BROKER + 9_000);
    }

    /** Both clocks have jumped since monotonic time began. */
    private void appendAfterCommonJump(long sentMs, long jumpMs) {
        long wallMs = BROKER + sentMs + jumpMs;
        trust.verify(new Sent(wallMs, sentMs, wallMs, sentMs, wallMs));
    }

    @Test
    void clocksThatJumpTogetherAreDoubtedForAsLongAsTheyJumped() {
        append(0, 0, 0);
        appendAfterCommonJump(1_000, 30_000);
        assertThat(trust.isDoubted()).isTrue();
        assertThat(trust.jumpedMs()).isBetween(29_990L, 30_000L);

        appendAfterCommonJump(30_900, 30_000);
        assertThat(isTrusted(30_900, 30_000)).isFalse();
        appendAfterCommonJump(31_000, 30_000);
        assertThat(isTrusted(31_000, 30_000)).isTrue();
    }

    @Test
    void clocksThatJumpFarAreDoubtedForSomeMinutes() {
        append(0, 0, 0);
        appendAfterCommonJump(1_000, -86_400_000);
        appendAfterCommonJump(300_900, -86_400_000);
        assertThat(isTrusted(300_900, -86_400_000)).isFalse();

        appendAfterCommonJump(301_000, -86_400_000);
        assertThat(isTrusted(301_000, -86_400_000)).isTrue();
    }

    @Test
    void clocksThatJumpBackBeforeTheyAreBelievedAreTrustedAtOnce() {
        append(0, 0, 0);
        appendAfterCommonJump(1_000, 86_400_000);
        append(60_000, 0, 0);

        assertThat(isTrusted(60_001, 0)).isTrue();
    }

    @Test
    void clocksThatJumpAgainAreDoubtedFromThenOn() {
        append(0, 0, 0);
        appendAfterCommonJump(1_000, 86_400_000);
        appendAfterCommonJump(200_000, 2 * 86_400_000L);
        appendAfterCommonJump(400_000, 2 * 86_400_000L);

        assertThat(isTrusted(400_000, 2 * 86_400_000L)).isFalse();
    }

    /** Own clock and broker's do not jump in one moment: for a while they differ. */
    @Test
    void clocksThatJumpOneAfterTheOtherAreDoubtedAllTheSame() {
        append(0, 0, 0);
        append(1_000, 0, 86_400_000);
        appendAfterCommonJump(5_000, 86_400_000);

        assertThat(isTrusted(5_000, 86_400_000)).isFalse();
    }

    @Test
    void anAppendThatWasUnderWayDuringTheJumpDoesNotHideIt() {
        append(0, 0, 0);
        trust.verify(new Sent(BROKER + 900, 900, BROKER + 1_100 + 86_400_000, 1_100, BROKER + 950));
        appendAfterCommonJump(2_000, 86_400_000);

        assertThat(isTrusted(2_000, 86_400_000)).isFalse();
    }

    @Test
    void aBrokerWhoseClockWasWrongAloneIsTrustedAgainAtOnce() {
        append(0, 0, 0);
        append(1_000, 0, -50_000);
        append(2_000, 0, 0);

        assertThat(isTrusted(2_000, 0)).isTrue();
    }

    @Test
    void aClockOfOnesOwnThatWasWrongAloneIsTrustedAgainAtOnce() {
        append(0, 0, 0);
        append(1_000, 0, 50_000);
        append(400_000, 0, 0);

        assertThat(isTrusted(400_001, 0)).isTrue();
    }

    @Test
    void clocksThatDriftApartOverDaysAreNoJump() {
        append(0, 0, 0);
        for (long day = 1; day <= 10; day++) {
            appendAfterCommonJump(day * 86_400_000, day * 20_000);
            assertThat(isTrusted(day * 86_400_000, day * 20_000))
                    .as("day " + day)
                    .isTrue();
        }
    }

    @Test
    void delaysThatBeginInDoubtDoNotCountFromAClockThatJumpedFar() {
        append(0, 0, 0);
        appendAfterCommonJump(1_000, 86_400_000);

        assertThat(trust.delaysFrom(BROKER + 1_000 + 86_400_000, 1_000, BROKER)).isEqualTo(BROKER + 1_000);
    }

    @Test
    void delaysThatBeginInDoubtCountFromAClockThatMayHaveBeenRightWhileThisMachineSlept() {
        append(0, 0, 0);
        appendAfterCommonJump(1_000, 60_000);

        assertThat(trust.delaysFrom(BROKER + 61_000, 1_000, BROKER)).isEqualTo(BROKER + 61_000);
    }

    @Test
    void aClockNextToTheBrokersIsTrusted() {
        trust.verify(new Sent(WALL_MS, 1_000, WALL_MS + 5, 1_005, WALL_MS + 3));
        assertThat(trust.isTrusted(WALL_MS + 5, 1_005)).isTrue();
        assertThat(trust.shardTime(WALL_MS + 50, 1_050, WALL_MS)).isEqualTo(WALL_MS + 50);
    }

    @Test
    void aClockThatIsOffTheBrokersIsNotTrusted() {
        trust.verify(new Sent(WALL_MS + JUMP_MS, 1_000, WALL_MS + JUMP_MS + 5, 1_005, WALL_MS + 3));
        assertThat(trust.isTrusted(WALL_MS + JUMP_MS + 5, 1_005)).isFalse();
        assertThat(trust.skewMs()).isEqualTo(JUMP_MS - 3);
    }

    @Test
    void aClockThatJumpsBetweenTwoAppendsIsNotTrusted() {
        trust.verify(new Sent(WALL_MS, 1_000, WALL_MS + 5, 1_005, WALL_MS + 3));
        assertThat(trust.isTrusted(WALL_MS + JUMP_MS + 50, 1_050)).isFalse();
    }

    /** The broker's time lies between the two readings then, and shard time, once ahead, would not come back. */
    @Test
    void aClockThatJumpsAheadWhileAnAppendIsUnderWayIsNotTrusted() {
        trust.verify(new Sent(WALL_MS, 1_000, WALL_MS + JUMP_MS + 5, 1_005, WALL_MS + 3));
        assertThat(trust.isTrusted(WALL_MS + JUMP_MS + 50, 1_050)).isFalse();
        assertThat(trust.shardTime(WALL_MS + JUMP_MS + 50, 1_050, WALL_MS)).isEqualTo(WALL_MS);
    }

    @Test
    void aClockThatJumpsBackWhileAnAppendIsUnderWayIsNotTrusted() {
        trust.verify(new Sent(WALL_MS, 1_000, WALL_MS - JUMP_MS + 5, 1_005, WALL_MS + 3));
        assertThat(trust.isTrusted(WALL_MS - JUMP_MS + 50, 1_050)).isFalse();
    }
}
