package io.leasehold.simulator;

import io.leasehold.coordinator.port.EndedTask;
import io.leasehold.coordinator.port.JournalRecord;
import io.leasehold.core.event.Base;
import io.leasehold.core.event.Carried;
import io.leasehold.core.event.Claim;
import io.leasehold.core.event.Events;
import io.leasehold.core.event.Trim;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.event.TurnReader;
import io.leasehold.core.state.Fold;
import io.leasehold.core.state.Replay;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.task.EndCause;
import io.leasehold.core.task.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The reference model of one shard: told of every record in the moment in which it is committed, it says whether the record
 * counts, what it makes true, and whether that may be so. It shares the record's format with the product, and no rule; it
 * never forgets.
 */
final class Ledger implements Events {
    /** How far off the broker's clock a coordinator's may be and still be trusted. */
    private static final long CLOCK_BOUND_MS = 2_000;

    private final World world;
    private final int shard;
    private final TurnReader reader = new TurnReader();
    private final ShardState replayed = new ShardState();
    private final Replay replay = new Replay(replayed);
    private final Map<String, LedgerTask> byId = new HashMap<>();
    private final Map<Long, LedgerTask> byNumber = new HashMap<>();
    private final Map<Long, LedgerTask> byFence = new HashMap<>();
    private final Map<Long, LedgerTask> byEnd = new HashMap<>();
    /** By number; those that are gone are not among them. */
    private final Map<Long, LedgerTask> remembered = new LinkedHashMap<>();

    /** Fences whose report was accepted, and whether it was a success. */
    private final Map<Long, Boolean> reports = new HashMap<>();

    /** What each poll was ever given. */
    private final Map<String, List<LedgerTask>> byPoll = new HashMap<>();

    private final Set<String> everCancelled = new HashSet<>();
    private final Set<String> everPurged = new HashSet<>();
    /** By epoch. */
    private final Map<Long, Long> supersededUs = new HashMap<>();

    /** Ends that are public although an earlier one is not. */
    private final Set<Long> landedBeyond = new HashSet<>();

    private final Set<Long> bases = new HashSet<>();
    private final Promises promises;
    private TurnHeader header;
    private long offset = -1;
    private long epoch;
    private long nonce;
    private long seq;
    private long nowMs;
    private long lastNumber;
    private long lastFence;
    private long lastEnd;
    private long publishedEnd;
    /** All ends up to this one have landed where they are public. */
    private long topPublished;

    private long inboxOffset;
    private int inboxLeaderEpoch = -1;
    private long generation;
    private long trimmed;
    private long baseAt;
    private long namedBase;
    private long newestBase;
    private long live;
    private long leased;
    private long claims;
    private long trims;
    private int foldVersion;
    private long proofMs;
    private long raises;
    private long timesSet;
    private long purges;

    Ledger(World world, int shard) {
        this.world = world;
        this.shard = shard;
        this.promises = new Promises(world);
        bases.add(0L);
    }

    /** A record was committed. */
    void landed(JournalRecord record, long sentUs) {
        offset = record.offset();
        header = reader.header(record.value());
        boolean claim = header.isClaim() && header.epoch() > epoch;
        boolean counts =
                claim || (epoch > 0 && header.epoch() == epoch && header.nonce() == nonce && header.seq() == seq + 1);
        world.trace.note(
                header.seq(),
                () -> "journal " + shard + " offset " + offset + (counts ? ": " : ": void, ") + header + ", "
                        + record.value().length + " bytes");
        if (counts) {
            require(
                    claim || header.nowMs() >= nowMs,
                    "G14",
                    () -> "shard time goes back to " + header.nowMs() + " from " + nowMs);
            require(
                    bases.contains(header.baseOffset()),
                    "G15",
                    () -> "offset " + offset + " names " + header.baseOffset() + " as a base (expected: one of " + bases
                            + ")");
            if (claim) {
                supersededUs.put(epoch, world.timeline.nowUs());
            }
            epoch = header.epoch();
            nonce = header.nonce();
            seq = header.seq();
            if (!claim || foldVersion < Claim.WITH_TERMS) {
                nowMs = Math.max(nowMs, header.nowMs());
            }
            namedBase = Math.max(namedBase, header.baseOffset());
            promises.landed(sentUs);
            reader.events(this);
        }
        boolean folded;
        try {
            folded = replay.apply(record.value());
        } catch (RuntimeException e) {
            throw new Violation(
                    "G14", "shard " + shard + ", offset " + offset + ": a replay breaks: " + e.getMessage());
        }
        require(folded == counts, "G14", () -> "offset " + offset + " counts: " + counts + ", is folded: " + folded);
    }

