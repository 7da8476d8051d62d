package io.leasehold.coordinator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SilenceTest {
    private final Silence silence = new Silence(0);

    @Test
    void lastsSinceTheLastNews() {
        silence.heard(true, true, 500);
        silence.heard(false, true, 1_000);
        silence.heard(false, true, 1_500);

        assertThat(silence.lastsMs()).isEqualTo(1_000);
    }

    @Test
    void isNoneWhileThereIsMoreToRead() {
        silence.heard(false, true, 1_000);
        silence.heard(false, false, 1_500);
        assertThat(silence.lastsMs()).isZero();

        silence.heard(false, true, 2_000);
        assertThat(silence.lastsMs()).isEqualTo(500);
    }

    @Test
    void timeInWhichTheLogWasNotHeardDoesNotCount() {
        silence.heard(false, true, 500);
        silence.heard(false, true, 30_000);
        silence.heard(false, true, 30_500);

        assertThat(silence.lastsMs()).isEqualTo(500);
    }
}
