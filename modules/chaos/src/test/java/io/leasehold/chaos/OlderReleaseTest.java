package io.leasehold.chaos;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class OlderReleaseTest {
    private static final String NOT_IN_ANY_HISTORY = "0123456789012345678901234567890123456789";

    /** Where there is no history at all, as in a source archive, too. */
    @Test
    void testsOfAReleaseThatIsNotInTheHistoryAreSkippedAndSayWhy() {
        assertThatThrownBy(() -> OlderRelease.ofCommit(NOT_IN_ANY_HISTORY))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining(NOT_IN_ANY_HISTORY)
                .hasMessageContaining("history");
    }
}
