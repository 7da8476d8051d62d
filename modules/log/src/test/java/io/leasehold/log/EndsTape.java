package io.leasehold.log;

import io.leasehold.coordinator.port.Ends;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the ends told their listener, in order. */
final class EndsTape implements Ends.Listener {
    final List<Long> published = new CopyOnWriteArrayList<>();
    final List<Exception> failures = new CopyOnWriteArrayList<>();

    @Override
    public void onEndsPublished(long attempt, long number) {
        published.add(number);
    }

    @Override
    public void onEndsFailed(long attempt, Exception cause) {
        failures.add(cause);
    }
}
