package io.leasehold.coordinator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClockTrustTest {
    private static final long JUMP_MS = 600_000;
    private static final long WALL_MS = 1_800_000_000_000L;

    private final ClockTrust trust = new ClockTrust();

    @Test
    void aClockNextToTheBrokersIsTrusted() {
        trust.verify(WALL_MS, 1_000, WALL_MS + 5, 1_005, WALL_MS + 3);
        assertThat(trust.isTrusted(WALL_MS + 5, 1_005)).isTrue();
        assertThat(trust.shardTime(WALL_MS + 50, 1_050, WALL_MS)).isEqualTo(WALL_MS + 50);
    }

    @Test
    void aClockThatIsOffTheBrokersIsNotTrusted() {
        trust.verify(WALL_MS + JUMP_MS, 1_000, WALL_MS + JUMP_MS + 5, 1_005, WALL_MS + 3);
        assertThat(trust.isTrusted(WALL_MS + JUMP_MS + 5, 1_005)).isFalse();
        assertThat(trust.skewMs()).isEqualTo(JUMP_MS - 3);
    }

    @Test
    void aClockThatJumpsBetweenTwoAppendsIsNotTrusted() {
        trust.verify(WALL_MS, 1_000, WALL_MS + 5, 1_005, WALL_MS + 3);
        assertThat(trust.isTrusted(WALL_MS + JUMP_MS + 50, 1_050)).isFalse();
    }

    /** The broker's time lies between the two readings then, and shard time, once ahead, would not come back. */
    @Test
    void aClockThatJumpsAheadWhileAnAppendIsUnderWayIsNotTrusted() {
        trust.verify(WALL_MS, 1_000, WALL_MS + JUMP_MS + 5, 1_005, WALL_MS + 3);
        assertThat(trust.isTrusted(WALL_MS + JUMP_MS + 50, 1_050)).isFalse();
        assertThat(trust.shardTime(WALL_MS + JUMP_MS + 50, 1_050, WALL_MS)).isEqualTo(WALL_MS);
    }

    @Test
    void aClockThatJumpsBackWhileAnAppendIsUnderWayIsNotTrusted() {
        trust.verify(WALL_MS, 1_000, WALL_MS - JUMP_MS + 5, 1_005, WALL_MS + 3);
        assertThat(trust.isTrusted(WALL_MS - JUMP_MS + 50, 1_050)).isFalse();
    }
}