    private void require(boolean holds, String guarantee, Supplier<String> broken) {
        if (!holds) {
            throw world.violation(guarantee, "shard " + shard + ", " + broken.get());
        }
    }

    // What is asked.

    LedgerTask byId(String id) {
        return byId.get(id);
    }

    /** The newest base that a record that counts names as the place to replay from. */
    long namedBase() {
        return namedBase;
    }

    Promises promises() {
        return promises;
    }

    LedgerTask byFence(long fence) {
        return byFence.get(fence);
    }

    /** Whether a report of this fence was accepted as a success (true) or otherwise (false); null if none was. */
    Boolean report(long fence) {
        return reports.get(fence);
    }

    boolean wasCancelled(String id) {
        return everCancelled.contains(id);
    }

    Collection<LedgerTask> remembered() {
        return remembered.values();
    }

    long inboxOffset() {
        return inboxOffset;
    }

    /** When another claim took the place of the one with this epoch, in true time; null if none did. */
    Long supersededUs(long epoch) {
        return supersededUs.get(epoch);
    }

    long epoch() {
        return epoch;
    }

    long claims() {
        return claims;
    }

    int foldVersion() {
        return foldVersion;
    }

    /** How often an owner raised the fold version. */
    long raises() {
        return raises;
    }

    long purges() {
        return purges;
    }

    boolean wasPurged(String id) {
        return everPurged.contains(id);
    }

    long timesSet() {
        return timesSet;
    }

    long trims() {
        return trims;
    }

    long ends() {
        return lastEnd;
    }

    long topPublished() {
        return topPublished;
    }

    long live() {
        return live;
    }

    Set<Long> bases() {
        return bases;
    }

    long newestBase() {
        return newestBase;
    }

    /** What production makes of all the records. */
    ShardState replayed() {
        return replayed;
    }

    boolean isAt(ShardState state) {
        return state.epoch() == epoch && state.nonce() == nonce && state.seq() == seq;
    }

    /** The state is one after the same records: all that can be counted must be the same. */
    void compareCounts(ShardState state) {
        same("shard time", nowMs, state.nowMs());
        same("fold version", foldVersion, state.foldVersion());
        same("proof age", proofMs, state.proofMs());
        same("last number", lastNumber, state.lastNumber());
        same("last fence", lastFence, state.lastFence());
        same("last end", lastEnd, state.lastEnd());
        same("published end", publishedEnd, state.publishedEnd());
        same("inbox offset", inboxOffset, state.inboxOffset());
        same("leader epoch of the inbox position", inboxLeaderEpoch, state.inboxLeaderEpoch());
        same("generation", generation, state.generation());
        same("trimmed generation", trimmed, state.trimmed());
        same("live tasks", live, state.live());
        same("leased tasks", leased, state.leased());
        same("remembered tasks", remembered.size(), state.remembered());
    }

