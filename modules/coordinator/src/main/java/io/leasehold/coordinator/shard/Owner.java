package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.desk.Head;
import io.leasehold.coordinator.desk.LeasedTask;
import io.leasehold.coordinator.desk.PollTicket;
import io.leasehold.coordinator.desk.Refusal;
import io.leasehold.coordinator.lease.LeaseClock;
import io.leasehold.coordinator.lease.LeaseClocks;
import io.leasehold.coordinator.lease.LeaseTime;
import io.leasehold.coordinator.port.Clock;
import io.leasehold.core.decide.Decider;
import io.leasehold.core.decide.Grant;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.state.Fold;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.state.TaskEntry;
import io.leasehold.core.state.TaskQueue;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shard's copy while it owns the shard: turns wishes into records and answers them once those are effective.
 *
 * <p>One record is under way at a time; while it is, the next turn fills. Everything here runs on the shard's thread, but
 * for {@code heads}.
 */
final class Owner {
    private static final Logger LOG = LoggerFactory.getLogger(Owner.class);

    /** A turn takes its time when it opens; one that had to wait longer than this takes nothing more in. */
    private static final long TURN_STALE_MS = 100;

    private static final int MOST_EXPIRIES_A_TURN = 1_000;

    final ShardState state;
    final Decider decider;
    final ShardMeters meters;
    final LeaseClocks clocks = new LeaseClocks();

    private final ShardParts parts;
    private final ShardOptions options;
    private final Clock clock;
    private final FrontDesk desk;
    private final Mailbox mailbox;
    private final Map<String, Head> heads;
    private final Fold fold;
    private final Recorder recorder;
    private final LeaseTime leaseTime;
    private final Proof proof;
    private final ClockTrust trust;
    private final Admission admission;
    private final Lookups lookups;
    private final EndsOutlet ends;

    private Turn turn;
    private Turn underWay;
    private boolean appending;
    private long nextOffset;
    private boolean releasing;
    private boolean moreToDo;

    Owner(ShardParts parts, ShardState state, Mailbox mailbox, Map<String, Head> heads, long nextOffset) {
        this.parts = parts;
        this.options = parts.options();
        this.clock = parts.clock();
        this.desk = parts.desk();
        this.meters = parts.meters();
        this.state = state;
        this.mailbox = mailbox;
        this.heads = heads;
        this.nextOffset = nextOffset;
        this.turn = new Turn(options.turnBytes());
        this.underWay = new Turn(options.turnBytes());
        this.fold = new Fold(state);
        this.leaseTime = new LeaseTime(clock.monotonicMs());
        this.recorder = new Recorder(parts.shard(), state, fold, clocks, leaseTime::nowMs, meters);
        this.decider = new Decider(state, recorder, options.policy(), parts.chance());
        this.proof = new Proof(options.proofMs());
        this.trust = new ClockTrust();
        this.admission = new Admission(parts.inbox());
        this.lookups = new Lookups(parts.inbox());
        this.ends = new EndsOutlet(parts.ends(), options.tickMs());
    }

    /** The claim is effective: takes over what the last owner left. */
    void begin(long sentWallMs, long sentMonotonicMs, long ackWallMs, long ackMonotonicMs, long appendTimeMs) {
        proof.renew(sentWallMs, sentMonotonicMs);
        trust.verify(sentWallMs, ackWallMs, ackMonotonicMs, appendTimeMs);
        for (TaskEntry entry : state.leases()) {
            long graceMs = options.graceMs(entry.lease().leaseMs());
            clocks.inherit(entry.fence(), entry.number(), graceMs, leaseTime.nowMs());
        }
        state.queues().forEach(queue -> recorder.touched().add(queue.name()));
        ends.begin(state.publishedEnd(), Recorder.unpublished(parts.shard(), state));
        if (parts.inbox().topicId().equals(state.claim().inboxTopicId())) {
            admission.start(state.inboxOffset());
        } else {
            admission.stop("inbox topic id: " + parts.inbox().topicId() + " (expected: "
                    + state.claim().inboxTopicId() + ", in which the inbox position counts)");
        }
    }

