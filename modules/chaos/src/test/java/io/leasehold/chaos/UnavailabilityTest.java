package io.leasehold.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UnavailabilityTest {
    private static final long[] HUNDRED = LongStream.rangeClosed(1, 100).toArray();

    @Test
    void aQuantileIsTheLeastValueThatSoManyDoNotExceed() {
        assertThat(Unavailability.quantile(HUNDRED, 0.5)).isEqualTo(50);
        assertThat(Unavailability.quantile(HUNDRED, 0.99)).isEqualTo(99);
        assertThat(Unavailability.quantile(HUNDRED, 1)).isEqualTo(100);
    }

    @Test
    void ofFewFiguresTheGreatestIsTheHighQuantile() {
        assertThat(Unavailability.quantile(new long[] {3, 8}, 0.99)).isEqualTo(8);
        assertThat(Unavailability.quantile(new long[] {3}, 0.5)).isEqualTo(3);
        assertThat(Unavailability.quantile(new long[0], 0.5)).isZero();
    }
}
