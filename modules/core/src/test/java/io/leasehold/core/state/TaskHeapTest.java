package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.kit.Seeds;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.state.TaskHeap.Order;
import io.leasehold.core.task.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskHeapTest {

    /** The orders as the design words them, written once more. */
    static Comparator<TaskEntry> asWorded(Order order) {
        Comparator<TaskEntry> byDeadline =
                Comparator.comparingLong(entry -> entry.task().deadlineMs());
        Comparator<TaskEntry> first = switch (order) {
            case DISPATCH ->
                Comparator.<TaskEntry>comparingInt(entry -> entry.task().priority())
                        .reversed()
                        .thenComparing(byDeadline);
            case START -> Comparator.comparingLong(entry -> entry.notBeforeMs);
            case DEADLINE -> byDeadline;
        };
        return first.thenComparingLong(entry -> entry.number);
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void behavesAsASortedSet(Order order) {
        Random random = new Random(Seeds.one());
        TaskHeap heap = new TaskHeap(order);
        TreeSet<TaskEntry> model = new TreeSet<>(asWorded(order));
        List<TaskEntry> inside = new ArrayList<>();
        for (int step = 0; step < 200_000; step++) {
            if (inside.isEmpty() || random.nextInt(100) < (step / 10_000 % 2 == 0 ? 60 : 40)) {
                TaskEntry entry = entry(step + 1, random);
                heap.add(entry);
                model.add(entry);
                inside.add(entry);
            } else {
                TaskEntry gone = random.nextBoolean() ? heap.head() : inside.get(random.nextInt(inside.size()));
                heap.remove(gone);
                model.remove(gone);
                inside.remove(gone);
                assertThat(order.place(gone)).isEqualTo(TaskEntry.NOWHERE);
            }
            assertThat(heap.head()).isSameAs(model.isEmpty() ? null : model.first());
            assertThat(heap.size()).isEqualTo(model.size());
        }
        assertThat(drained(heap)).containsExactlyElementsOf(model);
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void theOrderIsTotal(Order order) {
        Random random = new Random(Seeds.one());
        List<TaskEntry> entries = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            entries.add(entry(i, random));
        }
        for (TaskEntry a : entries) {
            assertThat(order.before(a, a)).isFalse();
            for (TaskEntry b : entries) {
                assertThat(a == b || order.before(a, b) != order.before(b, a)).isTrue();
                assertThat(order.before(a, b)).isEqualTo(asWorded(order).compare(a, b) < 0);
            }
        }
    }

    @Test
    void aTaskMayStandInAReadyAndADeadlineHeapAtOnce() {
        TaskHeap ready = new TaskHeap(Order.DISPATCH);
        TaskHeap deadlines = new TaskHeap(Order.DEADLINE);
        for (int i = 1; i <= 50; i++) {
            TaskEntry entry = new TaskEntry(
                    i, Tasks.id("t" + i).priority(i).deadline(1_000 + i).task(), 0);
            ready.add(entry);
            deadlines.add(entry);
        }
        assertThat(drained(ready))
                .extracting(TaskEntry::number)
                .startsWith(50L, 49L)
                .endsWith(1L);
        assertThat(drained(deadlines))
                .extracting(TaskEntry::number)
                .startsWith(1L, 2L)
                .endsWith(50L);
    }

    static List<TaskEntry> drained(TaskHeap heap) {
        List<TaskEntry> drained = new ArrayList<>();
        while (heap.head() != null) {
            drained.add(heap.head());
            heap.remove(heap.head());
        }
        return drained;
    }

    private static TaskEntry entry(long number, Random random) {
        int priority = random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(3) - 1;
        long deadline = random.nextInt(3) == 0 ? Task.NO_DEADLINE : 1 + random.nextInt(20);
        Task task = Tasks.id("t" + number)
                .priority(priority)
                .deadline(deadline)
                .notBefore(random.nextInt(20))
                .task();
        return new TaskEntry(number, task, 0);
    }
}
