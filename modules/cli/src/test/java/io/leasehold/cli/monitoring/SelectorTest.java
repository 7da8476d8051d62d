package io.leasehold.cli.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectorTest {
    @Test
    void everyFigureOfAnExpressionIsFoundAndNothingElse() {
        String expression = "histogram_quantile(0.99, sum by (instance, le) (rate(a_bucket{x=\"1\",y=~\"$q\"}[5m])))"
                + " > 2 * max(b) and on (queue) (c{z=\"u\"} unless d)";

        assertThat(Selector.of(expression))
                .isEqualTo(List.of(
                        new Selector("a_bucket", Map.of("x", "1")),
                        new Selector("b", Map.of()),
                        new Selector("c", Map.of("z", "u")),
                        new Selector("d", Map.of())));
    }

    @Test
    void aLineMatchesByNameAndExactLabels() {
        Selector selector = new Selector("a_total", Map.of("state", "dead", "job", "leasehold"));

        assertThat(selector.matches("a_total{shard=\"1\",state=\"dead\"} 3.0")).isTrue();
        assertThat(selector.matches("a_total{shard=\"1\",state=\"ready\"} 3.0")).isFalse();
        assertThat(selector.matches("a_total_more{state=\"dead\"} 3.0")).isFalse();
        assertThat(new Selector("a", Map.of()).matches("a 3.0")).isTrue();
    }
}
