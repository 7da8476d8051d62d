package io.leasehold.client.logic;

import io.leasehold.api.ClusterView.Coordinator;
import io.leasehold.api.Grant;
import io.leasehold.api.HeartbeatAnswer;
import io.leasehold.api.PollAnswer;
import io.leasehold.api.ReportAnswer;
import java.util.List;

/**
 * A worker's mind: finds the coordinators, polls for as many tasks as it has room for, keeps their leases, reports what
 * became of them, and stops in good order. Not thread-safe.
 *
 * <p>Every method takes the time, in milliseconds of a clock that never goes back, and returns what is to be done now, in
 * order. An answer whose ticket is not known (any more) changes nothing.
 */
public final class WorkerLogic {
    /** So many reports may wait for an answer, for each task that may run, before no more tasks are taken. */
    private static final int REPORTS_PER_SLOT = 4;

    private final WorkerSettings settings;
    private final Pace pace;
    private final Directory directory;
    private final MapWatch map;
    private final Leases leases;
    private final Reports reports;
    private final Polls polls;
    private boolean stopping;
    private boolean stopped;
    private boolean releasing;
    private long graceUntilMs;
    private long settleUntilMs;

    /** @param seeds addresses of coordinators to ask for the map first; unused if the map is told from elsewhere */
    public WorkerLogic(WorkerSettings settings, Pace pace, List<String> seeds, Chance chance) {
        this.settings = settings;
        this.pace = pace;
        Tickets tickets = new Tickets();
        this.directory = new Directory(settings.worker(), seeds, pace.away(), chance);
        this.map = new MapWatch(directory, pace, chance, tickets);
        this.leases = new Leases(settings.worker(), directory, pace, chance, tickets);
        this.reports = new Reports(settings.worker(), directory, leases, pace, chance, tickets);
        this.polls = new Polls(settings, directory, pace, chance, tickets);
    }

    public List<Action> start(long nowMs) {
        return finish(new Turn(nowMs));
    }

    public List<Action> onTick(long nowMs) {
        return finish(new Turn(nowMs));
    }

    /** The answer to {@link Action.AskCluster}. */
    public List<Action> onCluster(long ticket, List<Coordinator> coordinators, long nowMs) {
        Turn turn = new Turn(nowMs);
        if (map.owns(ticket)) {
            map.onAnswer(turn, coordinators);
            polls.forgetStrangers();
        }
        return finish(turn);
    }

    /** The map as it was told from elsewhere. */
    public List<Action> onCoordinators(List<Coordinator> coordinators, long nowMs) {
        directory.learn(coordinators);
        polls.forgetStrangers();
        return finish(new Turn(nowMs));
    }

    public List<Action> onPoll(long ticket, PollAnswer answer, long nowMs) {
        Turn turn = new Turn(nowMs);
        if (polls.owns(ticket)) {
            Polls.Answered answered = polls.onAnswer(turn, ticket, answer);
            map.told(turn, answer.map());
            int free = stopping ? 0 : settings.concurrency() - leases.running();
            for (Grant grant : answered.answer().leases()) {
                free -= leases.take(turn, grant, answered, free > 0) ? 1 : 0;
            }
        }
        return finish(turn);
    }

    public List<Action> onHeartbeat(long ticket, HeartbeatAnswer answer, long nowMs) {
        Turn turn = new Turn(nowMs);
        if (leases.owns(ticket)) {
            leases.onAnswer(turn, ticket, answer);
        }
        return finish(turn);
    }

    public List<Action> onReport(long ticket, ReportAnswer answer, long nowMs) {
        Turn turn = new Turn(nowMs);
        if (reports.owns(ticket)) {
            reports.onAnswer(turn, ticket, answer);
        }
        return finish(turn);
    }

    /** Any request got no proper answer. */
    public List<Action> onFailed(long ticket, Failure failure, long nowMs) {
        Turn turn = new Turn(nowMs);
        if (map.owns(ticket)) {
            map.onFailed(turn, failure);
        } else if (polls.owns(ticket)) {
            polls.onFailed(turn, ticket, failure);
            map.doubt(turn);
        } else if (leases.owns(ticket)) {
            leases.onFailed(turn, ticket, failure);
            map.doubt(turn);
        } else if (reports.owns(ticket)) {
            reports.onFailed(turn, ticket, failure);
            map.doubt(turn);
        }
        return finish(turn);
    }

    /** The handler of a task has ended. */
    public List<Action> onFinished(String token, TaskResult result, long nowMs) {
        return onFinished(List.of(new Finished(token, result)), nowMs);
    }

    /** The handlers of several tasks have ended. */
    public List<Action> onFinished(List<Finished> all, long nowMs) {
        for (Finished one : all) {
            HeldLease lease = leases.get(one.lease());
            if (lease == null || !lease.running) {
                continue;
            }
            lease.running = false;
            if (lease.cancelled && !lease.released) {
                leases.drop(lease.token());
            } else if (!lease.released) {
                reports.add(lease, one.result());
            }
        }
        return finish(new Turn(nowMs));
    }

    /** Takes no more tasks; those running may finish within the grace, the rest are given back. */
    public List<Action> stop(long nowMs, long graceMs) {
        Turn turn = new Turn(nowMs);
        if (!stopping) {
            stopping = true;
            graceUntilMs = nowMs + graceMs;
            settleUntilMs = nowMs + pace.releaseMs();
            polls.stop(turn);
            leases.beginNothing();
        }
        return finish(turn);
    }

    private List<Action> finish(Turn turn) {
        if (stopped) {
            return List.of();
        }
        leases.advance(turn);
        leases.takeUnwanted().forEach(lease -> reports.add(lease, TaskResult.release()));
        if (stopping) {
            windDown(turn);
        }
        if (stopped) {
            return turn.last();
        }
        reports.advance(turn);
        if (stopping || reports.size() < settings.concurrency() * REPORTS_PER_SLOT) {
            polls.advance(turn, settings.concurrency() - leases.running());
        }
        if (settings.discover()) {
            map.advance(turn, polls.toldUntilMs());
        }
        return turn.finished();
    }

    private void windDown(Turn turn) {
        if (!releasing && turn.nowMs >= graceUntilMs) {
            releasing = true;
            leases.all().stream().filter(lease -> lease.running).forEach(lease -> release(turn, lease));
        }
        boolean settled = polls.isSettled() || turn.nowMs >= settleUntilMs;
        boolean nothingLeft = leases.running() == 0 && reports.size() == 0 && settled;
        long lastMs = graceUntilMs + pace.releaseMs();
        if (nothingLeft || turn.nowMs >= lastMs) {
            stopped = true;
            turn.add(new Action.Stopped());
        }
        turn.wakeBy(releasing ? lastMs : graceUntilMs);
        turn.wakeBy(turn.nowMs < settleUntilMs ? settleUntilMs : Turn.NEVER);
    }

    /** The handler is told first: from the release on, the task may run elsewhere. */
    private void release(Turn turn, HeldLease lease) {
        turn.add(new Action.TellStopping(lease.token()));
        lease.released = true;
        if (!lease.given) {
            lease.given = true;
            reports.add(lease, TaskResult.release());
        }
    }
}