    void compareTasks(ShardState state) {
        for (LedgerTask task : remembered.values()) {
            var entry = state.byNumber(task.number);
            require(entry != null, "G1", () -> task + " is unknown to the owner");
            same(task + ": attempt", task.attempt, entry.attempt());
            same(task + ": failures", task.failures, entry.failures());
            same(task + ": expiries", task.expiries, entry.expiries());
            same(task + ": fence", task.fence, entry.fence());
            same(task + ": reported fence", task.reportedFence, entry.reportedFence());
            same(task + ": leased", task.leased ? 1 : 0, entry.lease() != null ? 1 : 0);
            same(task + ": not before", task.notBeforeMs, entry.notBeforeMs());
            same(
                    task + ": end",
                    task.endNumber,
                    entry.end() == null ? 0 : entry.end().number());
            same(task + ": purged", task.purged ? 1 : 0, entry.carried().isPurged() ? 1 : 0);
        }
    }

    /** Dead letters that may still be redriven. */
    long deadLetters() {
        return remembered.values().stream().filter(LedgerTask::isDeadLetter).count();
    }

    private void same(String what, long expected, long actual) {
        require(
                expected == actual,
                "G14",
                () -> what + ": " + actual + " in memory (expected: " + expected + ", by the log)");
    }

    /** Somebody is about to delete. */
    void deleting(long below) {
        require(
                below <= namedBase,
                "G15",
                () -> "deletes below " + below + " (expected: at most " + namedBase
                        + ", the newest base an effective record names)");
    }

    void deletingInbox(long below) {
        require(
                below <= inboxOffset,
                "G1",
                () -> "deletes the inbox below " + below + " (expected: at most " + inboxOffset + ")");
    }

    /** The end has landed where it is public. Ends may land again, and, after a failure, before earlier ones. */
    void published(EndedTask end) {
        LedgerTask task = byEnd.get(end.number());
        require(
                task != null && task.task.id().equals(end.id()) && task.cause == end.cause(),
                "G7",
                () -> "end " + end.number() + " is made public as " + end.id() + ", " + end.cause() + " (expected: "
                        + task + ")");
        if (end.number() > topPublished) {
            landedBeyond.add(end.number());
        }
        while (landedBeyond.remove(topPublished + 1)) {
            topPublished++;
        }
    }

    // What becomes true.

    @Override
    public void claimed(Claim claim) {
        claims++;
        raised(claim.foldVersion());
        proofMs = Math.max(proofMs, claim.proofMs());
        promises.claimed(world.coordinator(claim.owner()));
    }

    /** What everyone who is there cannot read must not be written; a claim made before it read of a later version is no harm. */
    private void raised(int version) {
        if (version <= foldVersion) {
            return;
        }
        String unable = world.ensemble.whoCannotRead(version);
        require(
                unable == null,
                "G16",
                () -> "fold version " + version + " is written, which " + unable + " cannot read");
        foldVersion = version;
    }

    @Override
    public void released() {}

    @Override
    public void termsSet(int foldVersion, long proofMs) {
        require(
                foldVersion >= this.foldVersion,
                "G14",
                () -> "fold version falls to " + foldVersion + " from " + this.foldVersion);
        raises += foldVersion > this.foldVersion ? 1 : 0;
        raised(foldVersion);
        this.proofMs = proofMs;
    }

    @Override
    public void timeSet(long newNowMs) {
        long before = nowMs;
        require(
                foldVersion >= Claim.WITH_TERMS && newNowMs < before,
                "G14",
                () -> "shard time is set to " + newNowMs + " from " + before + " under fold version " + foldVersion);
        require(
                newNowMs <= world.brokerMs() + CLOCK_BOUND_MS + world.mostCommonOffMs(),
                "G9",
                () -> "shard time is set to " + newNowMs + ", which is ahead");
        for (LedgerTask task : remembered.values()) {
            if (!task.hasEnded() && task.notBeforeMs > newNowMs && task.notBeforeMs != task.task.notBeforeMs()) {
                task.notBeforeMs = newNowMs + Math.max(0, task.notBeforeMs - before);
            }
        }
        nowMs = newNowMs;
        timesSet++;
    }

