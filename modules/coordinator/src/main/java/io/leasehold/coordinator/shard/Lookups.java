package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.Refusal;
import io.leasehold.coordinator.port.Inbox;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests about ids that are unknown so far. "Unknown" may be said only once every inbox that could hold the id has been
 * passed up to the end that it had when the request came; until then they wait, five seconds at the most.
 */
final class Lookups {
    private static final int MOST = 1_000;
    private static final long PATIENCE_MS = 5_000;

    /** A command that is to be done again once its id must be known. */
    private static final class Waiting {
        final Command command;
        final long giveUpMs;
        long untilOffset = Long.MAX_VALUE;

        Waiting(Command command, long giveUpMs) {
            this.command = command;
            this.giveUpMs = giveUpMs;
        }
    }

    private final Inbox inbox;
    /** By ticket, in the order of their arrival. */
    private final Map<Long, Waiting> waiting = new LinkedHashMap<>();

    private long lastTicket;
    private boolean stopped;

    Lookups(Inbox inbox) {
        this.inbox = inbox;
    }

    void add(Command command, long monotonicMs) {
        if (stopped) {
            command.refuse(Refusal.NOT_ADMITTED_YET);
            return;
        }
        if (waiting.size() >= MOST) {
            command.refuse(Refusal.OVERLOADED);
            return;
        }
        waiting.put(++lastTicket, new Waiting(command, monotonicMs + PATIENCE_MS));
        inbox.askEnd(lastTicket);
    }

    void inboxEnd(long ticket, long endOffset) {
        Waiting one = waiting.get(ticket);
        if (one != null) {
            one.untilOffset = endOffset;
        }
    }

    void unsure(long ticket) {
        Waiting one = waiting.remove(ticket);
        if (one != null) {
            one.command.refuse(Refusal.NOT_ADMITTED_YET);
        }
    }

    /** Nothing is admitted any more: what the inbox holds stays unknown. */
    void stop() {
        stopped = true;
        refuseAll(Refusal.NOT_ADMITTED_YET);
    }

    void resume() {
        stopped = false;
    }

    /** Takes out those whose time has come and refuses those that waited too long. */
    List<Command> due(long settledOffset, long monotonicMs) {
        List<Command> due = new ArrayList<>();
        for (Iterator<Waiting> all = waiting.values().iterator(); all.hasNext(); ) {
            Waiting one = all.next();
            if (one.untilOffset <= settledOffset) {
                due.add(one.command);
                all.remove();
            } else if (one.giveUpMs <= monotonicMs) {
                one.command.refuse(Refusal.NOT_ADMITTED_YET);
                all.remove();
            }
        }
        return due;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void refuseAll(Refusal why) {
        waiting.values().forEach(one -> one.command.refuse(why));
        waiting.clear();
    }
}
