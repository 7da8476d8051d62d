package io.leasehold.simulator;

import io.leasehold.coordinator.port.Journal;
import io.leasehold.coordinator.port.JournalRecord;
import java.util.List;

/** A coordinator's producer and consumer for one shard's journal. */
final class JournalPort implements Journal {
    private static final int BATCHES_AHEAD = 8;
    private static final long ASK_END_US = 500_000;

    private final World world;
    private final Coordinator owner;
    private final int shard;
    private final JournalTopic topic;
    private final Listener listener;
    private boolean closed;
    private boolean failed;
    private int follows;
    private boolean following;
    private long from;
    private long next;
    private int ahead;
    private boolean fetching;

    JournalPort(World world, Coordinator owner, int shard, Listener listener) {
        this.world = world;
        this.owner = owner;
        this.shard = shard;
        this.topic = world.journal(shard);
        this.listener = listener;
    }

    @Override
    public void askBounds() {
        owner.after(world.faults.latencyUs(), "start", () -> {
            long start = owner.staleStart(shard, topic.start());
            owner.after(world.faults.latencyUs(), "bounds", () -> {
                if (!closed) {
                    listener.onBounds(start, Math.max(start, visibleEnd()));
                }
            });
        });
    }

    /** Where this process sees the log end: a leader that was replaced shows it how things were. */
    private long visibleEnd() {
        return owner.staleEnd(shard, topic.end());
    }

    @Override
    public void follow(long offset) {
        stopFollowing();
        follows++;
        following = true;
        from = offset;
        next = offset;
        ahead = 0;
        fetching = false;
        topic.follow(this);
        int mine = follows;
        tellEnd(mine, world.faults.latencyUs());
        more();
    }

    private void tellEnd(int mine, long inUs) {
        owner.after(inUs, "end", () -> {
            if (following && mine == follows) {
                if (ahead < BATCHES_AHEAD) {
                    ahead++;
                    listener.onRecords(from, List.of(), visibleEnd());
                }
                tellEnd(mine, ASK_END_US);
            }
        });
    }

    /** There may be more to read. */
    void more() {
        if (following && !fetching) {
            fetching = true;
            int mine = follows;
            owner.after(world.faults.latencyUs(), "fetch", () -> fetch(mine));
        }
    }

    private void fetch(int mine) {
        if (!following || mine != follows) {
            return;
        }
        fetching = false;
        long end = visibleEnd();
        if (next < topic.start()) {
            stopFollowing();
            listener.onJournalFailed(new IllegalStateException("offset " + next + " is out of range"));
            return;
        }
        if (ahead >= BATCHES_AHEAD) {
            return; // taken() goes on
        }
        if (next >= end) {
            if (next < topic.end()) {
                owner.after(20_000, "retry", this::more);
            }
            return;
        }
        long to = Math.min(end, next + 1 + world.dice.small(500));
        List<JournalRecord> records = topic.read(next, to);
        next = to;
        ahead++;
        listener.onRecords(from, records, end);
        if (next < topic.end()) {
            more();
        }
    }

    @Override
    public void taken() {
        ahead = Math.max(0, ahead - 1);
        if (following && next < topic.end()) {
            more();
        }
    }

    @Override
    public void stopFollowing() {
        if (following) {
            following = false;
            topic.unfollow(this);
        }
    }

    @Override
    public void append(byte[] value) {
        owner.interruption();
        if (closed) {
            return;
        }
        if (failed) {
            owner.after(0, "refused append", this::tellFailure);
            return;
        }
        Faults.Fate fate = owner.isCutOff(shard) ? Faults.Fate.LOST : world.faults.append();
        world.trace.note(fate.ordinal(), () -> owner.name() + " appends to " + shard + ": " + fate);
        long underWayUs = world.faults.latencyUs();
        long patienceUs =
                100_000 + (owner.isCutOff(shard) ? world.dice.upTo(40_000_000) : world.dice.small(10_000_000));
        switch (fate) {
            case GOOD -> land(value, underWayUs, true);
            case TWICE -> {
                land(value, underWayUs, true);
                land(value, underWayUs + world.dice.small(5_000_000), false);
            }
            case UNACKNOWLEDGED -> {
                land(value, Math.min(underWayUs, patienceUs), false);
                fail(patienceUs);
            }
            case LATE -> {
                fail(patienceUs);
                land(value, patienceUs + world.faults.lateUs(), false);
            }
            case LOST -> fail(patienceUs);
        }
    }

    private void land(byte[] value, long inUs, boolean acknowledged) {
        long sentUs = world.timeline.nowUs();
        world.timeline.after(inUs, null, "land", () -> {
            JournalRecord landed = topic.append(value, sentUs);
            if (acknowledged) {
                acknowledge(landed);
            }
        });
    }

    private void acknowledge(JournalRecord landed) {
        if (owner.isUp()) {
            owner.after(world.faults.latencyUs(), "acknowledged", () -> {
                if (!closed && !failed) {
                    listener.onAppended(landed.offset(), landed.appendTimeMs());
                }
            });
        }
    }

    private void fail(long inUs) {
        owner.after(inUs, "append failed", () -> {
            failed = true;
            tellFailure();
        });
    }

    private void tellFailure() {
        if (!closed) {
            listener.onAppendFailed(new IllegalStateException("timed out"));
        }
    }

    @Override
    public void deleteBefore(long offset, long historyMs, long historyBytes) {
        world.ledger(shard).deleting(offset);
        if (!world.faults.losesDeletion()) {
            world.timeline.after(
                    world.faults.latencyUs() + world.faults.lateUs(),
                    null,
                    "delete",
                    () -> topic.deleteBefore(offset, historyMs));
        }
    }

    @Override
    public void close() {
        closed = true;
        stopFollowing();
    }
}
