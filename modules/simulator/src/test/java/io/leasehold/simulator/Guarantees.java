package io.leasehold.simulator;

import io.leasehold.api.PollRequest;
import io.leasehold.coordinator.desk.Cancelled;
import io.leasehold.coordinator.desk.Heartbeat;
import io.leasehold.coordinator.desk.LeaseReport;
import io.leasehold.coordinator.desk.LeasedTask;
import io.leasehold.coordinator.desk.Purge;
import io.leasehold.coordinator.desk.Purged;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.desk.ShardView;
import io.leasehold.coordinator.desk.TaskView;
import io.leasehold.coordinator.shard.Glimpse;
import io.leasehold.coordinator.shard.ShardLoop;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.decide.Report;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.state.StateDigest;
import io.leasehold.core.task.EndCause;
import io.leasehold.simulator.Said.Hold;
import java.util.List;

/** Holds what coordinators say and remember against the ledger, in the moment in which they do. */
final class Guarantees {
    /** Why a copy may give up; anything else is a mistake in the code. */
    private static final List<String> GOOD_REASONS = List.of(
            "closed",
            "append to the journal: ",
            "journal: ",
            "claim: another coordinator",
            "another coordinator claimed",
            "own record at offset ");

    private static final int FULL_COMPARISON_EVERY = 64;

    private final World world;
    private final long[] seenEpoch;
    private final long[] seenTrims;
    private long turns;

    Guarantees(World world) {
        this.world = world;
        this.seenEpoch = new long[world.setup.shards()];
        this.seenTrims = new long[world.setup.shards()];
    }

    private void require(boolean holds, String guarantee, String broken) {
        if (!holds) {
            throw world.violation(guarantee, broken);
        }
    }

    void granted(LeasedTask leased, PollRequest request) {
        String id = leased.grant().task().id();
        LedgerTask task = world.ledger(leased.shard()).byFence(leased.grant().fence());
        if (task == null || !task.task.id().equals(id)) {
            throw world.violation(
                    "G6",
                    request.worker() + " is granted " + id + " under fence "
                            + leased.grant().fence() + ", which is not in the log");
        }
    }

    void reported(int shard, LeaseReport report, Report.Answer answer) {
        Hold hold = new Hold(shard, report.fence());
        Boolean accepted = world.ledger(shard).report(report.fence());
        boolean success = report.report().outcome() == Report.Outcome.SUCCESS;
        if (answer == Report.Answer.OK) {
            require(
                    accepted != null && accepted == success,
                    "G6",
                    "the report of fence " + report.fence() + " is taken (success: " + success + "), and the log says "
                            + accepted);
        } else if (accepted == null && world.beliefs.isPromised(hold)) {
            LedgerTask task = world.ledger(shard).byFence(report.fence());
            require(
                    world.said.cancelled(task.task.id()),
                    "G8",
                    "the report of fence " + report.fence() + " is refused within its promise: " + answer + ", "
                            + task);
        }
    }

    /** Who was superseded says ok no longer than the age that a proof may have: the next owner's grace reckons with that. */
    void beaten(Coordinator owner, int shard, List<Long> fences, List<Heartbeat> beats) {
        boolean gated = beats.stream()
                .anyMatch(
                        beat -> beat.status() == Heartbeat.Status.LOST || beat.status() == Heartbeat.Status.CANCELLED);
        boolean promises = beats.stream().anyMatch(beat -> beat.status() == Heartbeat.Status.OK);
        if (gated || !promises || owner.wasInterrupted()) {
            return; // What waited for the log was decided before, when a proof was there.
        }
        for (int i = 0; i < beats.size(); i++) {
            if (beats.get(i).status() == Heartbeat.Status.OK) {
                world.ledger(shard).promises().renewed(owner, fences.get(i));
            }
        }
        for (ShardView view : owner.views()) {
            Long sinceUs = view.shard() == shard ? world.ledger(shard).supersededUs(view.epoch()) : null;
            if (sinceUs != null) {
                long agoMs = (world.timeline.nowUs() - sinceUs) / 1_000;
                long proofMs = world.setup.proofMs(owner.name());
                require(
                        agoMs <= proofMs + proofMs / 1_000 + 2,
                        "R9",
                        owner.name() + " says ok for shard " + shard + " " + agoMs + " ms after it was superseded");
            }
        }
    }

    void submitted(int shard, String id, Accepted outcome) {
        require(
                isRefused(outcome) || world.ledger(shard).byId(id) != null,
                "G6",
                "the submission of " + id + " is answered " + outcome + " and is not in the log");
    }

