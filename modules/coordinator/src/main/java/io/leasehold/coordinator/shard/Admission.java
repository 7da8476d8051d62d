package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.port.Arrival;
import io.leasehold.coordinator.port.Inbox;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.decide.Decider;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Admits what lies in the inbox, in order and exactly once: the position that a turn's record carries says what it
 * admitted. Of each turn a slice is its own, whatever else there is to do; it takes at most half, and nothing while the
 * shard is full. What is of one queue too many is rejected, and passed once its copies are acknowledged.
 */
final class Admission {
    private static final int BATCHES_AHEAD = 2;

    private record Batch(List<Arrival> arrivals, long nextOffset, int leaderEpoch) {}

    private final Inbox inbox;
    private final InboxClock clock;
    private final ShardMeters meters;
    private final Deque<Batch> batches = new ArrayDeque<>();
    /** Of the first batch: what was rejected, and lies ahead. */
    private final Set<Long> rejected = new HashSet<>();

    private boolean rejecting;
    private int at;
    private int asked;
    private long endOffset = -1;
    private String problem;
    private boolean started;

    Admission(Inbox inbox, InboxClock clock, ShardMeters meters) {
        this.inbox = inbox;
        this.meters = meters;
        this.clock = clock;
    }

    void start(long position, int leaderEpoch) {
        started = true;
        inbox.start(position, leaderEpoch);
        ask();
    }

    void arrived(List<Arrival> arrivals, long nextOffset, int leaderEpoch, long endOffset) {
        asked--;
        this.endOffset = endOffset;
        batches.add(new Batch(arrivals, nextOffset, leaderEpoch));
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

    /** The copies of what is to be rejected are acknowledged. */
    void rejected() {
        rejecting = false;
    }

    boolean hasWork() {
        return !rejecting && !batches.isEmpty();
    }

    /** Where the inbox ended when last heard of; -1 before that. */
    long endOffset() {
        return endOffset;
    }

    /** Admits until the turn's record has so many bytes, or what the last task is longer. */
    void admit(Turn turn, int untilBytes, Decider decider) {
        int before = turn.writer().size();
        clock.look();
        admitNext(turn, untilBytes, decider);
        turn.admitted(turn.writer().size() - before);
    }

    private void admitNext(Turn turn, int untilBytes, Decider decider) {
        while (hasWork() && turn.writer().size() < untilBytes) {
            Batch batch = batches.peek();
            while (at < batch.arrivals().size()) {
                Arrival arrival = batch.arrivals().get(at);
                if (turn.writer().size() >= untilBytes || !isPassed(arrival, decider, turn.nowMs())) {
                    if (at > 0) {
                        Arrival last = batch.arrivals().get(at - 1);
                        decider.settleInbox(last.offset() + 1, last.leaderEpoch());
                    }
                    return;
                }
                at++;
            }
            decider.settleInbox(batch.nextOffset(), batch.leaderEpoch());
            batches.poll();
            at = 0;
            ask();
        }
    }

    private boolean isPassed(Arrival arrival, Decider decider, long nowMs) {
        if (!rejected.isEmpty() && rejected.remove(arrival.offset())) {
            return true;
        }
        Accepted accepted = decider.accept(clock.task(arrival), nowMs);
        if (accepted == Accepted.TOO_MANY_QUEUES) {
            reject(decider);
        }
        return accepted == Accepted.NEW || accepted == Accepted.DUPLICATE;
    }

    /** All of the batch at once that would be refused as things are: one by one, each would wait for its copy. */
    private void reject(Decider decider) {
        List<Arrival> all = batches.peek().arrivals();
        List<Arrival> refused = all.subList(at, all.size()).stream()
                .filter(arrival -> decider.isOfQueueTooMany(arrival.task()))
                .toList();
        refused.forEach(arrival -> rejected.add(arrival.offset()));
        rejecting = true;
        meters.rejected(refused.size());
        inbox.reject(refused, decider.queuesAreTooMany());
    }

    private void ask() {
        while (started && problem == null && asked + batches.size() < BATCHES_AHEAD) {
            asked++;
            inbox.request();
        }
    }
}
