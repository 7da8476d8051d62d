package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.Cancelled;
import io.leasehold.coordinator.desk.Heartbeat;
import io.leasehold.coordinator.desk.LeaseReport;
import io.leasehold.coordinator.desk.PollTicket;
import io.leasehold.coordinator.desk.QueueView;
import io.leasehold.coordinator.desk.Redrive;
import io.leasehold.coordinator.desk.Refusal;
import io.leasehold.coordinator.desk.TaskView;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.decide.Report;
import io.leasehold.core.state.PriorityBand;
import io.leasehold.core.state.TaskEntry;
import io.leasehold.core.state.TaskQueue;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Submission;
import io.leasehold.core.task.TaskState;
import java.util.ArrayList;
import java.util.List;

/** The wishes that a shard's desk door puts into its mailbox. */
final class Commands {
    private Commands() {}

    /** A command that somebody waits for. */
    private abstract static class Asked<T> extends Command {
        final ShardLoop loop;
        final Answer<T> answer;

        Asked(ShardLoop loop, long arrivedMs, Answer<T> answer) {
            super(arrivedMs);
            this.loop = loop;
            this.answer = answer;
        }

        Owner owner() {
            return loop.owner();
        }

        @Override
        void refuse(Refusal why) {
            answer.refused(why);
        }
    }

    static final class Submit extends Asked<List<Accepted>> {
        private final List<Submission> submissions;
        private final List<Accepted> outcomes;

        Submit(ShardLoop loop, long arrivedMs, List<Submission> submissions, Answer<List<Accepted>> answer) {
            super(loop, arrivedMs, answer);
            this.submissions = submissions;
            this.outcomes = new ArrayList<>(submissions.size());
        }

        @Override
        boolean step(Turn turn) {
            Turn open = owner().openTurn();
            while (outcomes.size() < submissions.size()) {
                if (!open.hasRoom()) {
                    return false;
                }
                outcomes.add(owner().decider.submit(submissions.get(outcomes.size()), open.nowMs()));
            }
            open.hold(answer, outcomes);
            return true;
        }
    }

    static final class Poll extends Command {
        private final ShardLoop loop;
        private final PollTicket ticket;

        Poll(ShardLoop loop, long arrivedMs, PollTicket ticket) {
            super(arrivedMs);
            this.loop = loop;
            this.ticket = ticket;
        }

        @Override
        boolean step(Turn turn) {
            loop.owner().grant(ticket);
            return true;
        }

        @Override
        void refuse(Refusal why) {
            ticket.answer().refused(why);
        }
    }

    static final class Reports extends Asked<List<Report.Answer>> {
        private final List<LeaseReport> reports;
        private final List<Report.Answer> outcomes;

        Reports(ShardLoop loop, long arrivedMs, List<LeaseReport> reports, Answer<List<Report.Answer>> answer) {
            super(loop, arrivedMs, answer);
            this.reports = reports;
            this.outcomes = new ArrayList<>(reports.size());
        }

        @Override
        boolean step(Turn turn) {
            Turn open = owner().openTurn();
            while (outcomes.size() < reports.size()) {
                if (!open.hasRoom()) {
                    return false;
                }
                LeaseReport next = reports.get(outcomes.size());
                outcomes.add(owner().decider.report(next.fence(), next.report(), open.nowMs()));
            }
            open.hold(answer, outcomes);
            return true;
        }
    }

    /** "Ok" needs no gate, only fresh proof of owning the shard; whatever ends a worker's belief waits for the log. */
    static final class Heartbeats extends Asked<List<Heartbeat>> {
        private static final Heartbeat RETRY = new Heartbeat(Heartbeat.Status.RETRY, 0);
        private static final Heartbeat LOST = new Heartbeat(Heartbeat.Status.LOST, 0);
        private static final Heartbeat CANCELLED = new Heartbeat(Heartbeat.Status.CANCELLED, 0);

        private final List<Long> fences;

        Heartbeats(ShardLoop loop, long arrivedMs, List<Long> fences, Answer<List<Heartbeat>> answer) {
            super(loop, arrivedMs, answer);
            this.fences = fences;
        }

