package io.leasehold.simulator;

import io.leasehold.simulator.Said.Hold;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What workers believe, in true time, by their own rule. Nothing that a coordinator does may belie it. */
final class Beliefs {
    /** @param untilUs by the worker's clock, in true time */
    private static final class Belief {
        final String task;
        final String worker;
        long untilUs;
        boolean over;

        Belief(String task, String worker, long untilUs) {
            this.task = task;
            this.worker = worker;
            this.untilUs = untilUs;
        }
    }

    private final World world;
    private final Map<Hold, Belief> beliefs = new HashMap<>();
    /** Others have the token, so that nothing is promised. */
    private final Set<Hold> spoiled = new HashSet<>();

    private final Map<String, Hold> latest = new HashMap<>();
    /** When leases expired, in true time. */
    private final Map<Hold, Long> expired = new HashMap<>();

    private long begun;

    Beliefs(World world) {
        this.world = world;
    }

    long begun() {
        return begun;
    }

    /** A worker begins with a task. */
    void begins(Hold hold, String task, String worker, long untilUs) {
        begun++;
        if (spoiled.contains(hold)) {
            return;
        }
        Hold before = latest.put(task, hold);
        if (before != null && !before.equals(hold) && isHeld(before)) {
            Belief other = beliefs.get(before);
            throw world.violation(
                    "G3",
                    task + " is begun by " + worker + " under fence " + hold.fence() + " while " + other.worker
                            + " may believe in fence " + before.fence() + " for "
                            + (other.untilUs - world.timeline.nowUs())
                            + " us more");
        }
        beliefs.put(hold, new Belief(task, worker, untilUs));
        checkExpired(hold, untilUs);
    }

    /** The lease was renewed. */
    void believes(Hold hold, long untilUs) {
        Belief belief = beliefs.get(hold);
        if (belief != null && !belief.over) {
            belief.untilUs = Math.max(belief.untilUs, untilUs);
            checkExpired(hold, untilUs);
        }
    }

    private void checkExpired(Hold hold, long untilUs) {
        Long at = expired.get(hold);
        if (at != null && untilUs > at) {
            throw world.violation(
                    "G3",
                    beliefs.get(hold).worker + " may believe in fence " + hold.fence() + ", which expired "
                            + (untilUs - at) + " us too early");
        }
    }

    /** The worker is done with it, or was told that it is over. */
    void ends(Hold hold) {
        Belief belief = beliefs.get(hold);
        if (belief != null) {
            belief.over = true;
        }
    }

    void spoil(Hold hold) {
        spoiled.add(hold);
        ends(hold);
    }

    /** Whether the worker that reports this lease could do so with full right now. */
    boolean isPromised(Hold hold) {
        Belief belief = beliefs.get(hold);
        return belief != null && !spoiled.contains(hold) && belief.untilUs > world.timeline.nowUs();
    }

    boolean isHeld(Hold hold) {
        Belief belief = beliefs.get(hold);
        return belief != null && !belief.over && belief.untilUs > world.timeline.nowUs();
    }

    /** The lease's expiry is in the log. */
    void expired(int shard, long fence) {
        Hold hold = new Hold(shard, fence);
        expired.put(hold, world.timeline.nowUs());
        if (isHeld(hold)) {
            Belief belief = beliefs.get(hold);
            throw world.violation(
                    "G8",
                    belief.task + " expires under fence " + fence + " while " + belief.worker
                            + " may believe in it for " + (belief.untilUs - world.timeline.nowUs()) + " us more");
        }
    }

    /** A worker is told that its lease is lost. */
    void lost(Hold hold) {
        Belief belief = beliefs.get(hold);
        if (isHeld(hold) && !world.said.anything(hold.shard(), hold.fence()) && !world.said.cancelled(belief.task)) {
            throw world.violation(
                    "G8",
                    belief.worker + " is told that fence " + hold.fence() + " is lost, in which it may believe for "
                            + (belief.untilUs - world.timeline.nowUs()) + " us more");
        }
    }
}
