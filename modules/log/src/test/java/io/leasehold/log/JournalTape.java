package io.leasehold.log;

import io.leasehold.coordinator.port.Journal;
import io.leasehold.coordinator.port.JournalRecord;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a journal told its listener, in order. */
final class JournalTape implements Journal.Listener {
    final List<JournalRecord> records = new CopyOnWriteArrayList<>();
    final List<List<Long>> bounds = new CopyOnWriteArrayList<>();
    final List<Long> ends = new CopyOnWriteArrayList<>();
    final List<Long> appended = new CopyOnWriteArrayList<>();
    final List<Exception> failedAppends = new CopyOnWriteArrayList<>();
    final List<Exception> failures = new CopyOnWriteArrayList<>();

    private volatile Journal journal;

    void of(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void onBounds(long start, long end) {
        bounds.add(List.of(start, end));
    }

    @Override
    public void onRecords(long from, List<JournalRecord> more, long endOffset) {
        records.addAll(more);
        ends.add(endOffset);
        journal.taken();
    }

    @Override
    public void onAppended(long offset, long appendTimeMs) {
        appended.add(offset);
    }

    @Override
    public void onAppendFailed(Exception cause) {
        failedAppends.add(cause);
    }

    @Override
    public void onJournalFailed(Exception cause) {
        failures.add(cause);
    }

    List<Long> offsets() {
        return records.stream().map(JournalRecord::offset).toList();
    }
}
