package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.Purge;
import io.leasehold.coordinator.desk.Purged;
import io.leasehold.coordinator.desk.Redrive;
import io.leasehold.coordinator.desk.Refusal;
import io.leasehold.coordinator.desk.TaskView;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.state.TaskEntry;
import java.util.List;

/** What may be asked about dead letters. */
final class DeadCommands {
    private DeadCommands() {}

    static final class ListDead extends Asked<List<TaskView>> {
        private final String queue;
        private final long afterNumber;
        private final int limit;

        ListDead(ShardLoop loop, String queue, long afterNumber, int limit, Answer<List<TaskView>> answer) {
            super(loop, answer);
            this.queue = queue;
            this.afterNumber = afterNumber;
            this.limit = limit;
        }

        @Override
        boolean step(Turn turn) {
            List<TaskView> views = owner().state().deadAfter(afterNumber).stream()
                    .filter(entry -> isOf(queue, entry))
                    .limit(limit)
                    .map(entry -> TaskView.of(loop.shard(), entry))
                    .toList();
            owner().openTurn().hold(answer, views);
            return true;
        }
    }

    static final class Redriving extends Asked<Integer> {
        private final Redrive redrive;
        private List<Long> numbers;
        private int next;
        private int redriven;

        Redriving(ShardLoop loop, Redrive redrive, Answer<Integer> answer) {
            super(loop, answer);
            this.redrive = redrive;
        }

        @Override
        boolean step(Turn turn) {
            if (numbers == null) {
                numbers = chosen();
            }
            Turn open = owner().openTurn();
            for (; next < numbers.size(); next++) {
                if (!open.hasRoom()) {
                    return false;
                }
                TaskEntry entry = owner().state().byNumber(numbers.get(next));
                if (entry != null && owner().decider().redrive(entry, open.nowMs())) {
                    redriven++;
                }
            }
            open.hold(answer, redriven);
            return true;
        }

        private List<Long> chosen() {
            ShardState state = owner().state();
            return redrive.ids() != null
                    ? numbers(state, redrive.ids(), redrive.limit())
                    : numbers(state, redrive.queue(), redrive.limit());
        }
    }

    static final class Purging extends Asked<Purged> {
        private final Purge purge;
        private List<Long> numbers;
        private int next;
        private int purged;

        Purging(ShardLoop loop, Purge purge, Answer<Purged> answer) {
            super(loop, answer);
            this.purge = purge;
        }

        @Override
        boolean step(Turn turn) {
            if (numbers == null) {
                if (!owner().decider().mayPurge()) {
                    refuse(Refusal.NOT_YET_ENABLED);
                    return true;
                }
                long dead = purge.ids() == null ? dead() : -1;
                if (purge.ids() == null && dead != purge.expected()) {
                    owner().openTurn().hold(answer, Purged.nothing(dead));
                    return true;
                }
                numbers = chosen();
            }
            Turn open = owner().openTurn();
            for (; next < numbers.size(); next++) {
                if (!open.hasRoom()) {
                    return false;
                }
                TaskEntry entry = owner().state().byNumber(numbers.get(next));
                if (entry != null && owner().decider().purge(entry)) {
                    purged++;
                }
            }
            open.hold(answer, Purged.of(purged));
            return true;
        }

        private long dead() {
            return owner().state().deadAfter(0).stream()
                    .filter(entry -> isOf(purge.queue(), entry))
                    .count();
        }

        private List<Long> chosen() {
            ShardState state = owner().state();
            return purge.ids() != null
                    ? numbers(state, purge.ids(), purge.limit())
                    : numbers(state, purge.queue(), purge.limit());
        }
    }

    private static List<Long> numbers(ShardState state, List<String> ids, int limit) {
        return ids.stream()
                .map(state::byId)
                .filter(entry -> entry != null)
                .limit(limit)
                .map(TaskEntry::number)
                .toList();
    }

    private static List<Long> numbers(ShardState state, String queue, int limit) {
        return state.deadAfter(0).stream()
                .filter(entry -> isOf(queue, entry))
                .limit(limit)
                .map(TaskEntry::number)
                .toList();
    }

    private static boolean isOf(String queue, TaskEntry entry) {
        return queue == null || queue.equals(entry.queue());
    }
}
