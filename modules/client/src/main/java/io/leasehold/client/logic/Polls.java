package io.leasehold.client.logic;

import io.leasehold.api.PollAnswer;
import io.leasehold.api.PollRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Polls on their way: one at a time, unless one is late, which must not keep a free worker from the other coordinators.
 *
 * <p>A poll whose outcome is not known is repeated under its own id, so that what it may have granted is not lost.
 */
final class Polls {
    private static final class Sent {
        final PollPlan.Target target;
        final Attempt attempt;
        final int max;
        final String tag;
        final long sentMs;
        boolean late;
        boolean cancelled;

        Sent(PollPlan.Target target, Attempt attempt, int max, String tag, long sentMs) {
            this.target = target;
            this.attempt = attempt;
            this.max = max;
            this.tag = tag;
            this.sentMs = sentMs;
        }
    }

    /** @param firstSentMs when a poll of this id was sent for the first time: what it brings is promised since then */
    private record Attempt(String pollId, long firstSentMs) {}

    /**
     * A poll's grants, and since when they are promised.
     *
     * @param repeated whether a poll of the same id was sent before
     */
    record Answered(String url, long firstSentMs, boolean repeated, PollAnswer answer) {}

    private final WorkerSettings settings;
    private final Directory directory;
    private final PollPlan plan;
    private final Pace pace;
    private final Chance chance;
    private final Tickets tickets;
    private final String idPrefix;
    private final Map<Long, Sent> sent = new HashMap<>();
    private final Map<String, Attempt> unknown = new HashMap<>();
    /** What each coordinator's last answer said of the map; they answer a poll early if that is no longer what it says. */
    private final Map<String, String> told = new HashMap<>();

    private long ids;
    private long restUntilMs = Long.MIN_VALUE;
    private boolean stopping;

    Polls(WorkerSettings settings, Directory directory, Pace pace, Chance chance, Tickets tickets) {
        this.settings = settings;
        this.directory = directory;
        this.plan = new PollPlan(directory, pace);
        this.pace = pace;
        this.chance = chance;
        this.tickets = tickets;
        this.idPrefix = Long.toHexString((long) (chance.next() * (1L << 52))) + "-";
    }

    boolean owns(long ticket) {
        return sent.containsKey(ticket);
    }

    Answered onAnswer(Turn turn, long ticket, PollAnswer answer) {
        Sent poll = sent.remove(ticket);
        String url = poll.target.url();
        directory.answered(url);
        unknown.remove(url, poll.attempt);
        told.put(url, answer.map());
        int granted = answer.leases().size();
        plan.answered(poll.target, granted >= poll.max, granted == 0 ? answer.see() : null, turn.nowMs);
        boolean early = turn.nowMs - poll.sentMs < poll.target.waitMs() / 2;
        if (granted == 0 && answer.see() == null && early) {
            // Who answers "nothing" without the wait asked for would otherwise be asked again at once, for ever.
            restUntilMs = turn.nowMs + (long) (pace.away().baseMs() * (0.5 + chance.next() / 2));
        }
        return new Answered(url, poll.attempt.firstSentMs, poll.attempt.firstSentMs < poll.sentMs, answer);
    }

    void onFailed(Turn turn, long ticket, Failure failure) {
        Sent poll = sent.remove(ticket);
        if (!poll.cancelled) {
            plan.failed(poll.target);
            directory.failed(poll.target.url(), turn.nowMs, failure.retryAfterMs());
        }
        if (failure.isRefusal()) {
            unknown.remove(poll.target.url(), poll.attempt);
        } else {
            unknown.put(poll.target.url(), poll.attempt);
        }
    }

    /** What was granted by coordinators that are gone cannot be asked for again: those leases run out. */
    void forgetStrangers() {
        unknown.keySet().retainAll(directory.order());
        told.keySet().retainAll(directory.order());
    }

    /** Until when a coordinator that has a poll will tell if the map changes; in the past if none does. */
    long toldUntilMs() {
        long until = Long.MIN_VALUE;
        for (Sent poll : sent.values()) {
            if (!poll.cancelled && poll.tag != null && poll.tag.equals(told.get(poll.target.url()))) {
                until = Math.max(until, lateAtMs(poll));
            }
        }
        return until;
    }

    /**
     * Asks for no more tasks. What polls were granted whose outcome is not known must not lie idle until its lease runs out, as
     * if it had killed its worker: polls that wait are cut, and each is asked once more, for no new tasks.
     */
    void stop(Turn turn) {
        stopping = true;
        sent.forEach((ticket, poll) -> {
            if (poll.target.waitMs() > 0) {
                poll.cancelled = true;
                turn.add(new Action.CancelPoll(ticket));
            }
        });
    }

    /** Whether, after {@link #stop}, all that polls were granted is known. */
    boolean isSettled() {
        return sent.isEmpty() && unknown.isEmpty();
    }

    private void settle(Turn turn) {
        Set<String> busy = busy();
        for (String url : List.copyOf(unknown.keySet())) {
            if (!busy.contains(url)) {
                if (directory.isUsable(url, turn.nowMs)) {
                    send(turn, new PollPlan.Target(url, 0), 0);
                } else {
                    turn.wakeBy(directory.nextUsableMs(turn.nowMs));
                }
            }
        }
    }

    /** @param free how many more tasks the worker can take */
    void advance(Turn turn, int free) {
        if (stopping) {
            settle(turn);
            return;
        }
        if (free < 1 || !allLate(turn)) {
            return;
        }
        if (turn.nowMs < restUntilMs) {
            turn.wakeBy(restUntilMs);
            return;
        }
        PollPlan.Target target = plan.next(turn.nowMs, busy());
        if (target == null) {
            turn.wakeBy(directory.nextUsableMs(turn.nowMs));
            return;
        }
        send(turn, target, free);
    }

    private void send(Turn turn, PollPlan.Target target, int free) {
        Attempt attempt = unknown.getOrDefault(target.url(), new Attempt(idPrefix + ids++, turn.nowMs));
        long ticket = tickets.next();
        // Only those that spoke of it know what is meant.
        String tag = told.get(target.url()) == null ? null : directory.tag();
        Sent poll = new Sent(target, attempt, free, tag, turn.nowMs);
        sent.put(ticket, poll);
        PollRequest body = new PollRequest(
                settings.worker(), settings.queues(), free, target.waitMs(), settings.leaseMs(), attempt.pollId, tag);
        turn.add(new Action.SendPoll(ticket, target.url(), body, target.waitMs() + pace.pollSlackMs()));
        turn.wakeBy(lateAtMs(poll));
    }

    private boolean allLate(Turn turn) {
        boolean all = true;
        for (Sent poll : sent.values()) {
            poll.late |= turn.nowMs >= lateAtMs(poll);
            if (!poll.late) {
                all = false;
                turn.wakeBy(lateAtMs(poll));
            }
        }
        return all;
    }

    private Set<String> busy() {
        Set<String> urls = new HashSet<>();
        sent.values().forEach(poll -> urls.add(poll.target.url()));
        return urls;
    }

    private long lateAtMs(Sent poll) {
        return poll.sentMs + poll.target.waitMs() + pace.patienceMs();
    }
}