        @Override
        boolean step(Turn turn) {
            List<Heartbeat> verdicts = new ArrayList<>(fences.size());
            boolean gated = false;
            boolean sure = owner().canSayOk();
            for (long fence : fences) {
                Heartbeat verdict = verdict(fence, sure);
                gated |= verdict == LOST || verdict == CANCELLED;
                verdicts.add(verdict);
            }
            owner().meters.heartbeats(fences.size());
            if (gated) {
                owner().openTurn().hold(answer, verdicts);
            } else {
                answer.done(verdicts);
            }
            return true;
        }

        private Heartbeat verdict(long fence, boolean sure) {
            TaskEntry entry = owner().state.byFence(fence);
            if (entry == null || entry.lease() == null || entry.fence() != fence) {
                boolean cancelled = entry != null
                        && entry.fence() == fence
                        && entry.end() != null
                        && entry.end().cause() == EndCause.CANCELLED;
                return cancelled ? CANCELLED : LOST;
            }
            if (!sure) {
                return RETRY;
            }
            long leaseMs = entry.lease().leaseMs();
            owner().clocks.beat(fence, leaseMs, owner().leaseNowMs());
            return new Heartbeat(Heartbeat.Status.OK, leaseMs);
        }
    }

    /** A request about one id; an unknown one waits until the inbox has been admitted up to where it ended. */
    private abstract static class ById<T> extends Asked<T> {
        final String id;
        private boolean waited;

        ById(ShardLoop loop, long arrivedMs, String id, Answer<T> answer) {
            super(loop, arrivedMs, answer);
            this.id = id;
        }

        @Override
        boolean step(Turn turn) {
            TaskEntry entry = owner().state.byId(id);
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
        Find(ShardLoop loop, long arrivedMs, String id, Answer<TaskView> answer) {
            super(loop, arrivedMs, id, answer);
        }

        @Override
        TaskView outcome(TaskEntry entry, long nowMs) {
            return entry == null ? null : TaskView.of(loop.shard(), entry);
        }
    }

    static final class Cancel extends ById<Cancelled> {
        Cancel(ShardLoop loop, long arrivedMs, String id, Answer<Cancelled> answer) {
            super(loop, arrivedMs, id, answer);
        }

        @Override
        Cancelled outcome(TaskEntry entry, long nowMs) {
            if (entry == null) {
                return new Cancelled(null, false);
            }
            boolean cancelled = owner().decider.cancel(entry, nowMs);
            return new Cancelled(TaskView.of(loop.shard(), entry), cancelled);
        }
    }

    static final class Dead extends Asked<List<TaskView>> {
        private final String queue;
        private final long afterNumber;
        private final int limit;

        Dead(ShardLoop loop, long arrivedMs, String queue, long afterNumber, int limit, Answer<List<TaskView>> answer) {
            super(loop, arrivedMs, answer);
            this.queue = queue;
            this.afterNumber = afterNumber;
            this.limit = limit;
        }

        @Override
        boolean step(Turn turn) {
            List<TaskView> views = owner().state.deadAfter(afterNumber).stream()
                    .filter(entry -> queue == null || queue.equals(entry.task().queue()))
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

        Redriving(ShardLoop loop, long arrivedMs, Redrive redrive, Answer<Integer> answer) {
            super(loop, arrivedMs, answer);
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
                TaskEntry entry = owner().state.byNumber(numbers.get(next));
                if (entry != null && owner().decider.redrive(entry, open.nowMs())) {
                    redriven++;
                }
            }
            open.hold(answer, redriven);
            return true;
        }

        private List<Long> chosen() {
            if (redrive.ids() != null) {
                return redrive.ids().stream()
                        .map(owner().state::byId)
                        .filter(entry -> entry != null)
                        .limit(redrive.limit())
                        .map(TaskEntry::number)
                        .toList();
            }
            return owner().state.deadAfter(0).stream()
                    .filter(entry -> redrive.queue() == null
                            || redrive.queue().equals(entry.task().queue()))
                    .limit(redrive.limit())
                    .map(TaskEntry::number)
                    .toList();
        }
    }

    static final class Queues extends Asked<List<QueueView>> {
        Queues(ShardLoop loop, long arrivedMs, Answer<List<QueueView>> answer) {
            super(loop, arrivedMs, answer);
        }

        @Override
        boolean step(Turn turn) {
            answer.done(owner().state.queues().stream().map(Queues::view).toList());
            return true;
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
}
