package io.leasehold.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.kit.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskTest {

    @ParameterizedTest
    @CsvSource({"0, 1000", "1, 1000", "2, 2000", "5, 16000", "10, 512000", "11, 600000", "2147483647, 600000"})
    void theWaitDoublesUpToItsMost(int failures, long waitMs) {
        assertThat(Backoff.DEFAULT.ceilingMs(failures)).isEqualTo(waitMs);
    }

    @Test
    void aWaitThatBeginsAboveItsMostIsCut() {
        assertThat(new Backoff(50, 1.0, 20).ceilingMs(1)).isEqualTo(20);
    }

    @Test
    void aDelayCountsFromReceipt() {
        Task task = Tasks.plain("a");
        assertThat(new Submission(task, 0).receivedAt(5_000)).isSameAs(task);
        assertThat(new Submission(task, 70).receivedAt(5_000).notBeforeMs()).isEqualTo(5_070);
    }

    @Test
    void aDelayBeyondTheEndOfTimeNeverComesBeforeNow() {
        assertThat(new Submission(Tasks.plain("a"), Long.MAX_VALUE)
                        .receivedAt(5_000)
                        .notBeforeMs())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void halfASurrogatePairBecomesWhatTheLogWouldGiveBack() {
        assertThat(Text.storable("a\ud800b")).isEqualTo("a?b");
        assertThat(Text.storable("\udc00\ud800")).isEqualTo("??");
        assertThat(Text.storable("x😀")).isEqualTo("x😀");
        assertThat(Text.storable(null)).isNull();
        assertThat(Tasks.id("\ud800").type("\ud800").task().id()).isEqualTo("?");
    }

    @Test
    void aDeadlineBefore1970IsPast() {
        assertThat(Tasks.id("a").deadline(-7).task().deadlineMs()).isEqualTo(1);
        assertThat(Tasks.id("a").deadline(0).task().deadlineMs()).isEqualTo(1);
        assertThat(Tasks.id("a").deadline(0).task().hasDeadline()).isTrue();
        assertThat(Tasks.plain("a").hasDeadline()).isFalse();
    }

    @Test
    void everyCauseIsFoundByItsCode() {
        for (EndCause cause : EndCause.values()) {
            assertThat(EndCause.ofCode(cause.code())).isSameAs(cause);
        }
        assertThat(EndCause.ofCode(0)).isNull();
        assertThat(EndCause.ofCode(7)).isNull();
        assertThat(EndCause.ATTEMPTS_EXHAUSTED.word()).isEqualTo("attempts-exhausted");
    }
}
