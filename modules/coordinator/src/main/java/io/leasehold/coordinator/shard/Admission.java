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
 * admitted. Of each turn a slice is its own, whatever else there is to do; it takes at most half, and nothing while the
 * shard is full.
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

    /** Admits until the turn's record has so many bytes, or what the last task is longer. */
    void admit(Turn turn, int untilBytes, Decider decider) {
        int before = turn.writer().size();
        admitNext(turn, untilBytes, decider);
        turn.admitted(turn.writer().size() - before);
    }

    private void admitNext(Turn turn, int untilBytes, Decider decider) {
        while (!batches.isEmpty() && turn.writer().size() < untilBytes) {
            Batch batch = batches.peek();
            while (at < batch.arrivals().size()) {
                Arrival arrival = batch.arrivals().get(at);
                if (turn.writer().size() >= untilBytes
                        || decider.accept(arrival.task(), turn.nowMs()) == Accepted.FULL) {
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
