package io.leasehold.coordinator.desk;

import io.leasehold.coordinator.port.Clock;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.decide.Report;
import io.leasehold.core.decide.Wanted;
import io.leasehold.core.task.Submission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The door to the shards that this process owns. Thread-safe; every method returns at once. Requests for a shard that is
 * not served here are refused with {@link Refusal#NOT_OWNER}.
 */
public final class FrontDesk {
    private final Clock clock;
    private final int mostParked;
    private final PollLines lines = new PollLines();
    private final RecentPolls<Integer> recent = new RecentPolls<>();
    /** Which coordinators answered polls that were sent there. */
    private final RecentPolls<String> sentTo = new RecentPolls<>();

    private final Untaken untaken = new Untaken();
    private final HintsHeard heard = new HintsHeard();
    /** Copies that serve. */
    private final Map<Integer, ShardDoor> serving = new ConcurrentHashMap<>();
    /** All copies, serving or not. */
    private final Map<Integer, ShardDoor> copies = new ConcurrentHashMap<>();

    /** @param mostParked polls that may wait at one time */
    public FrontDesk(Clock clock, int mostParked) {
        this.clock = clock;
        this.mostParked = mostParked;
    }

    /** The lines of waiting polls, for the shards to take from. */
    public PollLines lines() {
        return lines;
    }

    public void submit(int shard, List<Submission> submissions, Answer<List<Accepted>> answer) {
        ShardDoor door = door(shard, answer);
        if (door != null) {
            door.submit(submissions, answer);
        }
    }

    /**
     * Asks the shards of this process for work, the one with the best ready task first; parks the poll if there is none. A poll
     * for no task at all asks only for what a poll of its id was granted here before, and ends that one if it still waits.
     *
     * @param ageMs how old the request was when it arrived here
     */
    public PollTicket poll(Wanted wanted, long ageMs, Answer<List<LeasedTask>> answer) {
        return poll(wanted, ageMs, answer, null);
    }

    /**
     * The same for a poll that another coordinator may answer, should that one be heard to have tasks for it while there are
     * none here.
     *
     * @param elsewhere told the coordinator's id, on any thread; it must not block. What became of it is to be said by
     *     {@link #answeredElsewhere}, {@link #nothingElsewhere} or {@link #sentElsewhere}
     */
    public PollTicket poll(Wanted wanted, long ageMs, Answer<List<LeasedTask>> answer, Consumer<String> elsewhere) {
        PollTicket ticket = new PollTicket(wanted, clock.monotonicMs() - Math.max(0, ageMs), answer, elsewhere);
        if (lines.waiting() >= mostParked) {
            answer.refused(Refusal.OVERLOADED);
            return ticket;
        }
        if (ticket.isForNothingNew()) {
            lines.ofSameId(wanted).forEach(this::timeOut);
        }
        Integer before = recent.placeOf(wanted);
        String other = before == null && ticket.isMovable() ? sentTo.placeOf(wanted) : null;
        ShardDoor door = before == null ? null : serving.get(before);
        if (door != null) {
            door.grant(ticket);
        } else if (other != null) {
            ticket.sendTo(other);
        } else {
            again(ticket);
        }
        return ticket;
    }

    /** A shard leases tasks for this poll. */
    public void granted(PollTicket ticket, int shard) {
        recent.answered(ticket.wanted(), shard);
    }

    /** A shard had nothing for the ticket it was asked about: the next one is asked, or the ticket waits. */
    public void again(PollTicket ticket) {
        if (ticket.isAbandoned() || ticket.isForNothingNew()) {
            ticket.answer().done(List.of());
        } else {
            ask(ticket);
        }
    }

    private void ask(PollTicket ticket) {
        ShardDoor best = best(ticket.wanted().queues());
        if (best != null) {
            best.grant(ticket);
            return;
        }
        lines.park(ticket);
        // Its time may have run out, or its client left, while a shard had it and no line did.
        if ((ticket.isTimeUp() || ticket.isAbandoned()) && lines.take(ticket)) {
            ticket.answer().done(List.of());
            return;
        }
        // A task may have become ready since we looked; its shard tells its head before it looks at the lines.
        best = best(ticket.wanted().queues());
        if (best != null) {
            if (lines.take(ticket)) {
                best.grant(ticket);
            }
            return;
        }
        // Hints are written down before polls that wait are looked for: one of the two sees the other.
        String other = ticket.isMovable() ? heard.whoHas(ticket.wanted().queues(), clock.monotonicMs()) : null;
        if (other != null && lines.take(ticket)) {
            ticket.sendTo(other);
        }
    }

    /**
     * Another coordinator has tasks ready that nobody takes there: polls that wait here for such are sent to it, and those that
     * come within the next moment.
     *
     * @return whether polls wait here for the queue
     */
    public boolean hinted(String coordinator, Hint hint) {
        int polls = heard.hear(hint.queue(), coordinator, hint.ready(), clock.monotonicMs());
        boolean awaited = polls == 0 && lines.isAwaited(hint.queue());
        for (int i = 0; i < polls; i++) {
            PollTicket ticket = lines.takeMovable(hint.queue());
            if (ticket == null) {
                break;
            }
            awaited = true;
            ticket.sendTo(coordinator);
        }
        return awaited;
    }

    /** The other coordinator is about to be asked: should its answer be lost, a poll of the same id is for it as well. */
    public void askingElsewhere(Wanted wanted, String coordinator) {
        sentTo.answered(wanted, coordinator);
    }

    /** The other coordinator had tasks for the poll. */
    public void answeredElsewhere(Wanted wanted, String coordinator) {
        heard.turnedOut(wanted.queues(), coordinator, true);
    }

    /** The other coordinator had nothing, or was not there: the poll goes on here. */
    public void nothingElsewhere(PollTicket ticket, String coordinator) {
        sentTo.forget(ticket.wanted());
        heard.turnedOut(ticket.wanted().queues(), coordinator, false);
        again(ticket);
    }

    /** The client was told to ask the other coordinator itself. */
    public void sentElsewhere(Wanted wanted, String coordinator) {
        heard.used(wanted.queues(), coordinator, wanted.max());
    }

    /** @param wake run on any thread when {@link #hints} should be asked soon */
    public void onUntaken(Runnable wake) {
        untaken.onNews(wake);
    }

    /** What other coordinators should be told now: tasks that stay where they are, while no poll for them waits here. */
    public List<Hint> hints() {
        return untaken.due(clock.monotonicMs(), this::bestHead, lines::isAwaited);
    }

    /** How long {@link #hints} need not be asked, in milliseconds; -1: until there is news. */
    public long hintsRestMs() {
        return untaken.restMs(clock.monotonicMs());
    }

    /** @param wanted whether polls waited for the queue where the hint went */
    public void hintAnswered(String queue, boolean wanted) {
        untaken.answered(queue, wanted);
    }

    /** A shard has told a head of this queue. */
    public void ready(String queue) {
        untaken.ready(queue);
    }

    /** A shard has nothing ready in this queue. */
    public void empty(String queue) {
        untaken.empty(queue);
    }

    private Head bestHead(String queue) {
        Head best = null;
        int ready = 0;
        for (ShardDoor door : serving.values()) {
            Head head = door.head(queue);
            if (head != null) {
                ready += head.ready();
                best = best == null || head.isBefore(best) ? head : best;
            }
        }
        return best == null ? null : best.among(ready);
    }

    private ShardDoor best(List<String> queues) {
        ShardDoor best = null;
        Head bestHead = null;
        for (ShardDoor door : serving.values()) {
            for (String queue : queues) {
                Head head = door.head(queue);
                if (head != null && (bestHead == null || head.isBefore(bestHead))) {
                    bestHead = head;
                    best = door;
                }
            }
        }
        return best;
    }

    /** The poll's time is up: if it is still parked, it is answered with nothing; if a shard has it, as that one says. */
    public void timeOut(PollTicket ticket) {
        if (lines.timeOut(ticket)) {
            ticket.answer().done(List.of());
        }
    }

    /** The client went away: if its poll is still parked, it is dropped without an answer. */
    public void giveUp(PollTicket ticket) {
        lines.abandon(ticket);
    }

    public void report(int shard, List<LeaseReport> reports, Answer<List<Report.Answer>> answer) {
        ShardDoor door = door(shard, answer);
        if (door != null) {
            door.report(reports, answer);
        }
    }

    public void heartbeat(int shard, List<Long> fences, Answer<List<Heartbeat>> answer) {
        ShardDoor door = door(shard, answer);
        if (door != null) {
            door.heartbeat(fences, answer);
        }
    }

    /** Done with null if the id is unknown for sure. */
    public void find(int shard, String id, Answer<TaskView> answer) {
        find(shard, id, true, answer);
    }

    /** @param sure false: done with null if the id is unknown so far, without waiting for what inboxes may hold */
    public void find(int shard, String id, boolean sure, Answer<TaskView> answer) {
        ShardDoor door = door(shard, answer);
        if (door != null) {
            door.find(id, sure, answer);
        }
    }

    public void cancel(int shard, String id, Answer<Cancelled> answer) {
        cancel(shard, id, true, answer);
    }

    /** @param sure as for {@link #find(int, String, boolean, Answer)} */
    public void cancel(int shard, String id, boolean sure, Answer<Cancelled> answer) {
        ShardDoor door = door(shard, answer);
        if (door != null) {
            door.cancel(id, sure, answer);
        }
    }

    /** Up to where the shard's inbox is effectively passed, -1 if nothing here can say. */
    public long inboxPassed(int shard) {
        ShardDoor door = serving.get(shard);
        return door == null ? -1 : door.inboxPassed();
    }

    /** Dead letters of a queue (null: of all) admitted after {@code afterNumber}, oldest first. */
    public void dead(int shard, String queue, long afterNumber, int limit, Answer<List<TaskView>> answer) {
        ShardDoor door = door(shard, answer);
        if (door != null) {
            door.dead(queue, afterNumber, limit, answer);
        }
    }

    /** Done with the number of dead letters that live again. */
    public void redrive(int shard, Redrive redrive, Answer<Integer> answer) {
        ShardDoor door = door(shard, answer);
        if (door != null) {
            door.redrive(redrive, answer);
        }
    }

    /** Refused with {@link Refusal#NOT_YET_ENABLED} while the shard is folded by a version that does not know purges. */
    public void purge(int shard, Purge purge, Answer<Purged> answer) {
        ShardDoor door = door(shard, answer);
        if (door != null) {
            door.purge(purge, answer);
        }
    }

    /** Counts as of now, effective or about to be; done with null if no task of that queue is remembered. */
    public void queue(int shard, String name, Answer<QueueView> answer) {
        ShardDoor door = door(shard, answer);
        if (door != null) {
            door.queue(name, answer);
        }
    }

    /** The same of the first so many queues whose names come after this one, in the order of their names. */
    public void queues(int shard, String after, int limit, Answer<List<QueueView>> answer) {
        ShardDoor door = door(shard, answer);
        if (door != null) {
            door.queues(after, limit, answer);
        }
    }

    private ShardDoor door(int shard, Answer<?> answer) {
        ShardDoor door = serving.get(shard);
        if (door == null) {
            answer.refused(copies.containsKey(shard) ? Refusal.NOT_READY : Refusal.NOT_OWNER);
        }
        return door;
    }

    public boolean owns(int shard) {
        return serving.containsKey(shard);
    }

    /** This process's copies of shards, by number. */
    public List<ShardView> shards() {
        List<ShardView> views = new ArrayList<>();
        copies.values().forEach(door -> views.add(door.view()));
        views.sort(Comparator.comparingInt(ShardView::shard));
        return views;
    }

    /** A copy of the shard exists from now on; it does not serve yet. */
    public void opened(int shard, ShardDoor door) {
        copies.put(shard, door);
    }

    /** This copy serves from now on. */
    public void serves(int shard, ShardDoor door) {
        serving.put(shard, door);
    }

    /** This copy serves no more. */
    public void stopped(int shard, ShardDoor door) {
        serving.remove(shard, door);
    }

    public void closed(int shard, ShardDoor door) {
        serving.remove(shard, door);
        copies.remove(shard, door);
    }
}
