package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.task.TaskState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What every state must be, whatever was folded: each table, count and heap, made anew from the tasks alone. */
final class Recount {
    private final ShardState state;

    private Recount(ShardState state) {
        this.state = state;
    }

    static void check(ShardState state) {
        Recount recount = new Recount(state);
        recount.totals();
        recount.fences();
        recount.heaps();
        recount.counts();
        recount.polls();
        recount.ends();
        recount.generations();
    }

    private List<TaskEntry> those(Predicate<TaskEntry> which) {
        return state.tasks().stream().filter(which).toList();
    }

    private List<TaskEntry> those(Predicate<TaskEntry> which, TaskHeap.Order order) {
        Comparator<TaskEntry> worded = TaskHeapTest.asWorded(order);
        return those(which).stream().sorted(worded).toList();
    }

    private void totals() {
        assertThat(state.live).isEqualTo(those(entry -> entry.end() == null).size());
        assertThat(state.bytes)
                .isEqualTo(those(entry -> true).stream()
                                .mapToLong(TaskEntry::bytes)
                                .sum()
                        + state.queues.values().stream()
                                .mapToLong(TaskQueue::bytes)
                                .sum());
        assertThat(state.carryBytes + state.endBytes)
                .isEqualTo(those(entry -> true).stream()
                        .mapToLong(TaskEntry::carryBytes)
                        .sum());
        assertThat(state.endBytes)
                .isEqualTo(those(entry -> entry.end() != null && !isDeadLetter(entry)).stream()
                        .mapToLong(TaskEntry::carryBytes)
                        .sum());
        assertThat(StateDigest.of(state)).isEqualTo(StateDigest.recomputed(state));
        assertThat(state.byNumber.size() + state.ends.size()).isEqualTo(state.byId.size());
        assertThat(state.leases()).containsExactlyInAnyOrderElementsOf(those(entry -> entry.lease() != null));
        state.byNumber.forEach(entry -> {
            assertThat(state.byId(entry.task().id())).isSameAs(entry);
            assertThat(state.byNumber.get(entry.number)).isSameAs(entry);
            assertThat(isRememberedEnd(entry)).isFalse();
        });
        state.ends.forEach(entry -> {
            assertThat(Structure.line(state.byId(entry.task().id()))).isEqualTo(Structure.line(entry));
            assertThat(state.byNumber.get(entry.number)).isNull();
            assertThat(isRememberedEnd(entry)).isTrue();
            assertThat(entry.generation).isLessThanOrEqualTo((int) state.generation);
        });
        state.forEach(entry -> {
            assertThat(entry.queue).isSameAs(state.queue(entry.task().queue()));
            assertThat(entry.priority).isEqualTo(entry.task().priority());
            assertThat(entry.deadlineMs).isEqualTo(entry.task().deadlineMs());
            assertThat(state.byNumber(entry.number).number).isEqualTo(entry.number);
            assertThat(entry.number).isBetween(1L, state.lastNumber);
            assertThat(entry.lease() == null || entry.end() == null).isTrue();
        });
    }

    private boolean isRememberedEnd(TaskEntry entry) {
        return entry.end() != null && !isDeadLetter(entry) && entry.end().number() <= state.publishedEnd;
    }

    private static boolean isDeadLetter(TaskEntry entry) {
        return entry.state() == TaskState.DEAD && !entry.end().purged();
    }

    private void fences() {
        Map<Long, Long> fences = new HashMap<>();
        for (TaskEntry entry : state.tasks()) {
            for (long fence : new long[] {entry.fence(), entry.reportedFence()}) {
                Long other = fence == 0 ? null : fences.put(fence, entry.number);
                assertThat(other).isIn(null, entry.number);
                assertThat(fence).isLessThanOrEqualTo(state.lastFence);
            }
        }
        assertThat(state.byFence.size()).isEqualTo(fences.size());
        fences.forEach(
                (fence, number) -> assertThat(state.byFence(fence).number).isEqualTo(number));
    }

