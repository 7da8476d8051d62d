package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.desk.Head;
import io.leasehold.coordinator.desk.Refusal;
import io.leasehold.coordinator.desk.ShardDoor;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.desk.ShardView;
import io.leasehold.coordinator.lease.LeaseTokens;
import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.port.JournalRecord;
import io.leasehold.coordinator.port.LogIdentity;
import io.leasehold.coordinator.port.RecordsLost;
import io.leasehold.coordinator.port.ShardLogs;
import io.leasehold.coordinator.port.Witness;
import io.leasehold.coordinator.shard.OwnershipMeters.How;
import io.leasehold.core.decide.Chance;
import io.leasehold.core.state.DivergedException;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.wire.UnreadableRecordException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One copy of one shard, from its first record to its end: follows the journal, claims the shard when told to, serves it
 * as its {@link Owner}, gives it up. Read {@link #turn} first.
 *
 * <p>It has no thread: whoever drives it calls {@link #turn} whenever something arrived ({@link #onArrival}) or
 * {@link #idleMs} has passed, always from one thread. The methods of its {@link #door}, {@link #claim}, {@link #release}
 * and {@link #close} may be called from any thread. When memory and log may differ, the copy fails for good; a new one
 * starts over.
 */
public final class ShardLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ShardLoop.class);

    /** What lies between two own records is read at once where it can be read at all. */
    static final long LONGEST_GAP_MS = 30_000;

    private final int shard;
    private final Clock clock;
    private final FrontDesk desk;
    private final ShardListener listener;
    private final ShardLogs logs;
    private final ShardParts parts;
    private final ShardState state;
    private final long openedMs;
    private final Mailbox mailbox;
    private final Map<String, Head> heads = new ConcurrentHashMap<>();
    private final ShardDoor door;
    private final ClaimPlaces claims = new ClaimPlaces();

    private volatile ShardStatus status = ShardStatus.FOLLOWING;
    private volatile ShardView view;
    private volatile String problem;
    private volatile boolean sawRelease;
    private volatile boolean ownerSilent;
    private volatile long epochSeen;
    private volatile int shardsSeen;
    private volatile Witness witness;
    private volatile AgreedFold agreed;
    private volatile long provenMs = Long.MIN_VALUE;
    private volatile long progress;
    private BaseSearch search;
    private Follower follower;
    private long followedFrom = -1;
    private boolean readsAgain;
    private Owner owner;
    private WitnessCheck claimWanted;
    private WitnessCheck claimOnRelease;
    private Takeover takeover;
    private How how;
    private Gap gap;
    private boolean endDoubted;
    private boolean closed;
    private volatile long inboxPassed = -1;
    private long viewedMs;

    /** Opens the shard's logs, which may block, and starts to follow the journal. */
    public ShardLoop(
            int shard,
            ShardOptions options,
            Clock clock,
            Chance chance,
            LeaseTokens tokens,
            ShardLogs logs,
            FrontDesk desk,
            ShardMeters meters,
            ShardListener listener) {
        this.shard = shard;
        this.clock = clock;
        this.desk = desk;
        this.listener = listener;
        this.logs = logs;
        this.state = new ShardState(tokens.secret("task ids"));
        this.agreed = new AgreedFold(options.foldVersion(), false);
        this.mailbox = new Mailbox(options.mailbox());
        this.door = new ShardRequests(this, mailbox, heads);
        this.openedMs = clock.monotonicMs();
        LogEars ears = new LogEars(this, mailbox);
        this.parts = new ShardParts(
                shard,
                options,
                clock,
                chance,
                tokens,
                logs.openJournal(shard, ears),
                logs.openInbox(shard, ears),
                logs.openEnds(shard, ears),
                desk,
                meters);
        this.view = viewNow();
        desk.opened(shard, door);
        parts.journal().askBounds();
    }

    /** The way in for requests. */
    public ShardDoor door() {
        return door;
    }

    /** How things stand, roughly now. May be called from any thread. */
    public ShardView view() {
        return view;
    }

    /** Up to where the inbox is effectively passed, -1 if this copy cannot say. May be called from any thread. */
    long inboxPassed() {
        return inboxPassed;
    }

    public int shard() {
        return shard;
    }

    public ShardStatus status() {
        return status;
    }

    /** Whether nothing more will come of this copy. */
    public boolean isOver() {
        return closed;
    }

    /** Whether the journal says that the last owner gave the shard up. May be called from any thread. */
    public boolean sawRelease() {
        return sawRelease;
    }

    /**
     * Whether the journal, read to its end, has had nothing of its owner for longer than an owner may be silent. May be
     * called from any thread.
     */
    public boolean isOwnerSilent() {
        return ownerSilent;
    }

    /** Of the newest effective claim in the journal as far as it was read; 0 if there is none. From any thread. */
    public long epochSeen() {
        return epochSeen;
    }

    /** How many shards there are, as the newest claim says that was read; 0 if there is none. From any thread. */
    public int shardsSeen() {
        return shardsSeen;
    }

    /** What is to be called, from any thread, whenever there is a reason for a turn. */
    public void onArrival(Runnable wake) {
        mailbox.onArrival(wake);
    }

    /** Claim the shard as soon as the journal is read to its end. */
    public void claim() {
        claim(List.of());
    }

    /**
     * The same, unless the journal falls short of what its last owner wrote down, or this process saw: then this copy stops.
     *
     * @param expected none if nobody knows
     */
    public void claim(List<Witness> expected) {
        mailbox.control(() -> claimWanted = new WitnessCheck(shard, expected));
    }

    /**
     * Claim the shard as soon as the journal says that its owner gave it up, without being told once more.
     *
     * @param wanted false takes that back
     */
    public void claimOnRelease(boolean wanted, List<Witness> expected) {
        mailbox.control(() -> claimOnRelease = wanted ? new WitnessCheck(shard, expected) : null);
    }

    /** What the registered coordinators read; as long as nothing was said of that, this one is the only one known. Any thread. */
    public void agreed(AgreedFold fold) {
        agreed = fold;
    }

    /**
     * Rises with each own record that is effective, and with each turn that cannot have one: of a copy that serves, it
     * stands still only if its thread is stuck, or its log's client neither takes its record nor refuses it. From any
     * thread.
     */
    public long progress() {
        return progress;
    }

    /**
     * How far the journal has come as far as this copy knows, that is, has read or had acknowledged; null if there is nothing
     * in it. From any thread.
     */
    public Witness witness() {
        return witness;
    }

    /**
     * When the newest of this owner's records was sent that is effective, roughly: no claim by another had come before then.
     * By the monotonic clock; from any thread.
     */
    public long provenMs() {
        return provenMs;
    }

    /**
     * Whether this copy has read a later claim where, as this witness says, effective records stood: they are lost. From any
     * thread.
     */
    public boolean isOverwritten(Witness known) {
        return WitnessCheck.isOverwritten(known, claims);
    }

    /** Says loudly that the journal lacks records that this process knew, though another owner serves what is there. */
    public void sayLost(Witness known) {
        parts.meters().ownership().recordsLost();
        LOG.error(
                "shard {}: records are lost that were acknowledged: the journal had come to offset {} with epoch {} when a claim"
                        + " came to stand at offset {}; its owner could not know, and serves the shard without them",
                shard,
                known.end(),
                known.epoch(),
                claims.above(known.epoch()));
    }

    /** Give the shard up in good order: everything decided gets into the log and is answered. */
    public void release() {
        mailbox.control(() -> {
            if (status == ShardStatus.ACTIVE) {
                LOG.info("shard {}: takes nothing more in, to be given up", shard);
                become(ShardStatus.RELEASING, null);
                owner.release();
            }
        });
    }

    /** Stop at once; what waits is answered as unknown. */
    public void close() {
        mailbox.control(() -> end(ShardStatus.FAILED, "closed"));
    }

    /** Does all there is to do now; on the shard's thread. */
    public void turn() {
        if (closed) {
            mailbox.refuseAll(Refusal.NOT_READY);
            return;
        }
        try {
            for (Runnable message = mailbox.nextControl();
                    message != null && !closed;
                    message = mailbox.nextControl()) {
                message.run();
            }
            if (closed) {
                return;
            }
            if (owner == null || gap != null) {
                progress++;
            }
            if (owner != null) {
                owner.serve(clock.monotonicMs());
                endIfGapIsTooLong();
            } else {
                mailbox.refuseAll(Refusal.NOT_READY);
                claimIfDue();
            }
            inboxPassed = owner == null ? -1 : owner.inboxPassed();
            look();
        } catch (RecordsLost e) {
            endOfLostRecords(e.getMessage());
        } catch (UnreadableRecordException | DivergedException e) {
            end(ShardStatus.STOPPED, e.getMessage());
        } catch (Throwable e) {
            // An Error too: the thread that it ended would leave a copy behind that says it serves.
            LOG.error("shard {}: unexpected failure", shard, e);
            end(ShardStatus.FAILED, e.toString());
        }
    }

    /** The thread that drives this copy cannot go on; on that thread. */
    public void fail(Throwable cause) {
        end(ShardStatus.FAILED, cause.toString());
    }

    /** How long the next turn may wait if nothing arrives. */
    public long idleMs() {
        if (closed) {
            return Long.MAX_VALUE;
        }
        return owner == null ? 500 : owner.idleMs(clock.monotonicMs());
    }

    // What the logs tell; on the shard's thread.

    void bounds(long start, long end) {
        if (owner != null) {
            owner.carrying().journalStartsAt(start);
        } else if (search == null) {
            search = new BaseSearch();
            search.begin(start, end);
            searchOn(end);
        } else if (endDoubted && end < follower.nextOffset()) {
            endOfLostRecords("ends at offset " + end + " (expected: at least " + follower.nextOffset()
                    + ", up to where it was read)");
        } else {
            endDoubted = false;
            if (claimWanted != null) {
                claimWanted.endsAt(end);
            }
        }
    }

    /** What a log says of its end may be old; so before it is found cut off, it is asked once more. */
    private void doubtEnd() {
        if (!follower.isBeyondEnd()) {
            endDoubted = false;
        } else if (!endDoubted) {
            endDoubted = true;
            parts.journal().askBounds();
        }
    }

    private void searchOn(long endOffset) {
        if (!search.isDone()) {
            follow(search.from());
        } else if (search.problem() != null) {
            end(ShardStatus.STOPPED, search.problem());
        } else {
            follower = new Follower(shard, state, parts.options().foldVersion(), search.found(), openedMs, claims);
            if (search.holdsAll()) {
                follow(search.from());
                fold(search.taken(), endOffset);
            } else {
                readAgain(search.found());
            }
            search.forgetTaken();
        }
    }

    /** What was told of a place that was followed from before is told once more: it counts from its first record on. */
    private void readAgain(long offset) {
        readsAgain = offset == followedFrom;
        followedFrom = offset;
        parts.journal().follow(offset);
    }

    /** Every place is followed from once, so that what is told of it is never taken for something else. */
    private void follow(long offset) {
        if (offset != followedFrom) {
            followedFrom = offset;
            parts.journal().follow(offset);
        }
    }

    void records(long from, List<JournalRecord> records, long endOffset) {
        parts.journal().taken();
        if (from != followedFrom) {
            return; // told before it was told to follow from elsewhere
        }
        if (readsAgain) {
            if (records.isEmpty() || records.get(0).offset() > follower.nextOffset()) {
                return; // told before it was told to follow from here again
            }
            readsAgain = false;
        }
        if (owner != null) {
            if (gap != null) {
                readGap(records);
            }
        } else if (follower == null) {
            search.take(records);
            searchOn(endOffset);
        } else {
            fold(records, endOffset);
        }
    }

    private void fold(List<JournalRecord> records, long endOffset) {
        boolean hadCaughtUp = follower.hasCaughtUp();
        boolean news = follower.take(records, endOffset, clock.monotonicMs());
        doubtEnd();
        sawRelease = state.isReleased();
        epochSeen = state.epoch();
        shardsSeen = state.claim() == null ? 0 : state.claim().shards();
        if (sawRelease && claimWanted == null && follower.isAtEnd()) {
            claimWanted = claimOnRelease;
        }
        boolean wasSilent = ownerSilent;
        ownerSilent = follower.silentMs()
                > parts.options().proofMs() + parts.options().tickMs();
        if (follower.hasCaughtUp() && !hadCaughtUp) {
            parts.meters().replayed(follower.replayMs());
            LOG.info("shard {}: followed the journal to {}", shard, follower);
        }
        if (news || ownerSilent != wasSilent) {
            listener.onCaughtUp(this);
        }
        takeOverIfDecided();
    }

    void appended(long offset, long appendTimeMs) {
        if (status == ShardStatus.CLAIMING) {
            takeover.appended(offset, appendTimeMs);
            if (takeover.isTooLow()) {
                landedTooLow(offset, takeover.behind());
            } else if (offset == follower.nextOffset()) {
                // Nothing lies between: what would be read back is what was sent.
                fold(List.of(new JournalRecord(offset, appendTimeMs, takeover.sentRecord())), offset + 1);
            } else {
                takeOverIfDecided();
            }
            return;
        }
        if (owner == null) {
            return;
        }
        if (owner.appended(offset, appendTimeMs)) {
            progress++;
            endIfReleased();
        } else if (offset > owner.gate().nextOffset()) {
            gap = new Gap(shard, state.epoch(), owner.gate().nextOffset(), offset, appendTimeMs, clock.monotonicMs());
            LOG.info("shard {}: reads what lies between its records before offset {}", shard, offset);
            follow(owner.gate().nextOffset());
        } else {
            landedTooLow(offset, owner.gate().nextOffset());
        }
    }

    /** With one writer and no compaction the log only grows: what was acknowledged there before is gone. */
    private void landedTooLow(long offset, long expected) {
        endOfLostRecords("own record at offset " + offset + " (expected: at least " + expected
                + ", right behind what was acknowledged or read before)");
    }

    private void endOfLostRecords(String what) {
        parts.meters().ownership().recordsLost();
        end(ShardStatus.STOPPED, WitnessCheck.lost(shard, what));
    }

    /** Until it is read nothing is answered; a new copy has another reader, and reads the log from its base. */
    private void endIfGapIsTooLong() {
        if (gap != null && clock.monotonicMs() - gap.sinceMs() > LONGEST_GAP_MS) {
            end(
                    ShardStatus.FAILED,
                    "journal: what lies before own record at offset " + gap.ownOffset() + " could not be read for "
                            + LONGEST_GAP_MS + " ms");
        }
    }

    private void readGap(List<JournalRecord> records) {
        switch (gap.take(records)) {
            case OPEN -> {}
            case SUPERSEDED -> end(ShardStatus.FAILED, "another coordinator claimed the shard");
            case VOID -> {
                stopFollowing();
                Gap read = gap;
                gap = null;
                owner.gate().skipTo(read.ownOffset());
                owner.appended(read.ownOffset(), read.appendTimeMs());
                endIfReleased();
            }
        }
    }

    private void endIfReleased() {
        if (owner.isReleased()) {
            end(ShardStatus.RELEASED, null);
        }
    }

    void appendFailed(Exception cause) {
        parts.meters().ownership().appendFailed();
        end(ShardStatus.FAILED, "append to the journal: " + cause.getMessage());
    }

    void journalFailed(Exception cause) {
        if (cause instanceof RecordsLost) {
            endOfLostRecords(cause.getMessage());
        } else {
            end(ShardStatus.FAILED, "journal: " + cause.getMessage());
        }
    }

    Owner owner() {
        return owner;
    }

    ShardMeters meters() {
        return parts.meters();
    }

    long monotonicMs() {
        return clock.monotonicMs();
    }

    private void claimIfDue() {
        if (status != ShardStatus.FOLLOWING || claimWanted == null || follower == null || !follower.isAtEnd()) {
            return;
        }
        String wrong = state.isPartial()
                ? "journal: ends at offset " + follower.nextOffset()
                        + ", before all tasks are carried (expected: the trim" + " of generation " + state.generation()
                        + ")"
                : Takeover.wrongLog(state.claim(), logs.identity());
        String fewer = Takeover.fewerShards(state.claim(), logs.identity());
        if (wrong != null) {
            end(ShardStatus.STOPPED, wrong);
        } else if (fewer != null) {
            end(ShardStatus.FAILED, fewer);
        } else if (isWitnessed()) {
            appendClaim();
        }
    }

    private boolean isWitnessed() {
        long next = follower.nextOffset();
        LogIdentity identity = logs.identity();
        switch (claimWanted.verdict(next, follower.effectiveEnd(), state.epoch(), state.claim(), identity, claims)) {
            case GOOD -> {
                return true;
            }
            case ASK_END -> parts.journal().askBounds();
            case SHORT -> {
                parts.meters().ownership().recordsLost();
                end(ShardStatus.STOPPED, claimWanted.problem(follower.effectiveEnd(), state.epoch(), identity, claims));
            }
            case WAIT -> {}
        }
        return false;
    }

    private void appendClaim() {
        become(ShardStatus.CLAIMING, null);
        how = state.epoch() == 0 ? How.FIRST : state.isReleased() ? How.HANDOVER : How.FAILOVER;
        takeover = new Takeover(clock, parts.chance(), follower.nextOffset());
        parts.journal()
                .append(takeover.record(
                        state,
                        logs.identity(),
                        parts.options(),
                        agreed,
                        follower.replayPart().base()));
    }

    private void takeOverIfDecided() {
        if (takeover == null || !takeover.isDecided(follower.nextOffset())) {
            return;
        }
        if (!takeover.isWon(state)) {
            end(ShardStatus.FAILED, "claim: another coordinator claimed the shard as well");
            return;
        }
        stopFollowing();
        owner = new Owner(parts, state, mailbox, heads, follower.replayPart(), follower.nextOffset(), () -> agreed);
        owner.begin(takeover.sent());
        witness = witnessNow();
        parts.meters().ownership().tookOver(how);
        LOG.info(
                "shard {}: owned from epoch {}, offset {}{}",
                shard,
                state.epoch(),
                follower.nextOffset() - 1,
                follower.unownedMs() < 0 ? "" : "; it had no owner for " + follower.unownedMs() + " ms");
        desk.serves(shard, door);
        become(ShardStatus.ACTIVE, null);
    }

    private void stopFollowing() {
        followedFrom = -1;
        parts.journal().stopFollowing();
    }

    private void become(ShardStatus next, String why) {
        status = next;
        problem = why;
        view = viewNow();
        listener.onStatus(this, next, why);
    }

    private void end(ShardStatus last, String why) {
        if (closed) {
            return;
        }
        closed = true;
        witness = witnessNow();
        if (why != null && last == ShardStatus.STOPPED) {
            LOG.error("shard {}: stopped: {}", shard, why);
        } else if (why != null) {
            LOG.warn("shard {}: gave up this copy: {}", shard, why);
        } else if (last == ShardStatus.RELEASED) {
            LOG.info("shard {}: given up in good order, epoch {}", shard, state.epoch());
        }
        desk.stopped(shard, door);
        heads.clear();
        letGo(mailbox::close);
        if (owner != null) {
            letGo(owner::lose);
            if (last != ShardStatus.RELEASED) {
                letGo(parts.meters().ownership()::lost);
            }
        }
        letGo(parts.journal()::close);
        letGo(parts.inbox()::close);
        letGo(parts.ends()::close);
        letGo(parts.meters()::close);
        become(last, why);
    }

    /** Whatever one of them does, the others are let go of too, and the copy is over. */
    private void letGo(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            LOG.error("shard {}: cannot let go of all it had", shard, e);
        }
    }

    /** Lets others see how things stand, not more often than is useful. */
    private void look() {
        long nowMs = clock.monotonicMs();
        if (nowMs - viewedMs >= 250) {
            viewedMs = nowMs;
            view = viewNow();
            witness = witnessNow();
            if (owner != null) {
                parts.meters().look(state, owner, mailbox, owner.gate().shardTime());
                provenMs = owner.gate().provenMs();
            } else {
                parts.meters().follows(follower != null && follower.hasCaughtUp());
            }
        }
    }

    private Witness witnessNow() {
        LogIdentity log = logs.identity();
        if (state.claim() == null || Takeover.wrongLog(state.claim(), log) != null) {
            return null;
        }
        boolean owns = owner != null;
        return new Witness(
                log.journalTopicId(),
                state.claim().inboxTopicId(),
                state.epoch(),
                owns ? owner.gate().replayPart().base() : follower.replayPart().base(),
                Math.max(follower.effectiveEnd(), owns ? owner.gate().effectiveEnd() : 0));
    }

    private ShardView viewNow() {
        long lag = -1;
        String wrong = problem;
        if (owner != null) {
            lag = owner.admission().endOffset() < 0
                    ? -1
                    : Math.max(0, owner.admission().endOffset() - state.inboxOffset());
            wrong = wrong == null ? owner.problem() : wrong;
        }
        return new ShardView(
                shard,
                status,
                state.epoch(),
                state.foldVersion(),
                nextOffset(),
                state.inboxOffset(),
                lag,
                state.live(),
                state.leased(),
                follower == null ? -1 : follower.replayMs(),
                owner == null ? -1 : follower.unownedMs(),
                wrong);
    }

    private long nextOffset() {
        if (owner != null) {
            return owner.gate().nextOffset();
        }
        return follower == null ? 0 : follower.nextOffset();
    }
}
