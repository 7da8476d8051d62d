package io.leasehold.simulator;

import io.leasehold.coordinator.port.Arrival;
import io.leasehold.core.task.Task;
import java.util.ArrayList;
import java.util.List;

/** The truth of one shard's inbox, with the transactions of its producers. */
final class InboxTopic {
    private static final int RECORDS_A_LEADER = 20;

    private record Delivered(long offset, int leaderEpoch, Task task, long delayMs, long appendedMs, long afterMs)
            implements Arrival {}

    /** One place in the inbox. */
    private static final class Slot {
        /** Null for what is no submission: a transaction's marker, or an invalid record. */
        final Task task;

        boolean open;
        boolean aborted;
        boolean rejected;

        Slot(Task task, boolean open) {
            this.task = task;
            this.open = open;
        }
    }

    private final List<Slot> slots = new ArrayList<>();
    private final List<InboxPort> readers = new ArrayList<>();
    private final String topicId = "inbox-1";
    private long start;
    private int stable;

    String topicId() {
        return topicId;
    }

    long start() {
        return start;
    }

    /** Past the last record that a reader may see: an open transaction hides what comes behind it. */
    long end() {
        while (stable < slots.size() && !slots.get(stable).open) {
            stable++;
        }
        return stable;
    }

    /** @return where it lies */
    long put(Task task) {
        slots.add(new Slot(task, false));
        news();
        return slots.size() - 1;
    }

    /** @return where it lies, to be closed later */
    int putInTransaction(Task task) {
        slots.add(new Slot(task, true));
        return slots.size() - 1;
    }

    void close(int place, boolean aborted) {
        Slot slot = slots.get(place);
        slot.open = false;
        slot.aborted = aborted;
        slots.add(new Slot(null, false));
        news();
    }

    /** Of the committed records in between, each counts. */
    List<Arrival> read(long from, long to) {
        List<Arrival> arrivals = new ArrayList<>();
        for (long at = from; at < to; at++) {
            Task task = taskAt(at);
            if (task != null) {
                arrivals.add(new Delivered(at, leaderEpoch(at + 1), task, 0, 0, Arrival.NEVER));
            }
        }
        return arrivals;
    }

    /** Under which the record before this position was written: now and then there is another leader. */
    int leaderEpoch(long position) {
        return (int) (Math.max(0, position - 1) / RECORDS_A_LEADER);
    }

    /** A copy of it lies among the rejected ones. */
    void reject(Arrival arrival) {
        slots.get((int) arrival.offset()).rejected = true;
    }

    boolean isRejected(long offset) {
        return slots.get((int) offset).rejected;
    }

    /** Whether any submission with this id is rejected. */
    boolean isRejected(String id) {
        return slots.stream().anyMatch(slot -> slot.rejected && slot.task.id().equals(id));
    }

    /** The committed submission that lies there, or null. */
    Task taskAt(long offset) {
        Slot slot = slots.get((int) offset);
        return slot.aborted || slot.open ? null : slot.task;
    }

    void deleteBefore(long offset) {
        start = Math.max(start, offset);
    }

    private void news() {
        for (int i = 0; i < readers.size(); i++) {
            readers.get(i).more();
        }
    }

    void read(InboxPort port) {
        readers.add(port);
    }

    void unread(InboxPort port) {
        readers.remove(port);
    }
}