    private void heaps() {
        assertThat(Structure.inOrder(state.delayed))
                .isEqualTo(those(entry -> entry.isWaiting() && entry.notBeforeMs > state.nowMs, TaskHeap.Order.START));
        assertThat(Structure.inOrder(state.deadlines))
                .isEqualTo(those(entry -> entry.isWaiting() && entry.task().hasDeadline(), TaskHeap.Order.DEADLINE));
        for (TaskQueue queue : state.queues.values()) {
            assertThat(Structure.inOrder(queue.ready))
                    .isEqualTo(those(
                            entry -> entry.isWaiting()
                                    && entry.notBeforeMs <= state.nowMs
                                    && entry.task().queue().equals(queue.name()),
                            TaskHeap.Order.DISPATCH));
        }
    }

    private void counts() {
        Map<String, Long> counts = new HashMap<>();
        for (TaskEntry entry : state.tasks()) {
            PriorityBand band = PriorityBand.of(entry.task().priority());
            if (entry.end() != null && entry.end().purged()) {
                continue;
            }
            counts.merge(entry.task().queue() + " " + entry.state() + " " + band, 1L, Long::sum);
            assertThat(state.queue(entry.task().queue())).isNotNull();
        }
        Set<String> held = new HashSet<>();
        those(entry -> !entry.hasEndedForGood()).forEach(entry -> held.add(entry.queue()));
        assertThat(state.heldQueues()).isEqualTo(held.size());
        assertThat(state.queuesByName).isEqualTo(state.queues);
        for (TaskQueue queue : state.queues.values()) {
            assertThat(queue.isHeld()).isEqualTo(held.contains(queue.name()));
            for (TaskState each : TaskState.values()) {
                for (PriorityBand band : PriorityBand.values()) {
                    assertThat(queue.count(each, band))
                            .isEqualTo(counts.getOrDefault(queue.name() + " " + each + " " + band, 0L));
                }
            }
        }
    }

    private void polls() {
        Set<TaskEntry> polled = new HashSet<>();
        state.byPoll.forEach((key, entries) -> {
            assertThat(entries).isNotEmpty().isSortedAccordingTo(Comparator.comparingLong(TaskEntry::fence));
            for (TaskEntry entry : entries) {
                assertThat(new PollKey(entry.lease().worker(), entry.lease().pollId()))
                        .isEqualTo(key);
                assertThat(polled.add(entry)).isTrue();
            }
        });
        assertThat(polled)
                .containsExactlyInAnyOrderElementsOf(
                        those(entry -> entry.lease() != null && entry.lease().pollId() != null));
    }

    private void generations() {
        Set<TaskEntry> listed = new HashSet<>();
        long generation = 0;
        TaskEntry older = null;
        for (TaskEntry entry = state.oldest; entry != null; entry = entry.newer) {
            assertThat(entry.older).isSameAs(older);
            assertThat(entry.generation()).isBetween(generation, state.generation);
            assertThat(listed.add(entry)).isTrue();
            generation = entry.generation;
            older = entry;
        }
        assertThat(state.newest).isSameAs(older);
        assertThat(listed).containsExactlyInAnyOrderElementsOf(those(entry -> !isRememberedEnd(entry)));
    }

    private void ends() {
        List<TaskEntry> dead = those(Recount::isDeadLetter).stream()
                .sorted(Comparator.comparingLong(TaskEntry::number))
                .toList();
        assertThat(List.copyOf(state.dead.values())).isEqualTo(dead);
        state.dead.forEach((number, entry) -> assertThat(entry.number).isEqualTo(number));
        long number = Math.min(state.publishedEnd, state.lastEnd);
        for (TaskEntry entry : state.unpublished) {
            assertThat(entry.end().number()).isEqualTo(++number);
        }
        assertThat(number).isEqualTo(state.lastEnd);
        assertThat(state.unpublishedBytes)
                .isEqualTo(state.unpublished.stream()
                        .mapToLong(TaskEntry::carryBytes)
                        .sum());
    }
}
