package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.port.JournalRecord;
import io.leasehold.core.event.Garbage;
import io.leasehold.core.event.VoidMark;
import io.leasehold.core.wire.UnreadableRecordException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Garbage that was met, and what lies behind it: held until it is known whether an operator's mark there voids it. */
final class MarkSearch {
    private final int shard;
    private final Deque<JournalRecord> held = new ArrayDeque<>();
    private final Set<VoidMark> marks = new HashSet<>();
    private long bytes;

    MarkSearch(int shard) {
        this.shard = shard;
    }

    /** Whether anything is held. */
    boolean isOn() {
        return !held.isEmpty();
    }

    void hold(JournalRecord one) {
        held.add(one);
        bytes += one.value().length;
        VoidMark mark = VoidMark.read(one.value());
        if (mark != null) {
            marks.add(mark);
        }
    }

    /** The first of what is held, which stays held. */
    JournalRecord first() {
        return held.element();
    }

    /** The first of what is held, which is let go of. */
    JournalRecord next() {
        JournalRecord first = held.remove();
        bytes -= first.value().length;
        if (held.isEmpty()) {
            marks.clear();
        }
        return first;
    }

    /** Once anything is held: one more than the last offset of it. */
    long end() {
        return held.getLast().offset() + 1;
    }

    /** Whether a mark behind it voids the first of what is held. */
    boolean isFirstMarked() {
        JournalRecord first = first();
        return marks.contains(VoidMark.of(first.offset(), first.value()));
    }

    /** Whether as much is held as a mark may lie behind garbage. */
    boolean isFull() {
        return held.size() > VoidMark.MOST_RECORDS_BEHIND || bytes > VoidMark.MOST_BYTES_BEHIND;
    }

    /** Why the first of what is held stops its reader. */
    UnreadableRecordException unmarked() {
        return unmarked(shard, first(), Garbage.problem(first().value()));
    }

    /** What stops the reader of a record: where it is garbage, that says what a person can do. */
    static UnreadableRecordException stops(int shard, JournalRecord one, UnreadableRecordException found) {
        String problem = Garbage.problem(one.value());
        return problem == null ? found : unmarked(shard, one, problem);
    }

    private static UnreadableRecordException unmarked(int shard, JournalRecord one, String problem) {
        return new UnreadableRecordException("journal: what lies at offset " + one.offset()
                + " is no record of any release: " + problem + " (" + one.value().length
                + " bytes). Find out who wrote it,"
                + " keep them from the journal, then step over it: leasehold journal void --shard " + shard
                + " --offset " + one.offset());
    }
}