    void stopAdmission(String why) {
        admission.stop(why);
        LOG.error("shard {}: admission stopped: {}", parts.shard(), why);
    }

    /** What is wrong although the shard is served, or null. */
    String problem() {
        if (admission.problem() != null) {
            return admission.problem();
        }
        return isClockTrusted() ? null : "clock: " + trust.skewMs() + " ms off the broker's (expected: at most 2000)";
    }

    Admission admission() {
        return admission;
    }

    Lookups lookups() {
        return lookups;
    }

    EndsOutlet ends() {
        return ends;
    }

    long nextOffset() {
        return nextOffset;
    }

    /** Does all there is to do now. */
    void serve(long nowMs) {
        leaseTime.advance(nowMs, canSayOk());
        moreToDo = false;
        if (releasing) {
            mailbox.refuseAll(Refusal.NOT_READY);
        } else if (!turn.isOpen() || nowMs - turn.openedMs() <= TURN_STALE_MS) {
            takeIn(nowMs);
        }
        ends.retry(nowMs);
        send(nowMs);
    }

    private void takeIn(long nowMs) {
        heartbeats();
        if (state.nextStartMs() <= shardTime()) {
            open();
            state.queues().forEach(queue -> recorder.touched().add(queue.name()));
        }
        expireLeases(nowMs);
        commands();
        for (Command command : lookups.due(state.inboxOffset(), nowMs)) {
            open();
            command.step(turn);
        }
        if (admission.hasWork() && !decider.isFull() && openTurn().isHalfEmpty()) {
            admission.admit(turn, decider);
        }
        expireTasks();
        serveParked();
        tellHeads();
    }

    private void heartbeats() {
        for (Command next = mailbox.peekHeartbeat(); next != null && turn.hasRoom(); next = mailbox.peekHeartbeat()) {
            mailbox.removeHeartbeat();
            next.step(turn);
        }
    }

