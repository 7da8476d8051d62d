package io.leasehold.coordinator.port;

import java.util.List;

/** Where ends are made public: at least once, in order. Returns at once; acknowledged through the {@link Listener}. */
public interface Ends extends AutoCloseable {

    void publish(List<EndedTask> ends);

    @Override
    void close();

    interface Listener {
        /** All ends up to and including this number are public for good. */
        void onEndsPublished(long number);

        /** Some were not made public; whoever asked publishes again from the first unacknowledged one, later. */
        void onEndsFailed(Exception cause);
    }
}
