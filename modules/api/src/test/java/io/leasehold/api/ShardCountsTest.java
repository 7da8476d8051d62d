package io.leasehold.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShardCountsTest {
    @Test
    void clusterGrowsToMultiplesOfWhatItHas() {
        assertThat(ShardCounts.mayGrow(4, 4)).isTrue();
        assertThat(ShardCounts.mayGrow(4, 8)).isTrue();
        assertThat(ShardCounts.mayGrow(4, 12)).isTrue();
        assertThat(ShardCounts.mayGrow(1, 7)).isTrue();
        assertThat(ShardCounts.mayGrow(512, 1_024)).isTrue();
        assertThat(ShardCounts.mayGrow(4, 6)).isFalse();
        assertThat(ShardCounts.mayGrow(6, 8)).isFalse();
        assertThat(ShardCounts.mayGrow(4, 2)).isFalse();
        assertThat(ShardCounts.mayGrow(4, 0)).isFalse();
        assertThat(ShardCounts.mayGrow(512, 2_048)).isFalse();
    }

    @Test
    void errorNamesTheNextNumbers() {
        assertThat(ShardCounts.expected(4))
                .isEqualTo(
                        "a multiple of the 4 that there are, up to 1024: 8, 12, 16 ...; shards cannot be taken away");
        assertThat(ShardCounts.expected(400))
                .isEqualTo("a multiple of the 400 that there are, up to 1024: 800; shards cannot be taken away");
        assertThat(ShardCounts.expected(600)).isEqualTo("600, as there are: twice as many would be more than 1024");
    }
}
