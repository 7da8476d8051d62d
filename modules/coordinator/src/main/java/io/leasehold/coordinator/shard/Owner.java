package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.Head;
import io.leasehold.coordinator.desk.PollTicket;
import io.leasehold.coordinator.desk.Refusal;
import io.leasehold.coordinator.lease.LeaseClock;
import io.leasehold.coordinator.lease.LeaseClocks;
import io.leasehold.coordinator.lease.LeaseTime;
import io.leasehold.core.decide.Decider;
import io.leasehold.core.event.Claim;
import io.leasehold.core.state.Fold;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.state.TaskEntry;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shard's copy while it owns the shard: turns wishes, arrivals and the time into events. Everything runs on the shard's
 * thread. Read {@link #serve} first.
 */
final class Owner {
    private static final Logger LOG = LoggerFactory.getLogger(Owner.class);

    /** A turn takes its time when it opens; one that had to wait longer than this takes nothing more in. */
    private static final long TURN_STALE_MS = 100;

    /** The slice of a turn that is the inbox's own. */
    private static final int ADMISSION_PART = 8;

    private static final int MOST_EXPIRIES_A_TURN = 1_000;
    private static final long RECORDS_A_DIGEST = 10_000;

    private final ShardParts parts;
    private final ShardState state;
    private final Mailbox mailbox;
    private final Decider decider;
    private final LeaseClocks clocks = new LeaseClocks();
    private final LeaseTime leaseTime;
    private final Gate gate;
    private final Dispatch dispatch;
    private final InboxClock inboxClock;
    private final Admission admission;
    private final Lookups lookups;
    private final EndsOutlet ends;
    private final Carrying carrying;
    private final Terms terms;
    private final TimeAhead timeAhead = new TimeAhead();
    private boolean releasing;
    private boolean moreToDo;
    private long inboxPassed;
    /** Why the inbox cannot be read on, until it is known whether that is this owner's business. */
    private String inboxFailure;

    private int recordsUntilSure;

    Owner(
            ShardParts parts,
            ShardState state,
            Mailbox mailbox,
            Map<String, Head> heads,
            ReplayPart replayPart,
            long nextOffset,
            Supplier<AgreedFold> agreed) {
        this.parts = parts;
        this.state = state;
        this.mailbox = mailbox;
        this.leaseTime = new LeaseTime(parts.clock().monotonicMs());
        Set<String> touched = new LinkedHashSet<>();
        Fold fold = new Fold(state, parts.options().foldVersion(), touched::add);
        Recorder recorder = new Recorder(parts.shard(), state, fold, clocks, this::leaseNowMs, parts.meters(), touched);
        this.decider = new Decider(state, recorder, parts.options().policy(), parts.chance());
        this.gate = new Gate(parts, state, fold, recorder, replayPart, nextOffset);
        this.dispatch = new Dispatch(parts, state, decider, gate, touched, clocks, this::leaseNowMs, heads);
        this.inboxClock = new InboxClock(parts.shard(), parts.clock(), gate::isClockTrusted);
        this.admission = new Admission(parts.inbox(), inboxClock, parts.meters());
        this.lookups = new Lookups(parts.inbox());
        this.ends = new EndsOutlet(
                parts.shard(),
                parts.ends(),
                (after, upTo, most, bytes) -> Recorder.unpublished(parts.shard(), state, after, upTo, most, bytes),
                parts.options().tickMs());
        this.carrying = new Carrying(parts, state, decider, replayPart);
        this.terms = new Terms(parts.shard(), parts.options(), state, agreed);
    }

    /** The claim is effective: takes over what the last owner left. */
    void begin(Sent claim) {
        gate.begin(claim);
        terms.begin(claim.ackMonotonicMs());
        for (TaskEntry entry : state.leases()) {
            long graceMs = parts.options().graceMs(entry.lease().leaseMs(), state.proofMs());
            clocks.inherit(entry.fence(), entry.number(), graceMs, leaseTime.nowMs());
        }
        dispatch.touchAll();
        ends.begin(state.publishedEnd(), state.lastEnd());
        if (parts.inbox().topicId().equals(state.claim().inboxTopicId())) {
            inboxPassed = state.inboxOffset();
            admission.start(state.inboxOffset(), state.inboxLeaderEpoch());
        } else {
            stopAdmission("inbox topic id: " + parts.inbox().topicId() + " (expected: "
                    + state.claim().inboxTopicId() + ", in which the inbox position counts)");
        }
    }

    /** Does all there is to do now. */
    void serve(long nowMs) {
        leaseTime.advance(nowMs, gate.canSayOk());
        moreToDo = false;
        lookAtTime(nowMs);
        if (releasing) {
            mailbox.refuseAll(Refusal.NOT_READY);
        } else if (!gate.turn().isOpen() || nowMs - gate.turn().openedMs() <= TURN_STALE_MS) {
            takeIn(nowMs);
        } else {
            // What they are told does not depend on the turn's time: a slow append must not cost leases their renewal.
            heartbeats();
        }
        ends.retry(nowMs);
        carrying.look(nowMs);
        send(nowMs);
    }

    /** Takes shard time back if it is ahead for good. */
    private void lookAtTime(long nowMs) {
        long wallMs = parts.clock().wallMs();
        timeAhead.look(gate.isClockTrusted(wallMs, nowMs), wallMs, state.nowMs(), nowMs);
        if (timeAhead.isSteady(nowMs)
                && state.foldVersion() >= Claim.WITH_TERMS
                && !releasing
                && !gate.turn().isOpen()) {
            LOG.warn(
                    "shard {}: shard time is taken back by {} ms: a clock that was wrong had been believed",
                    parts.shard(),
                    timeAhead.byMs());
            gate.openTurn();
            decider.setTime(wallMs);
            carrying.timeSet();
        }
    }

    private void takeIn(long nowMs) {
        dispatch.holdBack(holdsLeasesBack());
        if (!gate.turn().isOpen() && carrying.wantsBase()) {
            gate.openTurn();
            carrying.begin();
        } else if (!gate.turn().isOpen() && carrying.hasWork()) {
            // The first slice of a turn comes before all that is asked for, or it would never come under load.
            carrying.step(gate.openTurn());
        }
        heartbeats();
        if (state.nextStartMs() <= gate.shardTime()) {
            // Whatever opens a turn makes ready what is due; here it is for nothing else.
            gate.openTurn();
        }
        expireLeases(nowMs);
        // As with carrying: under load from elsewhere the inbox would never be read.
        admit(gate.turn().writer().size()
                + parts.options().turnBytes() / ADMISSION_PART
                - gate.turn().admittedBytes());
        commands();
        for (Command command : lookups.due(state.inboxOffset(), nowMs)) {
            command.step(gate.turn());
        }
        admit(parts.options().turnBytes() / 2);
        expireTasks();
        dispatch.serveParked();
        if (carrying.hasWork() && gate.openTurn().isHalfEmpty()) {
            carrying.step(gate.turn());
        }
        moreToDo |= dispatch.tellHeads();
    }

    private void admit(int untilBytes) {
        if (admission.hasWork() && !decider.isFull() && gate.turn().hasRoom()) {
            admission.admit(gate.openTurn(), untilBytes, decider);
        }
    }

    /** All that wait, full as the turn may be: they add nothing to its record. */
    private void heartbeats() {
        for (Command next = mailbox.peekHeartbeat(); next != null; next = mailbox.peekHeartbeat()) {
            mailbox.removeHeartbeat();
            next.step(gate.turn());
        }
    }

    private void commands() {
        for (Command next = mailbox.peekCommand();
                next != null && gate.turn().hasRoom();
                next = mailbox.peekCommand()) {
            if (!next.step(gate.turn())) {
                next.begun = true;
                return;
            }
            mailbox.removeCommand();
        }
    }

    /** Leases end only for silence that lasted longer than anything in the mailbox has waited. */
    private void expireLeases(long nowMs) {
        Command oldest = mailbox.peekCommand();
        long backlogMs = oldest == null ? 0 : Math.max(0, nowMs - oldest.arrivedMs);
        long horizonMs = leaseTime.nowMs() - backlogMs;
        for (int i = 0; i < MOST_EXPIRIES_A_TURN; i++) {
            LeaseClock due = clocks.nextExpired(horizonMs);
            if (due == null || !gate.turn().hasRoom()) {
                return;
            }
            long shardMs = gate.openTurn().nowMs();
            decider.expireLease(state.byFence(due.fence()), due.isWorkersSilence(), shardMs);
        }
        moreToDo = true;
    }

    private void expireTasks() {
        TaskEntry next = state.nextDeadline();
        if (next == null || next.deadlineMs() >= gate.shardTime()) {
            return;
        }
        long shardMs = gate.openTurn().nowMs();
        for (int i = 0; i < MOST_EXPIRIES_A_TURN && gate.turn().hasRoom(); i++) {
            if (!decider.expireNext(shardMs)) {
                return;
            }
        }
        moreToDo = true;
    }

    private void send(long nowMs) {
        if (gate.isAppending() || !(gate.turn().isOpen() || gate.isTickDue(nowMs) || releasing)) {
            return;
        }
        gate.openTurn();
        decider.publishedEnds(ends.published());
        terms.look(decider, nowMs);
        if (state.seq() % RECORDS_A_DIGEST == 0) {
            decider.digest();
        }
        if (releasing) {
            decider.release();
        }
        gate.send();
    }

    /**
     * The record under way was appended.
     *
     * @return whether it is effective; if not, someone else wrote in between
     */
    boolean appended(long offset, long appendTimeMs) {
        Turn effective = gate.appended(offset, appendTimeMs);
        if (effective == null) {
            return false;
        }
        inboxPassed = effective.inboxOffset();
        stopAdmissionIfSure();
        carrying.effective(effective);
        ends.publish(effective.ends());
        effective.effective();
        return true;
    }

    /** From now on nothing new is taken in; once all is in the log, the shard is given up. */
    void release() {
        releasing = true;
    }

    /** Whether the release is in the log. */
    boolean isReleased() {
        return state.isReleased() && !gate.isAppending();
    }

    /** Everything that waits for an answer gets one. */
    void lose() {
        gate.lose();
        lookups.refuseAll(Refusal.NOT_READY);
    }

    /**
     * The inbox cannot be read on. Somebody who has claimed the shard meanwhile may have settled and deleted what this one
     * would read next, so that is a finding only once a record that was sent from now on is effective.
     */
    void inboxFailed(String why) {
        inboxFailure = why;
        recordsUntilSure = gate.isAppending() ? 2 : 1;
    }

    private void stopAdmissionIfSure() {
        if (inboxFailure != null && --recordsUntilSure == 0) {
            stopAdmission(inboxFailure);
            inboxFailure = null;
        }
    }

    private void stopAdmission(String why) {
        admission.stop(why);
        lookups.stop();
        LOG.error("shard {}: admission stopped: {}", parts.shard(), why);
    }

    /** What made it stop is over. */
    void resumeAdmission() {
        inboxFailure = null;
        admission.resume();
        lookups.resume();
        LOG.info("shard {}: admission goes on", parts.shard());
    }

    /** Up to where the inbox is effectively passed; -1 once admission has stopped: then it may hold anything. */
    long inboxPassed() {
        return admission.problem() == null ? inboxPassed : -1;
    }

    /** What is wrong although the shard is served, or null. */
    String problem() {
        if (admission.problem() != null) {
            return admission.problem();
        }
        if (carrying.problem() != null) {
            return carrying.problem();
        }
        if (holdsLeasesBack()) {
            return "ends: " + ends.waiting() + " that are not public take " + state.unpublishedBytes()
                    + " bytes (expected: less than " + parts.options().mostUnpublishedBytes()
                    + "); nothing is leased until they take less";
        }
        if (timeAhead.isAhead()) {
            return "clock: shard time is " + timeAhead.byMs() + " ms ahead of the time of day (expected: at most "
                    + ClockTrust.TOLERANCE_MS + "); "
                    + (state.foldVersion() < Claim.WITH_TERMS
                            ? "nothing becomes due until then, unless every coordinator is upgraded"
                            : "it is taken back within minutes");
        }
        String clockProblem = gate.clockProblem();
        return clockProblem == null ? inboxClock.problem() : clockProblem;
    }

    /** Whether time is not what it should be, and nothing becomes due. */
    boolean isTimeWrong() {
        return timeAhead.isAhead() || !gate.isClockTrusted();
    }

    /** Whether nothing may be leased: each task that ends would take more memory until its end is public. */
    boolean holdsLeasesBack() {
        return state.unpublishedBytes() >= parts.options().mostUnpublishedBytes();
    }

    /** How long there is nothing to do, unless something arrives; 0 if there is more to do at once. */
    long idleMs(long nowMs) {
        if (moreToDo && gate.turn().hasRoom()) {
            return 0;
        }
        long halfATick = parts.options().tickMs() / 2;
        if (gate.isAppending()) {
            return halfATick;
        }
        if (gate.turn().isOpen()
                || !mailbox.isEmpty()
                || carrying.hasWork()
                || (admission.hasWork() && !decider.isFull())) {
            return 0;
        }
        long idle = Math.min(halfATick, gate.nextTickMs() - nowMs);
        idle = Math.min(idle, clocks.nextCheckMs() - leaseTime.nowMs());
        if (gate.isClockTrusted()) {
            long wallMs = parts.clock().wallMs();
            TaskEntry deadline = state.nextDeadline();
            idle = Math.min(idle, state.nextStartMs() - wallMs);
            idle = Math.min(idle, deadline == null ? idle : deadline.deadlineMs() + 1 - wallMs);
        }
        return Math.max(0, idle);
    }

    void grant(PollTicket ticket) {
        dispatch.grant(ticket);
    }

    Turn openTurn() {
        return gate.openTurn();
    }

    Gate gate() {
        return gate;
    }

    ShardState state() {
        return state;
    }

    Decider decider() {
        return decider;
    }

    LeaseClocks clocks() {
        return clocks;
    }

    /** From when on a lease counts that is granted or renewed now. */
    long leaseNowMs() {
        return leaseTime.atMostMs(parts.clock().monotonicMs());
    }

    Admission admission() {
        return admission;
    }

    Lookups lookups() {
        return lookups;
    }

    Carrying carrying() {
        return carrying;
    }

    EndsOutlet ends() {
        return ends;
    }
}
