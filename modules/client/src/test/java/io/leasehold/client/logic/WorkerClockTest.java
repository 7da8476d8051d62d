package io.leasehold.client.logic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WorkerClockTest {
    private static final long NS_A_MS = 1_000_000;
    private static final long HOUR_MS = 3_600_000;

    private long monotonicNs = -5 * NS_A_MS + 300;
    private long wallNs = 1_800_000_000_000L * NS_A_MS + 700_123;
    private final WorkerClock clock = new WorkerClock(() -> monotonicNs, this::wallMs);

    @Test
    void timeAwakeIsCountedOnce() {
        long start = clock.nowMs();

        awake(1_234);

        assertThat(clock.nowMs() - start).isBetween(1_233L, 1_235L);
        assertThat(clock.sleptNs()).isZero();
    }

    @Test
    void timeAsleepIsCounted() {
        long start = clock.nowMs();

        asleep(600_000);

        assertThat(clock.nowMs() - start).isBetween(600_000L, 600_002L);
    }

    @Test
    void timeOfDayThatIsSetBackTakesNothingAway() {
        long start = clock.nowMs();
        wallNs -= HOUR_MS * NS_A_MS;

        assertThat(clock.nowMs()).isGreaterThanOrEqualTo(start);
        awake(10_000);

        assertThat(clock.nowMs() - start).isBetween(9_999L, 10_001L);
    }

    @Test
    void timeAsleepIsCountedAfterTheTimeOfDayWasSetBack() {
        wallNs -= HOUR_MS * NS_A_MS;
        long start = clock.nowMs();

        asleep(600_000);

        assertThat(clock.nowMs() - start).isBetween(600_000L, 600_002L);
    }

    @Test
    void timeOfDayThatIsSetForwardCountsAsTimeThatPassed() {
        long start = clock.nowMs();

        wallNs += HOUR_MS * NS_A_MS;

        assertThat(clock.nowMs() - start).isBetween(HOUR_MS, HOUR_MS + 2);
    }

    @Test
    void setForwardAndBackAgainGivesNoTimeBack() {
        long start = clock.nowMs();
        wallNs += HOUR_MS * NS_A_MS;
        long ahead = clock.nowMs();
        wallNs -= HOUR_MS * NS_A_MS;

        awake(5_000);

        assertThat(clock.nowMs() - ahead).isBetween(4_999L, 5_001L);
        assertThat(clock.nowMs() - start).isGreaterThanOrEqualTo(HOUR_MS + 4_999);
    }

    @Test
    void readingsThatAreHeldUpInBetweenNeverAddUp() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        WorkerClock heldUp = new WorkerClock(
                () -> {
                    pass(random.nextInt(100) == 0 ? random.nextInt(50_000_000) : random.nextInt(2_000));
                    return monotonicNs;
                },
                () -> {
                    pass(random.nextInt(2_000));
                    return wallMs();
                });
        long startNs = monotonicNs;
        long start = heldUp.nowMs();
        for (int i = 0; i < 100_000; i++) {
            heldUp.nowMs();
        }

        long passedMs = (monotonicNs - startNs) / NS_A_MS;
        assertThat(heldUp.nowMs() - start).as("seed %d", seed).isBetween(passedMs - 60, passedMs + 60);
        assertThat(heldUp.sleptNs()).as("seed %d", seed).isZero();
    }

    @Test
    void itNeverSaysLessThanEitherClockAndNeverGoesBack() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        long last = clock.nowMs();
        for (int i = 0; i < 100_000; i++) {
            long asleepMs = 0;
            long awakeNs = random.nextInt(20_000_000);
            pass(awakeNs);
            if (random.nextInt(10) == 0) {
                asleepMs = random.nextInt(1_000);
                asleep(asleepMs);
            } else if (random.nextInt(50) == 0) {
                wallNs += random.nextInt(2_000_000_000) - 1_000_000_000L;
            }
            long now = clock.nowMs();
            // Less than a millisecond of sleep may wait for the next reading, and each reading cuts off less than one.
            assertThat(now - last).as("seed %d, step %d", seed, i).isGreaterThanOrEqualTo(asleepMs - 2);
            assertThat(now - last)
                    .as("seed %d, step %d", seed, i)
                    .isGreaterThanOrEqualTo(asleepMs + awakeNs / NS_A_MS - 2);
            last = now;
        }
    }

    private long wallMs() {
        return Math.floorDiv(wallNs, NS_A_MS);
    }

    private void awake(long ms) {
        pass(ms * NS_A_MS);
    }

    private void pass(long ns) {
        monotonicNs += ns;
        wallNs += ns;
    }

    private void asleep(long ms) {
        wallNs += ms * NS_A_MS;
    }
}
