package io.leasehold.cli.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void medianLowestAndHighestAreThoseOfTheRunsThatHaveTheFigure() {
        List<Figures> runs = List.of(
                new Figures().put("a", 3).put("b", 1),
                new Figures().put("a", 1).put("b", Double.NaN),
                new Figures().put("a", 2).put("b", 2));

        assertThat(Figures.medians(runs)).isEqualTo(Map.of("a", 2.0, "b", 1.5));
        assertThat(Figures.lowest(runs)).isEqualTo(Map.of("a", 1.0, "b", 1.0));
        assertThat(Figures.highest(runs)).isEqualTo(Map.of("a", 3.0, "b", 2.0));
    }
}
