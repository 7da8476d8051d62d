package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.port.Arrival;
import io.leasehold.coordinator.port.Inbox;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.decide.Decider;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Admits what lies in the inbox, in order and exactly once: the position that a turn's record carries says what it
 * admitted. Takes at most half of a turn, and nothing while the shard is full.
 */
final class Admission {
    private static final int BATCHES_AHEAD = 2;

    private record Batch(List<Arrival> arrivals, long nextOffset) {}

    private final Inbox inbox;
    private final Deque<Batch> batches = new ArrayDeque<>();
    private int at;
    private int asked;
    private long endOffset = -1;
    private String problem;
    private boolean started;

    Admission(Inbox inbox) {
        this.inbox = inbox;
    }

    void start(long position) {
        started = true;
        inbox.start(position);
        ask();
    }

    void arrived(List<Arrival> arrivals, long nextOffset, long endOffset) {
        asked--;
        this.endOffset = endOffset;
        batches.add(new Batch(arrivals, nextOffset));
    }

    void stop(String problem) {
        this.problem = problem;
    }

    void resume() {
        problem = null;
        ask();
    }

    /** Why nothing is admitted any more, or null. */
    String problem() {
        return problem;
    }

    boolean hasWork() {
        return !batches.isEmpty();
    }

    /** Where the inbox ended when last heard of; -1 before that. */
    long endOffset() {
        return endOffset;
    }

    /** Admits what the turn has room for. */
    void admit(Turn turn, Decider decider) {
        while (!batches.isEmpty()) {
            Batch batch = batches.peek();
            while (at < batch.arrivals().size()) {
                Arrival arrival = batch.arrivals().get(at);
                if (!turn.isHalfEmpty() || decider.accept(arrival.task(), turn.nowMs()) == Accepted.FULL) {
                    settle(decider, at == 0 ? 0 : batch.arrivals().get(at - 1).offset() + 1);
                    return;
                }
                at++;
            }
            settle(decider, batch.nextOffset());
            batches.poll();
            at = 0;
            ask();
        }
    }

    private void settle(Decider decider, long nextOffset) {
        decider.settleInbox(nextOffset);
    }

    private void ask() {
        while (started && problem == null && asked + batches.size() < BATCHES_AHEAD) {
            asked++;
            inbox.request();
        }
    }
}
