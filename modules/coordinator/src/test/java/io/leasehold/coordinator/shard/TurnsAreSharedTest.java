package io.leasehold.coordinator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.LeasedTask;
import io.leasehold.coordinator.testkit.Answered;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.task.Backoff;
import io.leasehold.core.task.Submission;
import io.leasehold.core.task.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes over HTTP and what lies in the inbox share each turn; neither keeps the other out. */
class TurnsAreSharedTest {
    private static final int LARGE = 300_000;

    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final OneShard a = new OneShard("a", clock, logs).owning();

    @Test
    void inboxIsAdmittedHoweverMuchComesOverHttp() {
        for (int i = 0; i < 100; i++) {
            logs.put(of("inbox" + i, 9, LARGE));
        }

        for (int turn = 0; turn < 200; turn++) {
            submit(of("http" + turn, 0, LARGE));
            clock.pass(10);
            a.loop.turn();
        }

        Answered<List<LeasedTask>> polled = a.poll(1_000);
        assertThat(polled.value().stream()
                        .map(leased -> leased.grant().task().id())
                        .filter(id -> id.startsWith("inbox")))
                .isNotEmpty();
        assertThat(logs.journal().size()).isLessThan(250);
        assertThat(a.loop.view().inboxLag()).isZero();
    }

    @Test
    void httpIsServedHoweverMuchLiesInTheInbox() {
        for (int i = 0; i < 100; i++) {
            logs.put(of("inbox" + i, 9, LARGE));
        }
        a.loop.turn();

        List<Answered<List<Accepted>>> answers = new ArrayList<>();
        for (int turn = 0; turn < 20; turn++) {
            answers.add(submit(of("http" + turn, 0, LARGE)));
            a.loop.turn();
        }
        a.loop.turn();

        assertThat(answers).allMatch(Answered::isThere);
    }

    @Test
    void inboxHasItsSliceOfEachTurnOnce() {
        for (int i = 0; i < 1_000; i++) {
            logs.put(of("inbox" + i, 9, 1_000));
        }
        logs.hold();
        submit(of("sent", 0, 10));
        a.loop.turn();
        Answered<List<Accepted>> next = submit(of("next", 0, LARGE));

        for (int i = 0; i < 50; i++) {
            a.loop.turn();
            submit(of("small" + i, 0, 10));
        }
        logs.deliver();
        a.loop.turn();
        a.loop.turn();

        assertThat(next.isThere()).isTrue();
    }

    private Answered<List<Accepted>> submit(Task task) {
        Answered<List<Accepted>> answer = new Answered<>();
        a.desk.submit(0, List.of(new Submission(task, 0)), answer);
        return answer;
    }

    private static Task of(String id, int priority, int bytes) {
        return new Task(
                id, "default", null, priority, Task.NO_DEADLINE, 0, new byte[bytes], 5, 30_000, Backoff.DEFAULT, null);
    }
}
