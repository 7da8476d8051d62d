package io.leasehold.coordinator.testkit;

import io.leasehold.coordinator.port.Arrival;
import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.port.EndedTask;
import io.leasehold.coordinator.port.Ends;
import io.leasehold.coordinator.port.Inbox;
import io.leasehold.coordinator.port.Journal;
import io.leasehold.coordinator.port.JournalRecord;
import io.leasehold.coordinator.port.LogIdentity;
import io.leasehold.coordinator.port.ShardLogs;
import io.leasehold.core.task.Submission;
import io.leasehold.core.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The logs of one shard in memory, shared by all who open them. Appends are acknowledged at once, or, while {@link #hold}
 * is on, only when {@link #deliver} is called; followers hear of a record when it is acknowledged.
 */
public final class InMemoryLogs implements ShardLogs {
    private record Delivered(long offset, int leaderEpoch, Task task, long delayMs, long appendedMs, long afterMs)
            implements Arrival {}

    private final Clock clock;
    private volatile int shards;
    private final List<JournalRecord> journal = new ArrayList<>();
    private final List<Arrival> inbox = new ArrayList<>();
    private final List<EndedTask> ended = new ArrayList<>();
    private final List<OpenJournal> journals = new CopyOnWriteArrayList<>();
    private final List<OpenInbox> inboxes = new CopyOnWriteArrayList<>();
    private final List<Runnable> heldBack = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();
    private final List<Runnable> heldRejections = new ArrayList<>();
    private boolean holdsRejected;
    private long journalStart;
    private long inboxStart;
    private int inboxEpoch;
    private long inboxAheadMs;
    private volatile boolean holding;
    private volatile boolean failing;
    private volatile boolean heldInboxes;
    private volatile boolean failingEnds;
    private boolean deaf;
    private String inboxTopicId = "inbox-1";

    public InMemoryLogs(Clock clock, int shards) {
        this.clock = clock;
        this.shards = shards;
    }

    /** From now on records land in the log only when {@link #deliver} says so. */
    public synchronized void hold() {
        holding = true;
    }

    /** Lands and acknowledges what was held back, and holds nothing back any more. */
    public synchronized void deliver() {
        holding = false;
        List<Runnable> all = List.copyOf(heldBack);
        heldBack.clear();
        all.forEach(Runnable::run);
    }

    /** Lets others write while what was held back is still on its way; the answer's {@code run} lands it. */
    public Runnable overtake() {
        holding = false;
        List<Runnable> late = List.copyOf(heldBack);
        heldBack.clear();
        return () -> late.forEach(Runnable::run);
    }

    /** From now on appends fail, although what was held back may still land. */
    public void failAppends(boolean failing) {
        this.failing = failing;
    }

    /** Whether an open transaction, of this inbox or of another, is in the way of all who ask for its end. */
    public void holdInboxesBack(boolean held) {
        heldInboxes = held;
    }

    /** The ids of the submissions that were rejected, and why. */
    public List<String> rejected() {
        return rejected;
    }

    /** Whether the copies of what is rejected are not acknowledged for now. */
    public void holdRejected(boolean held) {
        holdsRejected = held;
        if (!held) {
            List<Runnable> all = List.copyOf(heldRejections);
            heldRejections.clear();
            all.forEach(Runnable::run);
        }
    }

    /** From now on ends cannot be made public. */
    public void failEnds(boolean failing) {
        this.failingEnds = failing;
    }

    /** What {@link #failInbox} did is over. */
    public void allowInbox() {
        inboxes.forEach(inbox -> inbox.listener.onInboxReadable());
    }

    /** From now on nobody hears what lies in the journal, or does so again, and gets all that was missed. */
    public void hearNothing(boolean deaf) {
        this.deaf = deaf;
        journals.forEach(OpenJournal::deliver);
    }

    /** All who read the inbox are told that it cannot be read on. */
    public void failInbox(String why) {
        inboxes.forEach(inbox -> inbox.listener.onInboxFailed(new IllegalStateException(why)));
    }

    public void recreateInbox() {
        inboxTopicId = "inbox-2";
        inbox.clear();
    }

    /** The inbox's records from here on are gone, and whatever is put in their place comes under another leader. */
    public void cutInbox(long end) {
        inbox.subList((int) end, inbox.size()).clear();
        inboxEpoch++;
    }

    public void put(Task task) {
        put(task, 0);
    }

    /** What is put after this is appended by a leader whose clock is so far ahead. */
    public void inboxClockAhead(long ms) {
        inboxAheadMs = ms;
    }

    /** @param delayMs from its append time on */
    public void put(Task task, long delayMs) {
        long appendedMs = clock.wallMs() + inboxAheadMs;
        Task submitted = new Submission(task, delayMs).receivedAt(appendedMs);
        inbox.add(new Delivered(inbox.size(), inboxEpoch, submitted, delayMs, appendedMs, clock.monotonicMs()));
        inboxes.forEach(OpenInbox::deliver);
    }

    /** Appends as a stranger would. */
    public void inject(byte[] record) {
        land(record);
    }

    /** All who follow the journal are told where it ends, as happens now and then without news. */
    public void tellEnd() {
        journals.forEach(OpenJournal::deliver);
    }

    /** The journal's records from here on are gone, as after a power cut or an unclean election; nobody is told. */
    public void cutJournal(long end) {
        journal.subList((int) end, journal.size()).clear();
    }

    public List<JournalRecord> journal() {
        return journal;
    }

    /** Everything below was deleted. */
    public long journalStart() {
        return journalStart;
    }

    /** As a broker does that crashes right after it deleted something. */
    public void undelete() {
        journalStart = 0;
    }

    /** As somebody does who should not. */
    public void deleteJournalBefore(long offset) {
        journalStart = offset;
    }

    /** Everything below was deleted. */
    public long inboxStart() {
        return inboxStart;
    }

    public List<EndedTask> ended() {
        return ended;
    }

    private long land(byte[] record) {
        long offset = journal.size();
        journal.add(new JournalRecord(offset, clock.wallMs(), record));
        journals.forEach(OpenJournal::deliver);
        return offset;
    }

    @Override
    public Journal openJournal(int shard, Journal.Listener listener) {
        OpenJournal open = new OpenJournal(listener);
        journals.add(open);
        return open;
    }

    @Override
    public Inbox openInbox(int shard, Inbox.Listener listener) {
        OpenInbox open = new OpenInbox(listener, inboxTopicId);
        inboxes.add(open);
        return open;
    }

    @Override
    public Ends openEnds(int shard, Ends.Listener listener) {
        return new Ends() {
            @Override
            public void publish(long attempt, List<EndedTask> ends) {
                if (failingEnds) {
                    listener.onEndsFailed(attempt, new IllegalStateException("no broker"));
                    return;
                }
                ended.addAll(ends);
                listener.onEndsPublished(attempt, ends.get(ends.size() - 1).number());
            }

            @Override
            public void close() {}
        };
    }

    /** From now on the process knows of so many shards. */
    public void know(int shards) {
        this.shards = shards;
    }

    @Override
    public LogIdentity identity() {
        return new LogIdentity("cluster", "journal-1", inboxTopicId, shards);
    }

    private final class OpenJournal implements Journal {
        private final Listener listener;
        private long from;
        private long next = -1;
        private boolean open = true;

        OpenJournal(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void askBounds() {
            listener.onBounds(journalStart, journal.size());
        }

        @Override
        public void deleteBefore(long offset, long historyMs, long historyBytes) {
            journalStart = Math.max(journalStart, offset);
        }

        @Override
        public void follow(long offset) {
            if (offset < journalStart) {
                listener.onJournalFailed(new IllegalStateException("offset " + offset + " is out of range"));
                return;
            }
            from = offset;
            next = offset;
            deliver();
        }

        private void deliver() {
            if (next >= 0 && !deaf) {
                int first = (int) Math.min(next, journal.size());
                List<JournalRecord> records = List.copyOf(journal.subList(first, journal.size()));
                next = Math.max(next, journal.size());
                listener.onRecords(from, records, journal.size());
            }
        }

        @Override
        public void taken() {}

        @Override
        public void stopFollowing() {
            next = -1;
        }

        @Override
        public void append(byte[] value) {
            synchronized (InMemoryLogs.this) {
                if (failing) {
                    listener.onAppendFailed(new IllegalStateException("no broker"));
                    return;
                }
                Runnable landing = () -> {
                    long offset = land(value);
                    if (open) {
                        listener.onAppended(offset, clock.wallMs());
                    }
                };
                if (holding) {
                    heldBack.add(landing);
                } else {
                    landing.run();
                }
            }
        }

        @Override
        public void close() {
            open = false;
            next = -1;
            journals.remove(this);
        }
    }

    private final class OpenInbox implements Inbox {
        private final Listener listener;
        private final String topicId;
        private long next = -1;
        private int requested;

        OpenInbox(Listener listener, String topicId) {
            this.listener = listener;
            this.topicId = topicId;
        }

        @Override
        public String topicId() {
            return topicId;
        }

        @Override
        public void start(long position, int leaderEpoch) {
            boolean lies = position <= inbox.size();
            if (!lies
                    || (leaderEpoch >= 0
                            && position > 0
                            && inbox.get((int) position - 1).leaderEpoch() != leaderEpoch)) {
                listener.onInboxFailed(new IllegalStateException("inbox position: " + position + " of leader epoch "
                        + leaderEpoch + " (expected: where that epoch lies)"));
                return;
            }
            next = position;
            deliver();
        }

        @Override
        public void request() {
            requested++;
            deliver();
        }

        private void deliver() {
            if (next < 0 || requested == 0 || next >= inbox.size()) {
                return;
            }
            requested--;
            List<Arrival> arrivals = new ArrayList<>();
            for (; next < inbox.size(); next++) {
                arrivals.add(inbox.get((int) next));
            }
            listener.onArrivals(arrivals, next, inbox.get((int) next - 1).leaderEpoch(), inbox.size(), 0, 0);
        }

        @Override
        public void reject(List<Arrival> arrivals, String reason) {
            arrivals.forEach(arrival -> rejected.add(arrival.task().id() + " " + reason));
            if (holdsRejected) {
                heldRejections.add(listener::onRejected);
            } else {
                listener.onRejected();
            }
        }

        @Override
        public void deleteBefore(long offset) {
            inboxStart = Math.max(inboxStart, offset);
        }

        @Override
        public void askEnd(long ticket) {
            if (heldInboxes) {
                listener.onInboxUnsure(ticket);
            } else {
                listener.onInboxEnd(ticket, inbox.size());
            }
        }

        @Override
        public void close() {
            next = -1;
            inboxes.remove(this);
        }
    }
}
