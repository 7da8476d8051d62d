package io.leasehold.simulator;

import io.leasehold.coordinator.port.EndedTask;
import io.leasehold.coordinator.port.Ends;
import java.util.List;

/**
 * Where a coordinator makes ends public. What is asked for together lands in order, whole, in part or not at all, and is
 * then said to have failed unless it landed whole; what is asked for later in the same attempt may land all the same, and
 * be acknowledged.
 */
final class EndsPort implements Ends {
    private static final long LONGEST_PATIENCE_US = 10_000_000;

    private final World world;
    private final Coordinator owner;
    private final int shard;
    private final Listener listener;
    private long failedAttempt = -1;
    private long lastUs;
    /** What becomes of ends is told in their order. */
    private long newsUs;

    private boolean closed;

    EndsPort(World world, Coordinator owner, int shard, Listener listener) {
        this.world = world;
        this.owner = owner;
        this.shard = shard;
        this.listener = listener;
    }

    @Override
    public void publish(long attempt, List<EndedTask> ends) {
        long atUs = Math.max(lastUs, world.timeline.nowUs() + world.faults.latencyUs());
        lastUs = atUs;
        owner.atTrue(atUs, "ends land", () -> land(attempt, ends));
    }

    private void land(long attempt, List<EndedTask> ends) {
        if (closed || attempt <= failedAttempt) {
            return;
        }
        int landing = world.faults.endsThatLand(ends.size());
        ends.subList(0, landing).forEach(end -> world.ledger(shard).published(end));
        boolean fails = landing < ends.size();
        long patienceUs = fails ? world.dice.small(LONGEST_PATIENCE_US) : 0;
        newsUs = Math.max(newsUs, world.timeline.nowUs() + world.faults.latencyUs() + patienceUs);
        owner.atTrue(newsUs, fails ? "ends failed" : "ends published", () -> {
            if (closed) {
                return;
            }
            if (fails) {
                failedAttempt = Math.max(failedAttempt, attempt);
                listener.onEndsFailed(attempt, new IllegalStateException("timed out"));
            } else {
                listener.onEndsPublished(attempt, ends.get(ends.size() - 1).number());
            }
        });
    }

    @Override
    public void close() {
        closed = true;
    }
}