    static boolean isRefused(Accepted outcome) {
        return outcome == Accepted.FULL || outcome == Accepted.TOO_MANY_QUEUES;
    }

    void cancelled(Expectation then, Cancelled outcome) {
        if (outcome.task() == null) {
            found(then, null);
        } else if (outcome.cancelled()) {
            require(
                    world.ledger(then.shard()).wasCancelled(then.id()),
                    "G6",
                    then.id() + " is said to be cancelled, and the log does not say so");
        }
    }

    void purged(int shard, Purge purge, Purged done) {
        require(
                purge.ids() == null
                        || done.purged() == 0
                        || world.ledger(shard).wasPurged(purge.ids().get(0)),
                "G6",
                purge + " is answered " + done + ", and the log does not say so");
        require(
                !done.isAnotherNumber() || done.dead() != purge.expected(),
                "G6",
                purge + " is answered " + done + ", as if that were another number");
    }

    void found(Expectation then, TaskView view) {
        Ledger ledger = world.ledger(then.shard());
        LedgerTask task = then.task();
        if (view == null) {
            require(task == null || task.gone, "G1", task + " is said to be unknown");
            require(
                    !then.isInInbox()
                            || ledger.byId(then.id()) != null
                            || world.inbox(then.shard()).isRejected(then.id()),
                    "G13",
                    then.id() + " is said to be unknown, and lay in the inbox when that was asked");
            return;
        }
        LedgerTask now = ledger.byId(then.id());
        require(now != null, "G6", then.id() + " is said to be " + view.state() + " and is not in the log");
        require(
                view.number() <= now.number && view.fence() <= now.fence || now.number > view.number(),
                "G6",
                then.id() + " is said to have fence " + view.fence() + " (expected: at most " + now.fence + ")");
        if (task != null) {
            boolean older = view.number() < task.number
                    || (view.number() == task.number
                            && (view.attempt() < then.attempt() || (then.ended() && view.end() == null)));
            require(
                    !older,
                    "G13",
                    "an answer goes back: " + view.state() + " number " + view.number() + " after " + task);
        }
        if (view.end() != null && view.number() == now.number && view.end().cause() == EndCause.CANCELLED) {
            require(now.cause == EndCause.CANCELLED, "G6", then.id() + " is said to be cancelled, and is not: " + now);
        }
    }

    /** A loop has had its turn: if it owns its shard and nothing is under way, its memory is what the log says. */
    void turned(ShardLoop loop) {
        ShardState state = Glimpse.settled(loop);
        if (state == null) {
            return;
        }
        int shard = loop.shard();
        Ledger ledger = world.ledger(shard);
        if (!ledger.isAt(state)) {
            return; // it was superseded and does not know yet
        }
        ledger.compareCounts(state);
        long digest = StateDigest.of(state);
        long replayed = StateDigest.of(ledger.replayed());
        require(
                digest == replayed,
                "G14",
                "shard " + shard + ": live digest " + digest + " (expected: " + replayed + ", as replayed)");
        boolean news = seenEpoch[shard] != ledger.epoch() || seenTrims[shard] != ledger.trims();
        if (news || ++turns % FULL_COMPARISON_EVERY == 0) {
            seenEpoch[shard] = ledger.epoch();
            seenTrims[shard] = ledger.trims();
            ledger.compareTasks(state);
        }
    }

    /** A copy is over: nobody waits for it any more. */
    void over(Coordinator owner, ShardLoop loop) {
        int waiting = owner.edge().waiting(loop);
        require(waiting == 0, "R6", waiting + " requests wait for " + owner.name() + "'s lost shard " + loop.shard());
    }

    void status(Coordinator owner, ShardLoop loop, ShardStatus status, String problem) {
        world.trace.note(
                status.ordinal(),
                () -> owner.name() + " shard " + loop.shard() + ": " + status
                        + (problem == null ? "" : ", " + problem));
        if (status == ShardStatus.FAILED) {
            require(
                    GOOD_REASONS.stream().anyMatch(problem::startsWith),
                    "G16",
                    owner.name() + " fails at shard " + loop.shard() + ": " + problem);
        } else if (status == ShardStatus.STOPPED) {
            require(
                    world.isHarmed(loop.shard())
                            || owner.wasCutOff(loop.shard())
                            || owner.foldVersion() < world.ledger(loop.shard()).foldVersion(),
                    "G14",
                    owner.name() + " stops shard " + loop.shard() + " although nobody touched its log: " + problem);
        }
    }
}
