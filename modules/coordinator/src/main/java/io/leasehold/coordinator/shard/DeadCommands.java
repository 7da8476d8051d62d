package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.Redrive;
import io.leasehold.coordinator.desk.TaskView;
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
                    .filter(entry -> queue == null || queue.equals(entry.queue()))
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
            if (redrive.ids() != null) {
                return redrive.ids().stream()
                        .map(owner().state()::byId)
                        .filter(entry -> entry != null)
                        .limit(redrive.limit())
                        .map(TaskEntry::number)
                        .toList();
            }
            return owner().state().deadAfter(0).stream()
                    .filter(entry -> redrive.queue() == null || redrive.queue().equals(entry.queue()))
                    .limit(redrive.limit())
                    .map(TaskEntry::number)
                    .toList();
        }
    }
}
