package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.kit.Seeds;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.state.TaskHeap.Order;
import io.leasehold.core.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadyTasksTest {
    private final ReadyTasks ready = new ReadyTasks();
    private final TreeSet<TaskEntry> model = new TreeSet<>(TaskHeapTest.asWorded(Order.DISPATCH));
    private final List<TaskEntry> inside = new ArrayList<>();
    private final Random random = new Random(Seeds.one());

    /** With few priorities each has its run, with many some have none. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 1_000})
    void behavesAsASortedSet(int priorities) {
        for (int step = 0; step < 100_000; step++) {
            if (inside.isEmpty() || random.nextInt(100) < (step / 10_000 % 2 == 0 ? 60 : 40)) {
                add(entry(step + 1, random.nextInt(priorities)));
            } else {
                remove(random.nextBoolean() ? ready.head() : inside.get(random.nextInt(inside.size())));
            }
            assertThat(ready.head()).isSameAs(model.isEmpty() ? null : model.first());
            assertThat(ready.size()).isEqualTo(model.size());
        }
        assertThat(drained(ready)).containsExactlyElementsOf(model);
    }

    @Test
    void whatWasReadyBeforeOthersComesBackBeforeThem() {
        TaskEntry first = new TaskEntry(1, Tasks.plain("t1"), 0);
        add(first);
        add(new TaskEntry(2, Tasks.plain("t2"), 0));
        remove(first);
        add(new TaskEntry(3, Tasks.plain("t3"), 0));
        add(first);

        assertThat(drained(ready)).extracting(TaskEntry::number).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aRunThatHasMoreHolesThanTasksKeepsTheOrder() {
        List<TaskEntry> all = new ArrayList<>();
        for (int number = 1; number <= 1_000; number++) {
            TaskEntry entry = entry(number, 0);
            all.add(entry);
            add(entry);
            if (number % 10 == 0) {
                all.subList(number - 8, number).forEach(this::remove);
            }
        }

        assertThat(drained(ready)).containsExactlyElementsOf(model).hasSize(200);
    }

    private void add(TaskEntry entry) {
        ready.add(entry);
        model.add(entry);
        inside.add(entry);
    }

    private void remove(TaskEntry entry) {
        ready.remove(entry);
        model.remove(entry);
        inside.remove(entry);
        assertThat(entry.standsAt).isEqualTo(TaskEntry.NOWHERE);
    }

    static List<TaskEntry> drained(ReadyTasks ready) {
        List<TaskEntry> drained = new ArrayList<>();
        while (ready.head() != null) {
            drained.add(ready.head());
            ready.remove(ready.head());
        }
        return drained;
    }

    private TaskEntry entry(long number, int priority) {
        long deadline = random.nextInt(3) == 0 ? number / 2 + random.nextInt(20) + 1 : Task.NO_DEADLINE;
        return new TaskEntry(
                number,
                Tasks.id("t" + number).priority(priority).deadline(deadline).task(),
                0);
    }
}
