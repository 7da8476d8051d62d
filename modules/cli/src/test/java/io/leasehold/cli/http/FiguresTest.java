package io.leasehold.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final Figures FIGURES = Figures.parse("""
            # HELP a_total what
            # TYPE a_total counter
            a_total{queue="x",shard="0"} 2.0
            a_total{queue="x",shard="1"} 3.0
            a_total{queue="with \\"quotes\\" and }",shard="1"} 1.5E1
            plain 7.0
            jvm_memory_used_bytes{area="heap",id="Eden"} 10.0
            jvm_memory_used_bytes{area="heap",id="Old"} 20.0
            jvm_memory_used_bytes{area="nonheap",id="Code"} 99.0
            jvm_memory_max_bytes{area="heap",id="Eden"} -1.0
            jvm_memory_max_bytes{area="heap",id="Old"} 50.0
            """);

    @Test
    void figuresAreAddedUpByName() {
        assertThat(FIGURES.sum("a_total")).isEqualTo(20);
        assertThat(FIGURES.sum("plain")).isEqualTo(7);
        assertThat(FIGURES.sum("none")).isZero();
    }

    @Test
    void figuresAreAddedUpByLabel() {
        assertThat(FIGURES.sumBy("a_total", "shard")).isEqualTo(Map.of("0", 2.0, "1", 18.0));
        assertThat(FIGURES.maxBy("a_total", "shard")).isEqualTo(Map.of("0", 2.0, "1", 15.0));
        assertThat(FIGURES.sumBy("a_total", "queue")).containsEntry("x", 5.0).hasSize(2);
        assertThat(FIGURES.sumBy("plain", "queue")).isEmpty();
    }

    @Test
    void heapLeavesOutRegionsThatDoNotSayHowLargeTheyMayGet() {
        assertThat(FIGURES.heap()).containsExactly(30, 50);
    }
}
