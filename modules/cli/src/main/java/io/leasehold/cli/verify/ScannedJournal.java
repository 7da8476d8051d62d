package io.leasehold.cli.verify;

import io.leasehold.log.PartitionScan;
import io.leasehold.verify.JournalTape;

/** A shard's journal in Kafka. */
final class ScannedJournal implements JournalTape {
    private static final long TOLD_EVERY = 1_000;

    private final int shard;
    private final PartitionScan partition;
    private final Verification.Progress progress;

    ScannedJournal(int shard, PartitionScan partition, Verification.Progress progress) {
        this.shard = shard;
        this.partition = partition;
        this.progress = progress;
    }

    @Override
    public long start() {
        return partition.start();
    }

    @Override
    public long end() {
        return partition.end();
    }

    @Override
    public void read(long from, long to, Listener listener) {
        partition.read(from, to, (offset, appendTimeMs, key, value, headers) -> {
            listener.record(offset, appendTimeMs, value);
            if (offset % TOLD_EVERY == 0 || offset == to - 1) {
                progress.read(shard, from, offset + 1, to);
            }
        });
    }
}
