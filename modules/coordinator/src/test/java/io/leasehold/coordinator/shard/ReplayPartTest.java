package io.leasehold.coordinator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplayPartTest {
    private final ReplayPart part = new ReplayPart(0);

    @Test
    void aTrimMakesItsGenerationsBaseThePlaceToStartFrom() {
        part.folded(5, 100, 1, 0);
        assertThat(part.candidate(1)).isEqualTo(5);
        assertThat(part.isSettled()).isFalse();
        assertThat(part.base()).isZero();

        part.folded(6, 100, 1, 1);

        assertThat(part.base()).isEqualTo(5);
        assertThat(part.isSettled()).isTrue();
    }

    @Test
    void theBaseOfAnEarlierGenerationIsNoneOfThePresentOne() {
        part.folded(5, 100, 1, 0);

        assertThat(part.candidate(2))
                .as("while the trim of 1 and the base of 2 are on their way")
                .isEqualTo(-1);
    }
}
