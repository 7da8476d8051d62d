package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.Cancelled;
import io.leasehold.coordinator.desk.TaskView;
import io.leasehold.core.state.TaskEntry;

/** What may be asked about one id. */
final class IdCommands {
    private IdCommands() {}

    /** A request about one id; an unknown one waits until the inbox has been admitted up to where it ended. */
    private abstract static class ById<T> extends Asked<T> {
        final String id;
        private boolean waited;

        ById(ShardLoop loop, String id, Answer<T> answer) {
            super(loop, answer);
            this.id = id;
        }

        @Override
        boolean step(Turn turn) {
            TaskEntry entry = owner().state().byId(id);
            if (entry == null && !waited) {
                waited = true;
                owner().lookups().add(this, loop.monotonicMs());
            } else {
                Turn open = owner().openTurn();
                open.hold(answer, outcome(entry, open.nowMs()));
            }
            return true;
        }

        abstract T outcome(TaskEntry entry, long nowMs);
    }

    static final class Find extends ById<TaskView> {
        Find(ShardLoop loop, String id, Answer<TaskView> answer) {
            super(loop, id, answer);
        }

        @Override
        TaskView outcome(TaskEntry entry, long nowMs) {
            return entry == null ? null : TaskView.of(loop.shard(), entry);
        }
    }

    static final class Cancel extends ById<Cancelled> {
        Cancel(ShardLoop loop, String id, Answer<Cancelled> answer) {
            super(loop, id, answer);
        }

        @Override
        Cancelled outcome(TaskEntry entry, long nowMs) {
            if (entry == null) {
                return new Cancelled(null, false);
            }
            boolean cancelled = owner().decider().cancel(entry, nowMs);
            return new Cancelled(TaskView.of(loop.shard(), entry), cancelled);
        }
    }
}
