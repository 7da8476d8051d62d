package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.Heartbeat;
import io.leasehold.coordinator.desk.LeaseReport;
import io.leasehold.coordinator.desk.PollTicket;
import io.leasehold.coordinator.desk.Refusal;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.decide.Report;
import io.leasehold.core.state.TaskEntry;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Submission;
import java.util.ArrayList;
import java.util.List;

/** The wishes that a shard's desk door puts into its mailbox. */
final class Commands {
    private Commands() {}

    static final class Submit extends Asked<List<Accepted>> {
        private final List<Submission> submissions;
        private final List<Accepted> outcomes;

        Submit(ShardLoop loop, List<Submission> submissions, Answer<List<Accepted>> answer) {
            super(loop, answer);
            this.submissions = submissions;
            this.outcomes = new ArrayList<>(submissions.size());
        }

        @Override
        boolean step(Turn turn) {
            Turn open = owner().openTurn();
            long delaysFromMs = owner().gate().delaysFrom();
            while (outcomes.size() < submissions.size()) {
                if (!open.hasRoom()) {
                    return false;
                }
                Accepted accepted =
                        owner().decider().submit(submissions.get(outcomes.size()), open.nowMs(), delaysFromMs);
                loop.meters().submitted(accepted);
                outcomes.add(accepted);
            }
            open.hold(answer, outcomes);
            return true;
        }
    }

    static final class Poll extends Command {
        private final ShardLoop loop;
        private final PollTicket ticket;

        Poll(ShardLoop loop, PollTicket ticket) {
            super(loop.monotonicMs());
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

        Reports(ShardLoop loop, List<LeaseReport> reports, Answer<List<Report.Answer>> answer) {
            super(loop, answer);
            this.reports = reports;
            this.outcomes = new ArrayList<>(reports.size());
        }

        @Override
        boolean step(Turn turn) {
            Turn open = owner().openTurn();
            long delaysFromMs = owner().gate().delaysFrom();
            while (outcomes.size() < reports.size()) {
                if (!open.hasRoom()) {
                    return false;
                }
                LeaseReport next = reports.get(outcomes.size());
                outcomes.add(
                        next.counts(owner().clocks().promises(next.fence()))
                                ? owner().decider().report(next.fence(), next.report(), open.nowMs(), delaysFromMs)
                                : Report.Answer.LOST);
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

        Heartbeats(ShardLoop loop, List<Long> fences, Answer<List<Heartbeat>> answer) {
            super(loop, answer);
            this.fences = fences;
        }

        @Override
        boolean step(Turn turn) {
            List<Heartbeat> verdicts = new ArrayList<>(fences.size());
            boolean gated = false;
            boolean sure = owner().gate().canSayOk();
            for (long fence : fences) {
                Heartbeat verdict = verdict(fence, sure);
                gated |= verdict == LOST || verdict == CANCELLED;
                verdicts.add(verdict);
                loop.meters().heartbeat(verdict.status());
            }
            if (gated) {
                owner().openTurn().hold(answer, verdicts);
            } else {
                answer.done(verdicts);
            }
            return true;
        }

        private Heartbeat verdict(long fence, boolean sure) {
            TaskEntry entry = owner().state().byFence(fence);
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
            owner().clocks().beat(fence, leaseMs, owner().leaseNowMs());
            return new Heartbeat(Heartbeat.Status.OK, leaseMs);
        }
    }
}
