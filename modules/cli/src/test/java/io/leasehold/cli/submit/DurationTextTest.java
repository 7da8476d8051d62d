package io.leasehold.cli.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationTextTest {
    private final DurationText.Span span = new DurationText.Span();
    private final DurationText.Moment moment = new DurationText.Moment();

    @Test
    void spansCarryTheirUnit() {
        assertThat(span.convert("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(span.convert("30s")).isEqualTo(Duration.ofSeconds(30));
        assertThat(span.convert("2h")).isEqualTo(Duration.ofHours(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "s", "-5s", "1.5h", "5 m", "99999999999999999s"})
    void whatIsNoSpanIsRefusedWithWhatIsExpected(String text) {
        assertThatThrownBy(() -> span.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("expected: a number with its unit");
    }

    @Test
    void momentsAreReadInThreeForms() {
        Instant before = Instant.now();

        assertThat(moment.convert("2026-12-24T18:00:00+01:00")).isEqualTo("2026-12-24T17:00:00Z");
        assertThat(moment.convert("1000")).isEqualTo(Instant.ofEpochMilli(1000));
        assertThat(moment.convert("+5m")).isAfterOrEqualTo(before.plusSeconds(300));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tomorrow", "2026-12-24", "+5"})
    void whatIsNoMomentIsRefused(String text) {
        assertThatThrownBy(() -> moment.convert(text)).isInstanceOf(TypeConversionException.class);
    }
}
