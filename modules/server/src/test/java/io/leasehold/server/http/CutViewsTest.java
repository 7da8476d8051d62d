package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.TaskView;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.task.End;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.TaskState;
import org.junit.jupiter.api.Test;

/** What a remembered task shows of what is not kept whole. */
class CutViewsTest {
    private static final byte[] NOTHING = new byte[0];

    private static TaskView ended(String error, End end) {
        return new TaskView(0, 1, OneShard.task("t", 0), TaskState.COMPLETED, 5, 0, 2, 1, 0, 9, error, null, end);
    }

    private static End end(byte[] result, int resultBytes, int errorBytes) {
        return new End(1, EndCause.SUCCEEDED, 7, false, result, false, resultBytes, errorBytes);
    }

    @Test
    void resultThatWasDroppedSaysHowLongItWas() {
        io.leasehold.api.TaskView view = Views.whole(ended(null, end(null, 1_025, 0)));

        assertThat(view.resultDropped()).isTrue();
        assertThat(view.resultBytes()).isEqualTo(1_025);
        assertThat(view.errorBytes()).isNull();
    }

    @Test
    void resultOfUnknownLengthIsDroppedAllTheSame() {
        io.leasehold.api.TaskView view = Views.whole(ended(null, end(null, 0, 0)));

        assertThat(view.resultDropped()).isTrue();
        assertThat(view.resultBytes()).isNull();
    }

    @Test
    void errorThatWasCutSaysHowLongItWasInListsToo() {
        for (int kept : new int[] {1_024, 512}) {
            TaskView task = ended("x".repeat(kept), end(NOTHING, 0, 65_536));

            assertThat(Views.whole(task).errorBytes()).isEqualTo(65_536);
            assertThat(Views.listed(task).errorBytes()).isEqualTo(65_536);
            assertThat(Views.whole(task).resultDropped()).isNull();
        }
    }

    @Test
    void whatIsWholeHasNoLength() {
        TaskView task = ended("x".repeat(1_000), end(NOTHING, 0, 0));

        assertThat(Views.whole(task).errorBytes()).isNull();
        assertThat(Views.listed(task).errorBytes()).isNull();
    }
}
