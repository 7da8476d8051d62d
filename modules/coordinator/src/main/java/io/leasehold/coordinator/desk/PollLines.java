package io.leasehold.coordinator.desk;

import io.leasehold.core.decide.Wanted;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The polls that wait for work, one line a queue, longest waiting first. A ticket in several lines, or one that left, is
 * skipped where it is met; a line that holds many such is swept. Thread-safe, without locks.
 */
public final class PollLines {
    private static final int SWEEP_FROM = 64;
    private static final int MOST_LOOKED_AT = 20_000;

    private static final class Line {
        final Deque<PollTicket> tickets = new ConcurrentLinkedDeque<>();
        final AtomicInteger added = new AtomicInteger();
    }

    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** How many polls wait. */
    public int waiting() {
        return waiting.get();
    }

    void park(PollTicket ticket) {
        waiting.incrementAndGet();
        ticket.park();
        for (String queue : ticket.wanted().queues()) {
            // Within compute, so that the line cannot be dropped as empty in between.
            Line line = lines.compute(queue, (name, known) -> {
                Line kept = known == null ? new Line() : known;
                kept.tickets.add(ticket);
                return kept;
            });
            if (line.added.incrementAndGet() > SWEEP_FROM + 2 * waiting.get()) {
                sweep(queue, line);
            }
        }
    }

    /** Takes the poll that has waited longest for this queue, or null. */
    public PollTicket take(String queue) {
        Line line = lines.get(queue);
        if (line == null) {
            return null;
        }
        for (PollTicket ticket = line.tickets.poll(); ticket != null; ticket = line.tickets.poll()) {
            line.added.decrementAndGet();
            if (ticket.take()) {
                waiting.decrementAndGet();
                leaveOtherLines(ticket, queue);
                return ticket;
            }
        }
        dropIfEmpty(queue);
        return null;
    }

    /** It stands in those lines for nothing from now on. */
    private void leaveOtherLines(PollTicket ticket, String queue) {
        List<String> queues = ticket.wanted().queues();
        if (queues.size() > 1) {
            for (String other : queues) {
                if (!other.equals(queue)) {
                    dropStaleHeads(other);
                }
            }
        }
    }

    /** Takes the poll that has waited longest for this queue and may be answered by another coordinator, or null. */
    PollTicket takeMovable(String queue) {
        Line line = lines.get(queue);
        if (line == null) {
            return null;
        }
        for (PollTicket ticket : line.tickets) {
            if (ticket.isMovable() && take(ticket)) {
                if (line.tickets.remove(ticket)) {
                    line.added.decrementAndGet();
                }
                return ticket;
            }
        }
        return null;
    }

    /** Whether polls may be waiting for this queue. */
    public boolean isAwaited(String queue) {
        Line line = lines.get(queue);
        return line != null && !line.tickets.isEmpty();
    }

    /**
     * The polls of the same worker and id that wait: one, or two if a poll was repeated while it waited. Looks at the first of
     * very long lines only: those behind are found to have left when it is their turn.
     */
    List<PollTicket> ofSameId(Wanted wanted) {
        List<PollTicket> same = new ArrayList<>();
        int most = MOST_LOOKED_AT / wanted.queues().size();
        for (String queue : wanted.queues()) {
            Line line = wanted.pollId() == null ? null : lines.get(queue);
            if (line != null) {
                line.tickets.stream()
                        .limit(most)
                        .filter(ticket -> ticket.isWaiting()
                                && wanted.pollId().equals(ticket.wanted().pollId())
                                && wanted.worker().equals(ticket.wanted().worker()))
                        .forEach(same::add);
            }
        }
        return same;
    }

    /** Takes this very ticket if it still waits. */
    boolean take(PollTicket ticket) {
        return ended(ticket, ticket.take());
    }

    /** Its client is gone: ends the poll if it still waits. */
    boolean abandon(PollTicket ticket) {
        return ended(ticket, ticket.abandon());
    }

    /** Its time is up: ends the poll if it still waits. */
    boolean timeOut(PollTicket ticket) {
        return ended(ticket, ticket.timeOut());
    }

    private boolean ended(PollTicket ticket, boolean ended) {
        if (ended) {
            waiting.decrementAndGet();
            ticket.wanted().queues().forEach(this::dropStaleHeads);
        }
        return ended;
    }

    /** So that a queue for which nobody polls any more takes no memory, whatever its name. */
    private void dropStaleHeads(String queue) {
        Line line = lines.get(queue);
        if (line == null) {
            return;
        }
        for (PollTicket head = line.tickets.peek(); head != null && !head.isWaiting(); head = line.tickets.peek()) {
            if (line.tickets.remove(head)) {
                line.added.decrementAndGet();
            }
        }
        dropIfEmpty(queue);
    }

    private void sweep(String queue, Line line) {
        line.tickets.removeIf(ticket -> {
            boolean stale = !ticket.isWaiting();
            if (stale) {
                line.added.decrementAndGet();
            }
            return stale;
        });
        dropIfEmpty(queue);
    }

    private void dropIfEmpty(String queue) {
        lines.computeIfPresent(queue, (name, line) -> line.tickets.isEmpty() ? null : line);
    }

    /** How many queues have a line. */
    int size() {
        return lines.size();
    }
}
