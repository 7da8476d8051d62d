package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.desk.Head;
import io.leasehold.coordinator.desk.LeasedTask;
import io.leasehold.coordinator.desk.PollTicket;
import io.leasehold.coordinator.lease.LeaseClocks;
import io.leasehold.core.decide.Decider;
import io.leasehold.core.decide.Grant;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.state.TaskEntry;
import io.leasehold.core.state.TaskQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Brings ready tasks and polls together: answers the polls that come, serves those that wait, and tells the desk which
 * queues have something ready.
 */
final class Dispatch {
    private final ShardParts parts;
    private final FrontDesk desk;
    private final ShardState state;
    private final Decider decider;
    private final Gate gate;
    /** Queues whose head may have changed since it was told, or that have both a ready task and a poll that waits. */
    private final Set<String> touched;

    private final LeaseClocks clocks;
    private final LongSupplier leaseNowMs;
    private final Map<String, Head> heads;
    private boolean holdsBack;

    /**
     * @param touched where others put down the names of queues whose head may have changed
     * @param heads read by other threads
     */
    Dispatch(
            ShardParts parts,
            ShardState state,
            Decider decider,
            Gate gate,
            Set<String> touched,
            LeaseClocks clocks,
            LongSupplier leaseNowMs,
            Map<String, Head> heads) {
        this.parts = parts;
        this.desk = parts.desk();
        this.state = state;
        this.decider = decider;
        this.gate = gate;
        this.touched = touched;
        this.clocks = clocks;
        this.leaseNowMs = leaseNowMs;
        this.heads = heads;
    }

    /** While this is on, nothing is leased; polls wait, and one that is repeated gets what it was granted before. */
    void holdBack(boolean on) {
        if (on != holdsBack) {
            holdsBack = on;
            touchAll();
        }
    }

    /** Leases what the ticket wants, or sends it on if there is nothing. */
    void grant(PollTicket ticket) {
        List<Grant> grants = List.of();
        // Before the lease's clock starts: the worker's promise counts from here.
        long ageMs = ticket.ageMs(parts.clock().monotonicMs());
        if (!ticket.isAbandoned() && hasReady(ticket)) {
            grants = decider.grant(ticket.wanted(), gate.openTurn().nowMs());
        }
        if (grants.isEmpty()) {
            tellHeads();
            desk.again(ticket);
            return;
        }
        List<LeasedTask> leased = new ArrayList<>(grants.size());
        for (Grant grant : grants) {
            // What a repeated poll was granted before is promised anew, from now on, as all that it is granted.
            clocks.beat(grant.fence(), grant.leaseMs(), leaseNowMs.getAsLong());
            String token = parts.tokens().make(parts.shard(), grant.fence());
            leased.add(
                    new LeasedTask(parts.shard(), grant, token, decidedAfterMs(ageMs), clocks.promises(grant.fence())));
        }
        desk.granted(ticket, parts.shard());
        gate.turn().hold(ticket.answer(), leased);
    }

    /**
     * What the worker may add to its belief for the wait: it counts that by its own clock, which may be slower than this
     * one by one in a thousand, and this one shows whole milliseconds.
     */
    private static long decidedAfterMs(long ageMs) {
        return Math.max(0, ageMs - (ageMs + 999) / 1_000 - 1);
    }

    /** A poll that finds nothing needs no record; one that is repeated may find what it was given before. */
    private boolean hasReady(PollTicket ticket) {
        String pollId = ticket.wanted().pollId();
        if (pollId != null && !state.byPoll(ticket.wanted().worker(), pollId).isEmpty()) {
            return true;
        }
        if (holdsBack || ticket.wanted().max() == 0) {
            return false;
        }
        for (String name : ticket.wanted().queues()) {
            TaskQueue queue = state.queue(name);
            if (queue != null && queue.ready() > 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Serves the polls that wait, longest waiting first. Only where a head may have changed: whoever parks looks at the
     * heads that were told afterwards, and goes to the shard that has one.
     */
    void serveParked() {
        if (holdsBack || touched.isEmpty() || desk.lines().waiting() == 0) {
            return;
        }
        // A grant touches queues, and tells of them.
        for (String name : touched.toArray(String[]::new)) {
            TaskQueue queue = state.queue(name);
            while (queue != null && queue.ready() > 0 && gate.turn().hasRoom()) {
                PollTicket ticket = desk.lines().take(queue.name());
                if (ticket == null) {
                    break;
                }
                grant(ticket);
            }
        }
    }

    /**
     * Tells which queues have something ready.
     *
     * @return whether a poll may have gone to sleep just before it could see that
     */
    boolean tellHeads() {
        touched.removeIf(this::isTold);
        return !touched.isEmpty();
    }

    /** Tells of the queue's head; false if a poll that waits for it could not see it yet, and is to be looked for again. */
    private boolean isTold(String name) {
        TaskQueue queue = state.queue(name);
        TaskEntry head = queue == null || holdsBack ? null : queue.head();
        if (head == null) {
            heads.remove(name);
            desk.empty(name);
            return true;
        }
        heads.put(name, Head.of(head, queue.ready()));
        desk.ready(name);
        return desk.lines().waiting() == 0 || !desk.lines().isAwaited(name);
    }

    /** Nothing was told so far: any queue may have a head. */
    void touchAll() {
        state.queues().forEach(queue -> touched.add(queue.name()));
    }
}
