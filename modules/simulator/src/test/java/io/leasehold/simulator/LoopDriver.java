package io.leasehold.simulator;

import io.leasehold.coordinator.shard.ShardLoop;

/** Gives a shard's loop its turns, as its thread does: when something arrived, or when there is something to do. */
final class LoopDriver {
    private static final long WAKE_US = 20;

    private final World world;
    private final Coordinator owner;
    private final ShardLoop loop;
    private Happening next;
    private boolean turning;
    private boolean arrived;

    LoopDriver(World world, Coordinator owner, ShardLoop loop) {
        this.world = world;
        this.owner = owner;
        this.loop = loop;
    }

    void start() {
        loop.onArrival(this::wake);
        turnIn(WAKE_US);
    }

    private void wake() {
        if (turning) {
            arrived = true;
        } else if (next == null || next.atUs > world.timeline.nowUs() + WAKE_US) {
            turnIn(WAKE_US);
        }
    }

    private void turnIn(long us) {
        if (next != null) {
            next.callOff();
        }
        next = owner.after(us, "turn", this::turn);
    }

    private void turn() {
        next = null;
        arrived = false;
        turning = true;
        loop.turn();
        turning = false;
        if (loop.isOver()) {
            world.guarantees.over(owner, loop);
            return;
        }
        world.guarantees.turned(loop);
        long idleMs = loop.idleMs();
        turnIn(arrived || idleMs <= 0 ? WAKE_US : idleMs * 1_000);
    }
}
