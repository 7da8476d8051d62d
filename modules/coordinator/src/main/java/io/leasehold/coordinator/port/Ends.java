package io.leasehold.coordinator.port;

import java.util.List;

/**
 * Where ends are made public, at least once. Returns at once; what comes of it is told to the {@link Listener}, from any
 * thread.
 *
 * <p>Whoever asks counts attempts: within one, each end is asked for once, in the order of the ends. Once one of them has
 * failed, the attempt is over: what of it is still to be sent is not sent any more, and the next attempt begins again with
 * the first end that is not known to be public. So the first copies are in order, except that an end may come before one
 * that failed.
 */
public interface Ends extends AutoCloseable {

    /** @param attempt not below that of an earlier call */
    void publish(long attempt, List<EndedTask> ends);

    @Override
    void close();

    interface Listener {
        /**
         * All ends up to and including this number that the attempt was asked for are public for good, unless the attempt
         * was said to have failed: then this says nothing.
         */
        void onEndsPublished(long attempt, long number);

        /** Some end of this attempt was not made public, or nobody knows. */
        void onEndsFailed(long attempt, Exception cause);
    }
}