    private void commands() {
        for (Command next = mailbox.peekCommand(); next != null && turn.hasRoom(); next = mailbox.peekCommand()) {
            if (!next.step(turn)) {
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
            if (due == null || !turn.hasRoom()) {
                return;
            }
            decider.expireLease(
                    state.byFence(due.fence()),
                    due.isWorkersSilence(),
                    openTurn().nowMs());
        }
        moreToDo = true;
    }

    private void expireTasks() {
        TaskEntry next = state.nextDeadline();
        if (next == null || next.task().deadlineMs() >= shardTime()) {
            return;
        }
        open();
        for (int i = 0; i < MOST_EXPIRIES_A_TURN && turn.hasRoom(); i++) {
            if (!decider.expireNext(turn.nowMs())) {
                return;
            }
        }
        moreToDo = true;
    }

    private void serveParked() {
        if (desk.lines().waiting() == 0) {
            return;
        }
        for (TaskQueue queue : state.queues()) {
            while (queue.ready() > 0 && turn.hasRoom()) {
                PollTicket ticket = desk.lines().take(queue.name());
                if (ticket == null) {
                    break;
                }
                grant(ticket);
            }
        }
    }

    /** Leases what the ticket wants, or sends it on if there is nothing. */
    void grant(PollTicket ticket) {
        List<Grant> grants = List.of();
        if (!ticket.isAbandoned()) {
            grants = decider.grant(ticket.wanted(), openTurn().nowMs());
        }
        if (grants.isEmpty()) {
            tellHeads();
            desk.again(ticket);
            return;
        }
        long ageMs = ticket.ageMs(clock.monotonicMs());
        List<LeasedTask> leased = grants.stream()
                .map(grant ->
                        new LeasedTask(parts.shard(), grant, parts.tokens().make(parts.shard(), grant.fence()), ageMs))
                .toList();
        turn.hold(ticket.answer(), leased);
    }

    /** Tells which queues have something ready, then makes sure that no poll went to sleep just before. */
    private void tellHeads() {
        for (String name : recorder.touched()) {
            TaskQueue queue = state.queue(name);
            TaskEntry head = queue == null ? null : queue.head();
            if (head == null) {
                heads.remove(name);
            } else {
                heads.put(name, Head.of(head));
            }
        }
        recorder.touched().clear();
        moreToDo |= turn.hasRoom() && desk.lines().waiting() > 0 && !heads.isEmpty() && someoneWaitsForAHead();
    }

    private boolean someoneWaitsForAHead() {
        return heads.keySet().stream().anyMatch(desk.lines()::isAwaited);
    }

    void open() {
        openTurn();
    }

    /** The turn that is filling, opened if it was not. */
    Turn openTurn() {
        if (!turn.isOpen()) {
            TurnHeader header = new TurnHeader(state.epoch(), state.nonce(), state.seq() + 1, shardTime(), 0);
            if (!fold.begin(header)) {
                throw new IllegalStateException("own record is not next: " + header);
            }
            turn.open(header, clock.monotonicMs());
            recorder.into(turn);
        }
        return turn;
    }

    private long shardTime() {
        return trust.shardTime(clock.wallMs(), clock.monotonicMs(), state.nowMs());
    }

    private void send(long nowMs) {
        if (appending) {
            return;
        }
        boolean tick = nowMs - proof.sentMonotonicMs() >= options.tickMs();
        if (!turn.isOpen() && !tick && !releasing) {
            return;
        }
        open();
        decider.publishedEnds(ends.published());
        if (releasing) {
            recorder.released();
            turn.markReleasing();
        }
        Turn full = turn;
        turn = underWay;
        underWay = full;
        full.sentWallMs = clock.wallMs();
        full.sentMonotonicMs = clock.monotonicMs();
        full.sentNanos = System.nanoTime();
        appending = true;
        parts.journal().append(full.writer().toRecord());
    }

    /**
     * The record under way was appended.
     *
     * @return whether it stands right behind the last one: if not, someone else wrote in between
     */
    boolean appended(long offset, long appendTimeMs) {
        if (offset != nextOffset) {
            return false;
        }
        nextOffset++;
        appending = false;
        proof.renew(underWay.sentWallMs, underWay.sentMonotonicMs);
        trust.verify(underWay.sentWallMs, clock.wallMs(), clock.monotonicMs(), appendTimeMs);
        meters.appended(System.nanoTime() - underWay.sentNanos);
        ends.publish(underWay.ends());
        boolean released = underWay.releases();
        underWay.effective();
        releasing &= !released;
        return true;
    }

    /** From now on nothing new is taken in; once all is in the log, the shard is given up. */
    void release() {
        releasing = true;
    }

    /** Whether the release is in the log. */
    boolean isReleased() {
        return state.isReleased() && !appending;
    }

    /** Everything that waits for an answer gets one: nobody knows what came of it. */
    void lose() {
        underWay.refuse(Refusal.OUTCOME_UNKNOWN);
        turn.refuse(Refusal.OUTCOME_UNKNOWN);
        lookups.refuseAll(Refusal.NOT_READY);
    }

    /** Whether a worker may be told that its lease holds. */
    boolean canSayOk() {
        return proof.isFresh(clock.wallMs(), clock.monotonicMs());
    }

    long leaseNowMs() {
        return leaseTime.nowMs();
    }

    long clockSkewMs() {
        return trust.skewMs();
    }

    boolean isClockTrusted() {
        return trust.isTrusted(clock.wallMs(), clock.monotonicMs());
    }

    /** How long there is nothing to do, unless something arrives; 0 if there is more to do at once. */
    long idleMs(long nowMs) {
        if (moreToDo && turn.hasRoom()) {
            return 0;
        }
        if (appending) {
            return options.tickMs() / 2;
        }
        if (turn.isOpen() || !mailbox.isEmpty() || (admission.hasWork() && !decider.isFull())) {
            return 0;
        }
        long idle = Math.min(options.tickMs() / 2, proof.sentMonotonicMs() + options.tickMs() - nowMs);
        idle = Math.min(idle, clocks.nextCheckMs() - leaseTime.nowMs());
        if (isClockTrusted()) {
            long wallMs = clock.wallMs();
            idle = Math.min(idle, state.nextStartMs() - wallMs);
            TaskEntry deadline = state.nextDeadline();
            idle = Math.min(idle, deadline == null ? idle : deadline.task().deadlineMs() + 1 - wallMs);
        }
        return Math.max(0, idle);
    }
}
