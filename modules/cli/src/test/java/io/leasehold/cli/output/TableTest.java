package io.leasehold.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreAlignedNumbersToTheRight() {
        Table table = new Table("QUEUE", "READY").row("images", 12).row("a", 1_000);

        assertThat(table.toString()).isEqualTo("QUEUE   READY\nimages     12\na        1000");
    }

    @Test
    void missingValuesAreShownAsADash() {
        assertThat(new Table("A", "B").row("x", null).toString()).isEqualTo("A  B\nx  -");
    }

    @Test
    void textCannotBreakOutOfItsLine() {
        assertThat(new Table("A").row("one\ntwo\u001b[2J").toString()).isEqualTo("A\none two [2J");
    }
}
