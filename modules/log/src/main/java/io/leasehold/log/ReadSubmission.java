package io.leasehold.log;

import io.leasehold.coordinator.port.Arrival;
import io.leasehold.core.task.Task;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A submission beside the record that it was read from, which is copied if the shard does not take it in. */
record ReadSubmission(ConsumerRecord<byte[], byte[]> record, Task task, long delayMs, long appendedMs, long afterMs)
        implements Arrival {
    @Override
    public long offset() {
        return record.offset();
    }

    @Override
    public int leaderEpoch() {
        return SubmissionSorter.leaderEpoch(record);
    }
}
