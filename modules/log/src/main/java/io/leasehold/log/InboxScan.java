package io.leasehold.log;

import io.leasehold.coordinator.port.Arrival;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The valid submissions of one inbox that are at home there, told once from its start on, as far as they are still there: a
 * running cluster deletes those that are settled. Not thread-safe.
 */
public final class InboxScan implements AutoCloseable {
    private final PartitionScan partition;
    private final SubmissionSorter sorter;
    private final Deque<Arrival> read = new ArrayDeque<>();

    InboxScan(PartitionScan partition, SubmissionSorter sorter) {
        this.partition = partition;
        this.sorter = sorter;
    }

    /** Tells those below the offset that were not told yet, in order. */
    public void below(long offset, Consumer<Arrival> to) {
        tell(offset, to);
        while (read.isEmpty() && partition.position() < Math.min(offset, partition.end())) {
            try {
                read.addAll(sorter.sort(partition.next(), Arrival.NEVER).arrivals());
            } catch (RecordsDeleted e) {
                partition.skipDeleted();
            }
            tell(offset, to);
        }
    }

    private void tell(long offset, Consumer<Arrival> to) {
        while (!read.isEmpty() && read.peek().offset() < offset) {
            to.accept(read.poll());
        }
    }

    @Override
    public void close() {
        partition.close();
    }
}