    @Override
    public void accepted(long number, Task task, long acceptedMs) {
        require(number > lastNumber, "G14", () -> "number " + number + " after " + lastNumber);
        lastNumber = number;
        LedgerTask known = byId.get(task.id());
        require(known == null || known.gone, "G11", () -> known + " is accepted again as number " + number);
        LedgerTask entry = new LedgerTask(number, task, acceptedMs, generation);
        byId.put(task.id(), entry);
        byNumber.put(number, entry);
        remembered.put(number, entry);
        live++;
    }

    @Override
    public void inboxSettled(long nextOffset, int leaderEpoch) {
        require(
                nextOffset >= inboxOffset,
                "G11",
                () -> "inbox position goes back to " + nextOffset + " from " + inboxOffset);
        for (long at = inboxOffset; at < nextOffset; at++) {
            Task task = world.inbox(shard).taskAt(at);
            long place = at;
            require(
                    task == null
                            || byId.containsKey(task.id())
                            || world.inbox(shard).isRejected(place),
                    "G1",
                    () -> "inbox offset " + place + " is settled, and " + task.id()
                            + " was neither accepted nor rejected");
        }
        inboxOffset = nextOffset;
        inboxLeaderEpoch =
                foldVersion < Base.WITH_LEADER_EPOCH ? -1 : world.inbox(shard).leaderEpoch(nextOffset);
        same("leader epoch of the inbox position", inboxLeaderEpoch, leaderEpoch);
    }

    @Override
    public void leased(long number, long fence, long leaseMs, String worker, String pollId) {
        LedgerTask task = byNumber.get(number);
        require(task != null && !task.gone, "G3", () -> "unknown number " + number + " is leased");
        require(!task.leased, "G3", () -> task + " is leased again");
        require(
                !task.hasEnded(),
                task.cause == EndCause.CANCELLED ? "G12" : "G7",
                () -> task + " is leased after its end");
        require(fence > lastFence, "G4", () -> task + " gets fence " + fence + " after " + lastFence);
        require(
                task.failures < task.task.maxAttempts(),
                "G10",
                () -> task + " is leased after " + task.failures + " failures");
        require(
                task.expiries < world.setup.maxExpiries(),
                "G10",
                () -> task + " is leased after " + task.expiries + " expiries");
        require(
                nowMs <= task.task.deadlineMs(),
                "G2",
                () -> task + " starts " + (nowMs - task.task.deadlineMs()) + " ms after its deadline");
        long earliestMs = Math.max(task.notBeforeMs, world.said.earliestMs(task.task.id()));
        require(
                world.wallMs() + CLOCK_BOUND_MS + world.longestStandstillMs() + world.mostCommonOffMs() >= earliestMs,
                "G9",
                () -> task + " starts " + (earliestMs - world.wallMs()) + " ms before its time");
        if (pollId != null) {
            for (LedgerTask other : byPoll.computeIfAbsent(worker + " " + pollId, key -> new ArrayList<>(1))) {
                require(
                        !other.leased || !pollId.equals(other.pollId) || other.leasedAt == offset,
                        "R16",
                        () -> worker + "'s poll " + pollId + " is given " + task + " although it holds " + other);
            }
            byPoll.get(worker + " " + pollId).add(task);
        }
        task.pollId = pollId;
        task.leasedAt = offset;
        lastFence = fence;
        task.fence = fence;
        task.attempt++;
        task.leased = true;
        leased++;
        byFence.put(fence, task);
        promises.granted(fence, leaseMs);
    }

    @Override
    public void completed(long number, long fence, long endedMs, boolean late, byte[] result) {
        LedgerTask task = reported(number, fence);
        require(world.said.succeeded(shard, fence), "G2", () -> task + " succeeded, and nobody said so");
        reports.put(fence, true);
        end(task, EndCause.SUCCEEDED, endedMs);
    }

