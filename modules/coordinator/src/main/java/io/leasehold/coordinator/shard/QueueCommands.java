package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.QueueView;
import io.leasehold.core.state.PriorityBand;
import io.leasehold.core.state.TaskQueue;
import io.leasehold.core.task.TaskState;
import java.util.List;

/** What a shard is asked about its queues. */
final class QueueCommands {
    private QueueCommands() {}

    /** One queue; null if no task of it is remembered. */
    static final class Count extends Asked<QueueView> {
        private final String name;

        Count(ShardLoop loop, String name, Answer<QueueView> answer) {
            super(loop, answer);
            this.name = name;
        }

        @Override
        boolean step(Turn turn) {
            TaskQueue queue = owner().state().queue(name);
            answer.done(queue == null ? null : view(queue));
            return true;
        }
    }

    /** Some of them, in the order of their names. */
    static final class ListQueues extends Asked<List<QueueView>> {
        private final String after;
        private final int limit;

        ListQueues(ShardLoop loop, String after, int limit, Answer<List<QueueView>> answer) {
            super(loop, answer);
            this.after = after;
            this.limit = limit;
        }

        @Override
        boolean step(Turn turn) {
            answer.done(owner().state().queuesAfter(after).stream()
                    .limit(limit)
                    .map(QueueCommands::view)
                    .toList());
            return true;
        }
    }

    private static QueueView view(TaskQueue queue) {
        TaskState[] states = TaskState.values();
        PriorityBand[] bands = PriorityBand.values();
        long[][] counts = new long[states.length][bands.length];
        for (TaskState state : states) {
            for (PriorityBand band : bands) {
                counts[state.ordinal()][band.ordinal()] = queue.count(state, band);
            }
        }
        return new QueueView(queue.name(), counts);
    }
}
