package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.port.Arrival;
import io.leasehold.coordinator.port.Ends;
import io.leasehold.coordinator.port.Inbox;
import io.leasehold.coordinator.port.Journal;
import io.leasehold.coordinator.port.JournalRecord;
import java.util.List;
import java.util.function.Consumer;

/** Carries what the logs tell, on whatever thread, to the shard's own. */
final class LogEars implements Journal.Listener, Inbox.Listener, Ends.Listener {
    private final ShardLoop loop;
    private final Mailbox mailbox;

    LogEars(ShardLoop loop, Mailbox mailbox) {
        this.loop = loop;
        this.mailbox = mailbox;
    }

    @Override
    public void onBounds(long start, long end) {
        mailbox.control(() -> loop.bounds(start, end));
    }

    @Override
    public void onRecords(long from, List<JournalRecord> records, long endOffset) {
        mailbox.control(() -> loop.records(from, records, endOffset));
    }

    @Override
    public void onAppended(long offset, long appendTimeMs) {
        mailbox.control(() -> loop.appended(offset, appendTimeMs));
    }

    @Override
    public void onAppendFailed(Exception cause) {
        mailbox.control(() -> loop.appendFailed(cause));
    }

    @Override
    public void onJournalFailed(Exception cause) {
        mailbox.control(() -> loop.journalFailed(cause));
    }

    @Override
    public void onArrivals(
            List<Arrival> arrivals, long nextOffset, int leaderEpoch, long endOffset, int rejected, int resent) {
        toOwner(owner -> {
            loop.meters().arrived(rejected, resent);
            owner.admission().arrived(arrivals, nextOffset, leaderEpoch, endOffset);
        });
    }

    @Override
    public void onRejected() {
        toOwner(owner -> owner.admission().rejected());
    }

    @Override
    public void onInboxEnd(long ticket, long endOffset) {
        toOwner(owner -> owner.lookups().inboxEnd(ticket, endOffset));
    }

    @Override
    public void onInboxUnsure(long ticket) {
        toOwner(owner -> owner.lookups().unsure(ticket));
    }

    @Override
    public void onInboxFailed(Exception cause) {
        toOwner(owner -> owner.inboxFailed(cause.getMessage()));
    }

    @Override
    public void onInboxReadable() {
        toOwner(Owner::resumeAdmission);
    }

    @Override
    public void onEndsPublished(long attempt, long number) {
        toOwner(owner -> owner.ends().acknowledged(attempt, number));
    }

    @Override
    public void onEndsFailed(long attempt, Exception cause) {
        toOwner(owner -> owner.ends().failed(attempt, cause, loop.monotonicMs()));
    }

    private void toOwner(Consumer<Owner> message) {
        mailbox.control(() -> {
            if (loop.owner() != null) {
                message.accept(loop.owner());
            }
        });
    }
}