    @Override
    public void failed(long number, long fence, long retryAtMs, String error) {
        LedgerTask task = reported(number, fence);
        require(task.leased, "G5", () -> task + " failed without a lease");
        task.failures++;
        long least = world.said.leastRetryMs(shard, fence, task.task.backoff(), task.failures);
        require(least >= 0, "G2", () -> task + " failed, and nobody said so");
        require(
                retryAtMs >= nowMs + least,
                "G9",
                () -> task + " is to be tried again in " + (retryAtMs - nowMs) + " ms (expected: at least " + least
                        + ")");
        requeue(task, retryAtMs);
    }

    @Override
    public void returned(long number, long fence, long retryAtMs) {
        LedgerTask task = reported(number, fence);
        require(task.leased, "G5", () -> task + " was given back without a lease");
        require(world.said.released(shard, fence), "G2", () -> task + " was given back, and nobody said so");
        requeue(task, retryAtMs);
    }

    private LedgerTask reported(long number, long fence) {
        LedgerTask task = known(number);
        require(task.fence == fence, "G5", () -> "a report of fence " + fence + " counts for " + task);
        require(!task.hasEnded(), "G7", () -> "a report of fence " + fence + " counts for " + task);
        task.reportedFence = fence;
        reports.put(fence, false);
        return task;
    }

    private LedgerTask known(long number) {
        LedgerTask task = byNumber.get(number);
        require(task != null && !task.gone, "G14", () -> "something happens to unknown number " + number);
        return task;
    }

    private void requeue(LedgerTask task, long notBeforeMs) {
        task.leased = false;
        leased--;
        promises.over(task.fence);
        task.notBeforeMs = notBeforeMs;
    }

    @Override
    public void leaseExpired(long number, long fence, boolean counted) {
        LedgerTask task = known(number);
        require(task.leased && task.fence == fence, "G14", () -> "fence " + fence + " expires, of " + task);
        world.beliefs.expired(shard, fence);
        long shortUs = promises.shortOfUs(fence);
        require(
                shortUs == 0,
                "R12",
                () -> task + " loses its lease " + shortUs / 1_000
                        + " ms before its worker could have been heard for as long as it was promised");
        if (counted) {
            task.expiries++;
        }
        requeue(task, task.notBeforeMs);
    }

    @Override
    public void deadLettered(long number, EndCause cause, long endedMs) {
        LedgerTask task = known(number);
        boolean allowed = switch (cause) {
            case ATTEMPTS_EXHAUSTED -> task.failures >= task.task.maxAttempts();
            case EXPIRIES_EXHAUSTED -> task.expiries >= world.setup.maxExpiries();
            case NOT_RETRYABLE -> world.said.notRetryable(shard, task.fence);
            default -> false;
        };
        require(allowed, "G2", () -> task + " is given up: " + cause);
        end(task, cause, endedMs);
    }

    @Override
    public void expired(long number, long endedMs) {
        LedgerTask task = known(number);
        require(
                !task.leased && (nowMs > task.task.deadlineMs() || task.notBeforeMs > task.task.deadlineMs()),
                "G2",
                () -> task + " expires before its deadline");
        end(task, EndCause.DEADLINE_PASSED, endedMs);
    }

    @Override
    public void cancelled(long number, long endedMs) {
        LedgerTask task = known(number);
        require(world.said.cancelled(task.task.id()), "G2", () -> task + " is cancelled, and nobody said so");
        everCancelled.add(task.task.id());
        end(task, EndCause.CANCELLED, endedMs);
    }

    private void end(LedgerTask task, EndCause cause, long endedMs) {
        require(!task.hasEnded(), "G7", () -> task + " ends again: " + cause);
        if (task.leased) {
            task.leased = false;
            leased--;
            promises.over(task.fence);
        }
        live--;
        task.cause = cause;
        task.endNumber = ++lastEnd;
        task.endedMs = endedMs;
        byEnd.put(task.endNumber, task);
    }

