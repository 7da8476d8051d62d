package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.port.EndedTask;
import io.leasehold.coordinator.port.Ends;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Makes effective ends public, in order, at least once. What was not acknowledged is sent again a while after a failure. */
final class EndsOutlet {
    private final Ends ends;
    private final long pauseMs;
    private final Deque<EndedTask> unacknowledged = new ArrayDeque<>();
    private long published;
    private boolean failed;
    private long failedMs;

    EndsOutlet(Ends ends, long pauseMs) {
        this.ends = ends;
        this.pauseMs = pauseMs;
    }

    /** @param unpublished what the last owner had not published, or had not said that it had */
    void begin(long published, List<EndedTask> unpublished) {
        this.published = published;
        publish(unpublished);
    }

    void publish(List<EndedTask> effective) {
        if (effective.isEmpty()) {
            return;
        }
        unacknowledged.addAll(effective);
        if (!failed) {
            ends.publish(List.copyOf(effective));
        }
    }

    void acknowledged(long number) {
        while (!unacknowledged.isEmpty() && unacknowledged.peek().number() <= number) {
            published = unacknowledged.poll().number();
        }
    }

    void failed(long nowMs) {
        failed = true;
        failedMs = nowMs;
    }

    void retry(long nowMs) {
        if (failed && nowMs - failedMs >= pauseMs) {
            failed = false;
            ends.publish(List.copyOf(unacknowledged));
        }
    }

    /** All ends up to this one are public. */
    long published() {
        return published;
    }

    int waiting() {
        return unacknowledged.size();
    }
}
