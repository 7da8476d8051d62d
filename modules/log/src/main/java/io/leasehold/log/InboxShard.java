package io.leasehold.log;

import io.leasehold.coordinator.port.Arrival;
import io.leasehold.coordinator.port.Inbox;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * One shard's part of the reader: what was fetched but not yet asked for, and what is under way to being delivered. All of
 * it belongs to the reader's thread.
 */
final class InboxShard {
    static final int MAX_RECORDS = 1_000;
    static final int MAX_BYTES = 1 << 20;

    /** So old is what the broker has said last to who waits for more: it answers twice a second. */
    private static final long ANSWER_MS = 2_000;

    private final TopicPartition partition;
    private final InboxReader reader;
    private final Inbox.Listener listener;
    private final Outbox outbox;
    private final Deque<ConsumerRecord<byte[], byte[]>> held = new ArrayDeque<>();

    /** Past the last record held, and where the inbox ended when that was fetched. */
    private long fetchedTo;

    private int fetchedEpoch;
    private long end;
    private long deliveredTo;
    private int deliveredEpoch;
    private boolean requested;
    private boolean settling;
    private boolean toldEnd;
    private boolean started;
    private boolean over;
    private boolean resting;
    /** Since it was told that it cannot be read, it could not. */
    private boolean unreadable;
    /** By the monotonic clock: since when it has asked for more without a break; {@link Arrival#NEVER} while it does not. */
    private long waitingSinceMs = Arrival.NEVER;
    /** By the monotonic clock, when the inbox ended below all that is held or will come. */
    private long endedMs = Arrival.NEVER;
    /** The same of what is held, as of its coming. */
    private long heldAfterMs = Arrival.NEVER;
    /** Counts the rests: what was on its way before one is not delivered after it. */
    private int rests;

    /** @param outbox for its copies; closed with it */
    InboxShard(TopicPartition partition, InboxReader reader, Outbox outbox, Inbox.Listener listener) {
        this.partition = partition;
        this.reader = reader;
        this.outbox = outbox;
        this.listener = listener;
    }

    TopicPartition partition() {
        return partition;
    }

    Outbox outbox() {
        return outbox;
    }

    boolean isOver() {
        return over;
    }

    /** @param leaderEpoch as in {@link Inbox#start}, as everywhere here */
    void start(long position, int leaderEpoch, long committedEnd) {
        if (over || started) {
            return;
        }
        started = true;
        fetchedTo = position;
        fetchedEpoch = leaderEpoch;
        deliveredTo = position;
        deliveredEpoch = leaderEpoch;
        end = committedEnd;
        reader.assign(this, position, leaderEpoch);
        advance();
    }

    void request() {
        requested = true;
        advance();
    }

    /** More was fetched, or the position moved over what no reader sees. */
    void onFetched(List<ConsumerRecord<byte[], byte[]>> records, long next, int leaderEpoch, long endNow) {
        if (over || resting) {
            return;
        }
        waitingSinceMs = Arrival.NEVER;
        heldAfterMs = endedMs;
        held.addAll(records);
        fetchedTo = next;
        fetchedEpoch = leaderEpoch;
        end = endNow;
        advance();
    }

    /**
     * It cannot be read for now. What has not been delivered is read again once the reader tries, which it does until it is
     * closed.
     */
    void rest(Exception cause) {
        if (over || resting) {
            return;
        }
        if (!started) {
            fail(cause);
            return;
        }
        resting = true;
        waitingSinceMs = Arrival.NEVER;
        // What is read again may have come before then.
        endedMs = Arrival.NEVER;
        rests++;
        held.clear();
        fetchedTo = deliveredTo;
        fetchedEpoch = deliveredEpoch;
        settling = false;
        reader.rest(this);
        if (!unreadable) {
            unreadable = true;
            listener.onInboxFailed(new KafkaException(
                    "inbox " + partition + ": " + cause.getMessage() + " (tried again every " + reader.restMs() / 1_000
                            + " s)",
                    cause));
        }
    }

    /** The rest is over. */
    void tryAgain() {
        resting = false;
        reader.assign(this, deliveredTo, deliveredEpoch);
        advance();
    }

    boolean isUnreadable() {
        return unreadable;
    }

    /** The broker has answered a fetch. */
    void onReadable() {
        unreadable = false;
        listener.onInboxReadable();
    }

    /** Copies what was delivered to the topic of rejected ones, and says so once all copies are acknowledged. */
    void reject(List<Arrival> arrivals, String reason) {
        if (over) {
            return;
        }
        List<ProducerRecord<byte[], byte[]>> copies = arrivals.stream()
                .map(arrival -> reader.rejected(arrival, reason))
                .toList();
        reader.settle(this, copies, () -> {
            if (!over) {
                listener.onRejected();
            }
        });
    }

    /** It can never be read again by this one. */
    void fail(Exception cause) {
        if (!over) {
            close();
            listener.onInboxFailed(cause);
        }
    }

    void close() {
        over = true;
        held.clear();
        outbox.close();
        reader.release(this);
    }

    /** Whether more may be fetched: one batch at most waits here. */
    boolean wantsMore() {
        return started && !over && !resting && held.isEmpty();
    }

    /**
     * The reader has looked for news, and found none of this one.
     *
     * @param isAtEnd whether the inbox ended where it is read to, as the broker said last
     */
    void looked(long nowMs, boolean isAtEnd) {
        if (!isAtEnd || !wantsMore()) {
            waitingSinceMs = Arrival.NEVER;
        } else if (waitingSinceMs == Arrival.NEVER) {
            waitingSinceMs = nowMs;
        } else if (nowMs - waitingSinceMs >= ANSWER_MS) {
            endedMs = nowMs - ANSWER_MS;
        }
    }

    private void advance() {
        if (!started || over || resting || !requested || settling || !hasNews()) {
            return;
        }
        settling = true;
        List<ConsumerRecord<byte[], byte[]>> taken = take();
        InboxBatch batch = reader.sort(taken, heldAfterMs);
        long next = held.isEmpty() ? fetchedTo : held.getFirst().offset();
        int epoch = held.isEmpty() ? fetchedEpoch : SubmissionSorter.leaderEpoch(taken.get(taken.size() - 1));
        long endThen = end;
        int restsThen = rests;
        if (batch.copies().isEmpty()) {
            deliver(batch, next, epoch, endThen);
        } else {
            reader.settle(this, batch.copies(), () -> {
                if (restsThen == rests) {
                    deliver(batch, next, epoch, endThen);
                }
            });
        }
    }

    /** Records, a position that moved without any, or, told once, the end. */
    private boolean hasNews() {
        return !held.isEmpty() || fetchedTo > deliveredTo || (fetchedTo == end && !toldEnd);
    }

    private List<ConsumerRecord<byte[], byte[]>> take() {
        List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>(Math.min(held.size(), MAX_RECORDS));
        long bytes = 0;
        while (!held.isEmpty() && taken.size() < MAX_RECORDS) {
            bytes += Math.max(0, held.getFirst().serializedValueSize());
            if (bytes > MAX_BYTES && !taken.isEmpty()) {
                break;
            }
            taken.add(held.removeFirst());
        }
        return taken;
    }

    private void deliver(InboxBatch batch, long next, int leaderEpoch, long endThen) {
        if (over) {
            return;
        }
        settling = false;
        requested = false;
        deliveredTo = next;
        deliveredEpoch = leaderEpoch;
        toldEnd = next == endThen;
        listener.onArrivals(batch.arrivals(), next, leaderEpoch, endThen, batch.rejected(), batch.resent());
    }
}