    @Override
    public void redriven(long number, long newNumber, long redrivenMs, long deadlineMs) {
        LedgerTask dead = known(number);
        require(dead.isDeadLetter(), "G7", () -> dead + " is given a new life");
        require(newNumber > lastNumber, "G14", () -> "number " + newNumber + " after " + lastNumber);
        lastNumber = newNumber;
        dead.gone = true;
        remembered.remove(number);
        LedgerTask entry = new LedgerTask(newNumber, dead.task.renewed(deadlineMs), redrivenMs, dead.generation);
        byId.put(entry.task.id(), entry);
        byNumber.put(newNumber, entry);
        remembered.put(newNumber, entry);
        live++;
    }

    @Override
    public void purged(long number) {
        LedgerTask dead = known(number);
        require(dead.isDeadLetter(), "G7", () -> dead + " is purged");
        require(world.said.purged(shard, dead.task.id()), "G2", () -> dead + " is purged, and nobody said so");
        require(foldVersion >= Fold.WITH_PURGES, "G16", () -> dead + " is purged under fold version " + foldVersion);
        dead.purged = true;
        everPurged.add(dead.task.id());
        purges++;
    }

    @Override
    public void endsPublished(long endNumber) {
        require(
                endNumber <= topPublished,
                "G7",
                () -> "ends are public up to " + endNumber + " (expected: at most " + topPublished + ")");
        publishedEnd = Math.max(publishedEnd, endNumber);
    }

    @Override
    public void based(Base base) {
        generation++;
        same("base: generation", generation, base.generation());
        same("base: inbox offset", inboxOffset, base.inboxOffset());
        same("base: leader epoch of the inbox position", inboxLeaderEpoch, base.inboxLeaderEpoch());
        same("base: last number", lastNumber, base.lastNumber());
        same("base: last fence", lastFence, base.lastFence());
        same("base: last end", lastEnd, base.lastEnd());
        same("base: published end", publishedEnd, base.publishedEnd());
        baseAt = offset;
    }

    @Override
    public void carried(Carried carried) {
        LedgerTask task = known(carried.number());
        same("carried attempt", task.attempt, carried.attempt());
        same("carried failures", task.failures, carried.failures());
        same("carried expiries", task.expiries, carried.expiries());
        same("carried fence", task.fence, carried.fence());
        same("carried reported fence", task.reportedFence, carried.reportedFence());
        same("carried start", task.notBeforeMs, carried.notBeforeMs());
        same("carried purge", task.purged ? 1 : 0, carried.isPurged() ? 1 : 0);
        same(
                "carried end",
                task.endNumber,
                carried.end() == null ? 0 : carried.end().number());
        task.generation = generation;
    }

    @Override
    public void trimmed(Trim trim) {
        same("trim: generation", generation, trim.generation());
        same("trim: base", baseAt, trim.baseOffset());
        require(
                trim.forgetEndedBefore()
                                <= Math.max(0, nowMs - world.setup.journal().dedupeMs())
                        && trim.forgetEndsUpTo()
                                <= Math.max(0, lastEnd - world.setup.journal().dedupeEnds()),
                "G11",
                () -> "forgets too much: " + trim);
        for (LedgerTask task : List.copyOf(remembered.values())) {
            if (task.generation < generation) {
                boolean forgettable = task.hasEnded()
                        && !task.isDeadLetter()
                        && task.endNumber <= publishedEnd
                        && (task.endedMs < trim.forgetEndedBefore() || task.endNumber <= trim.forgetEndsUpTo());
                require(forgettable, task.hasEnded() ? "G11" : "G1", () -> task + " is forgotten by " + trim);
                task.gone = true;
                remembered.remove(task.number);
            }
        }
        trimmed = generation;
        bases.add(baseAt);
        newestBase = baseAt;
        trims++;
    }

    @Override
    public void digested(long digest) {
        // The replay holds it against its own.
    }
}
