package io.leasehold.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.Marker;

/**
 * Leaves out lines of libraries that sound alarming and say nothing: one by one, by their very words, for others of the same
 * loggers may matter.
 */
public final class HarmlessLines extends TurboFilter {
    static final String ELECTION = "org.apache.curator.framework.recipes.leader.LeaderLatch";

    /** After each loss of a session, the election's node went with it; the next word makes another one. */
    static final String NODE_GONE = "[id={}] failed to find our node; resetting (index: {})";

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable thrown) {
        boolean isHarmless = NODE_GONE.equals(format) && ELECTION.equals(logger.getName());
        return isHarmless ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
