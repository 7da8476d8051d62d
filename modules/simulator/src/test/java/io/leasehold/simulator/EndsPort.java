package io.leasehold.simulator;

import io.leasehold.coordinator.port.EndedTask;
import io.leasehold.coordinator.port.Ends;
import java.util.List;

/** Where a coordinator makes ends public; acknowledged in order, or failed as a whole. */
final class EndsPort implements Ends {
    private final World world;
    private final Coordinator owner;
    private final Listener listener;
    private int attempt;
    private long lastUs;
    private boolean closed;

    EndsPort(World world, Coordinator owner, Listener listener) {
        this.world = world;
        this.owner = owner;
        this.listener = listener;
    }

    @Override
    public void publish(List<EndedTask> ends) {
        if (ends.isEmpty()) {
            return;
        }
        ends.forEach(end -> world.ledger(end.shard()).published(end));
        int mine = attempt;
        long atUs = Math.max(lastUs, world.timeline.nowUs() + world.faults.latencyUs());
        lastUs = atUs;
        boolean fails = world.faults.failsEnds();
        owner.atTrue(atUs, fails ? "ends failed" : "ends published", () -> {
            if (closed || mine != attempt) {
                return;
            }
            if (fails) {
                attempt++;
                listener.onEndsFailed(new IllegalStateException("timed out"));
            } else {
                listener.onEndsPublished(ends.get(ends.size() - 1).number());
            }
        });
    }

    @Override
    public void close() {
        closed = true;
    }
}
