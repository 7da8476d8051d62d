package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.Cancelled;
import io.leasehold.coordinator.desk.TaskView;
import io.leasehold.core.state.TaskEntry;

/** What may be asked about one id. */
final class IdCommands {
    private IdCommands() {}

    /** A request about one id; if that is unknown, the request waits until it would be known had it been submitted before. */
    private abstract static class ById<T> extends Asked<T> {
        final String id;
        private boolean waited;

        /** @param sure false takes what is unknown so far for the answer */
        ById(ShardLoop loop, String id, boolean sure, Answer<T> answer) {
            super(loop, answer);
            this.id = id;
            this.waited = !sure;
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
        Find(ShardLoop loop, String id, boolean sure, Answer<TaskView> answer) {
            super(loop, id, sure, answer);
        }

        @Override
        TaskView outcome(TaskEntry entry, long nowMs) {
            return entry == null ? null : TaskView.of(loop.shard(), entry);
        }
    }

    static final class Cancel extends ById<Cancelled> {
        Cancel(ShardLoop loop, String id, boolean sure, Answer<Cancelled> answer) {
            super(loop, id, sure, answer);
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
