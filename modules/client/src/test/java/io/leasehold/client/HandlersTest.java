package io.leasehold.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.Grant;
import io.leasehold.api.GrantedTask;
import io.leasehold.api.Outcome;
import io.leasehold.api.PayloadCodec;
import io.leasehold.client.logic.TaskResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is made of how a handler ended. */
class HandlersTest {
    private static final long BELIEVED_UNTIL_MS = 1_000;

    private long nowMs;

    @Test
    void handlerThatStopsBecauseItsLeaseWasLostGivesTheTaskBack() {
        assertThat(lost(TaskContext::throwIfCancelled)).isEqualTo(TaskResult.release());
    }

    @Test
    void handlerThatStopsBecauseTheWorkerStopsGivesTheTaskBack() {
        TaskResult result = run((task, payload) -> {
            ((TaskRun) task).tellStopping();
            task.throwIfCancelled();
            return null;
        });

        assertThat(result).isEqualTo(TaskResult.release());
    }

    @Test
    void reasonToStopThatTheHandlerWrappedGivesTheTaskBack() {
        assertThat(lost(task -> {
                    try {
                        task.throwIfCancelled();
                    } catch (TaskStopped e) {
                        throw new IllegalStateException("resize failed", new IOException(e));
                    }
                }))
                .isEqualTo(TaskResult.release());
    }

    @Test
    void whateverALostLeaseMadeOfTheHandlerGivesTheTaskBack() {
        assertThat(lost(task -> {
                    throw new IllegalStateException("closed by what was to be done when the task must stop");
                }))
                .isEqualTo(TaskResult.release());
    }

    @Test
    void failureThatTheHandlerNamesStandsThoughItsLeaseWasLost() {
        TaskResult result = lost(task -> {
            throw TaskFailure.permanent("bad width");
        });

        assertThat(result).isEqualTo(TaskResult.failure("bad width", false, null));
    }

    @Test
    void successStandsThoughTheLeaseWasLost() {
        assertThat(lost(task -> {}).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void exceptionOfATaskThatNeedNotStopIsAFailureWhateverItsCauses() {
        TaskResult result = run((task, payload) -> {
            Exception one = new IllegalStateException("one");
            one.initCause(new IllegalStateException("two", one));
            throw one;
        });

        assertThat(result.outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(result.error()).startsWith("java.lang.IllegalStateException: one");
    }

    @Test
    void errorThatIsCutEndsWithAWholeCharacter() {
        for (int before : new int[] {3_998, 3_999, 4_000}) {
            String text = "x".repeat(before) + "\uD83D\uDE00".repeat(10);

            String error = run((task, payload) -> {
                        throw TaskFailure.permanent(text);
                    })
                    .error();

            assertThat(error).as("cut behind " + before).endsWith("...").hasSizeLessThanOrEqualTo(4_003);
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(error)).isTrue();
            assertThat(text).startsWith(error.substring(0, error.length() - 3));
        }
    }

    private TaskResult lost(Consumer<TaskContext> then) {
        return run((task, payload) -> {
            nowMs = BELIEVED_UNTIL_MS;
            then.accept(task);
            return null;
        });
    }

    private TaskResult run(RawTaskHandler handler) {
        GrantedTask task = new GrantedTask("a", "q", null, 0, null, 1, new byte[0], null);
        Grant grant = new Grant(task, "lease-a", 7, 1, BELIEVED_UNTIL_MS, 0);
        return new Handlers(Map.of(), handler, PayloadCodec.jackson())
                .run(new TaskRun(grant, BELIEVED_UNTIL_MS, () -> nowMs), grant);
    }
}
