package io.leasehold.core.kit;

import io.leasehold.core.decide.Accepted;
import io.leasehold.core.decide.Chance;
import io.leasehold.core.decide.Decider;
import io.leasehold.core.decide.Grant;
import io.leasehold.core.decide.Policy;
import io.leasehold.core.decide.Report;
import io.leasehold.core.decide.Report.Answer;
import io.leasehold.core.decide.Report.Outcome;
import io.leasehold.core.decide.Wanted;
import io.leasehold.core.event.Claim;
import io.leasehold.core.event.Events;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.event.TurnWriter;
import io.leasehold.core.state.Fold;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.state.StateDigest;
import io.leasehold.core.state.TaskEntry;
import io.leasehold.core.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A shard that lives as its owner makes it live: each turn decides, folds and writes one record. A turn is always open. */
public final class Lived {
    public static final long START_MS = 1_800_000_000_000L;

    /** W of every owner. */
    private static final long PROOF_MS = 5_000;

    private final ShardState state = new ShardState();
    private final Fold fold = new Fold(state);
    private final TurnWriter writer = new TurnWriter();
    private final List<Told> told = new ArrayList<>();
    private final Events out = Told.all(writer, fold, Told.into(told));
    private final List<byte[]> records = new ArrayList<>();
    private final Decider decider;
    private long nowMs = START_MS;
    private final int firstVersion;
    private long baseOffset;

    /** Without jitter, with the default policy. */
    public Lived() {
        this(Policy.DEFAULT, bound -> 0);
    }

    public Lived(Policy policy, Chance chance) {
        this(policy, chance, Fold.VERSION);
    }

    /** @param firstVersion of the fold's rules, with which the shard begins */
    public Lived(Policy policy, Chance chance, int firstVersion) {
        this.firstVersion = firstVersion;
        decider = new Decider(state, out, policy, chance);
        claim("one", 1);
        begin();
        told.clear();
    }

    public ShardState state() {
        return state;
    }

    public Decider decider() {
        return decider;
    }

    /** Tells a fact straight to the shard, decided by nobody. */
    public Events fact() {
        return out;
    }

    public long nowMs() {
        return nowMs;
    }

    public TaskEntry entry(String id) {
        return state.byId(id);
    }

    /** All records so far, void ones included; ends the turn. */
    public List<byte[]> records() {
        turn(0);
        return records;
    }

    /** Where the record of the present turn will lie. */
    public int offset() {
        return records.size();
    }

    /** What was told since this was last asked. */
    public List<String> told() {
        List<String> lines = facts().stream().map(Told::toString).toList();
        told.clear();
        return lines;
    }

    public List<Told> facts() {
        return told;
    }

    /** Ends the turn and begins the next, so much later. */
    public Lived turn(long laterMs) {
        records.add(writer.toRecord());
        nowMs += laterMs;
        begin();
        return this;
    }

    /** Another owner claims the shard and begins a turn. */
    public void claimedBy(String owner, long nonce) {
        records.add(writer.toRecord());
        claim(owner, nonce);
        begin();
    }

    /** A record gets into the log behind this turn's that the fold must find void. */
    public void voidRecord(TurnHeader header, Consumer<Events> facts) {
        TurnWriter zombie = new TurnWriter();
        zombie.begin(header);
        facts.accept(zombie);
        records.add(writer.toRecord());
        if (fold.begin(header)) {
            throw new AssertionError("effective: " + header + " after " + state.epoch() + ", " + state.seq());
        }
        records.add(zombie.toRecord());
        begin();
    }

    /** The clock, which was ahead, shows the right time again, and shard time follows it. */
    public void clockGoesBack(long ms) {
        turn(0);
        nowMs -= ms;
        decider.setTime(nowMs);
    }

    private void begin() {
        open(new TurnHeader(state.epoch(), state.nonce(), state.seq() + 1, nowMs, baseOffset));
    }

    /** From the next record on, records name this place as the one from which to replay. */
    public void replayFrom(long offset) {
        baseOffset = offset;
    }

    private void claim(String owner, long nonce) {
        Claim claim = new Claim(
                        owner, "kafka", "journal", "inbox", 4, 0, StateDigest.of(state), state.epoch(), state.seq())
                .under(Math.max(firstVersion, state.foldVersion()), Math.max(PROOF_MS, state.proofMs()));
        open(new TurnHeader(state.epoch() + 1, nonce, 0, state.nowMs(), baseOffset));
        out.claimed(claim);
        records.add(writer.toRecord());
    }

    private void open(TurnHeader header) {
        if (!fold.begin(header)) {
            throw new AssertionError("void: " + header);
        }
        writer.begin(header);
    }

    public Accepted accept(Task task) {
        return decider.accept(task, nowMs);
    }

    /** Accepts a plain task and leases it; the fence. */
    public long lease(String id) {
        accept(Tasks.plain(id));
        return leaseNext();
    }

    /** Leases the next ready task of the default queue; its fence. */
    public long leaseNext() {
        return grant(1, "default").get(0).fence();
    }

    public List<Grant> grant(int max, String... queues) {
        return decider.grant(new Wanted("worker", List.of(queues), max, Long.MAX_VALUE, 0, null), nowMs);
    }

    public Answer succeed(long fence) {
        return report(fence, new Report(Outcome.SUCCESS, Tasks.bytes("{\"ok\":true}"), null, true, -1));
    }

    public Answer fail(long fence) {
        return report(fence, new Report(Outcome.FAILURE, new byte[0], "boom", true, -1));
    }

    public Answer release(long fence) {
        return report(fence, new Report(Outcome.RELEASE, new byte[0], null, true, -1));
    }

    public Answer report(long fence, Report report) {
        return decider.report(fence, report, nowMs, nowMs);
    }

    public void expire(String id) {
        decider.expireLease(entry(id), true, nowMs);
    }

    /** Makes a dead letter of a new task. */
    public void die(String id) {
        long fence = lease(id);
        report(fence, new Report(Outcome.FAILURE, new byte[0], "no", false, -1));
    }
}
