package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.Refusal;
import io.leasehold.coordinator.port.EndedTask;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.event.TurnWriter;
import io.leasehold.core.state.ShardState;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One turn of the loop: the events decided in it, as bytes, and the answers that wait for them. */
final class Turn {
    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

    private static final int MOST_ANSWERS = 20_000;

    private final int mostBytes;
    private final TurnWriter writer = new TurnWriter();
    private final List<Held<?>> held = new ArrayList<>();
    private final List<EndedTask> ends = new ArrayList<>();
    private boolean open;
    private long nowMs;
    private long openedMs;
    private int admittedBytes;
    private int answered;

    private long baseOffset;
    private long generation;
    private long trimmed;
    private long inboxOffset;
    private long sentWallMs;
    private long sentMonotonicMs;
    private long sentNanos;

    Turn(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    void open(TurnHeader header, long monotonicMs) {
        writer.begin(header);
        open = true;
        nowMs = header.nowMs();
        openedMs = monotonicMs;
        baseOffset = header.baseOffset();
    }

    boolean isOpen() {
        return open;
    }

    /** Shard time was taken back, before anything else was decided in this turn. */
    void timeSet(long newNowMs) {
        nowMs = newNowMs;
    }

    /** Shard time, the same for the whole turn. */
    long nowMs() {
        return nowMs;
    }

    long openedMs() {
        return openedMs;
    }

    TurnWriter writer() {
        return writer;
    }

    boolean hasRoom() {
        return writer.size() < mostBytes && held.size() < MOST_ANSWERS;
    }

    /** Whether there is room for what must leave the other half to others. */
    boolean isHalfEmpty() {
        return writer.size() < mostBytes / 2;
    }

    /** What the inbox has taken of it so far. */
    int admittedBytes() {
        return admittedBytes;
    }

    void admitted(int bytes) {
        admittedBytes += bytes;
    }

    /** Keeps the answer until this turn's record is effective. */
    <T> void hold(Answer<T> answer, T value) {
        held.add(new Held<>(answer, value));
    }

    List<EndedTask> ends() {
        return ends;
    }

    /** What is true of the journal and the inbox once this turn's record is effective. */
    void seal(ShardState state) {
        generation = state.generation();
        trimmed = state.trimmed();
        inboxOffset = state.inboxOffset();
    }

    /** Named by this turn's record as the place from which to replay. */
    long baseOffset() {
        return baseOffset;
    }

    long generation() {
        return generation;
    }

    long trimmed() {
        return trimmed;
    }

    long inboxOffset() {
        return inboxOffset;
    }

    void sentAt(long wallMs, long monotonicMs) {
        sentWallMs = wallMs;
        sentMonotonicMs = monotonicMs;
        sentNanos = System.nanoTime();
    }

    long sentWallMs() {
        return sentWallMs;
    }

    long sentMonotonicMs() {
        return sentMonotonicMs;
    }

    long nanosSinceSent() {
        return System.nanoTime() - sentNanos;
    }

    /** Throws what an answer throws; those behind it still wait then, and nobody is answered twice. */
    void effective() {
        while (answered < held.size()) {
            held.get(answered++).release();
        }
        clear();
    }

    void refuse(Refusal why) {
        while (answered < held.size()) {
            try {
                held.get(answered++).refuse(why);
            } catch (Throwable e) {
                LOG.error("an answer cannot be refused", e);
            }
        }
        clear();
    }

    private void clear() {
        writer.clear();
        held.clear();
        answered = 0;
        ends.clear();
        admittedBytes = 0;
        open = false;
    }
}
