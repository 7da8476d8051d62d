package io.leasehold.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much is logged to standard error: by default warnings alone. */
public final class Logs {
    private static int verbosity;

    private Logs() {}

    static synchronized void verbosity(int times) {
        verbosity = times;
        level("io.leasehold", times >= 2 ? Level.DEBUG : Level.INFO);
        if (times >= 2) {
            level(Logger.ROOT_LOGGER_NAME, Level.INFO);
        }
    }

    static synchronized int verbosity() {
        return verbosity;
    }

    /** For processes that stay: what happens to shards and members is worth a line. */
    public static synchronized void ofService() {
        if (verbosity == 0) {
            level("io.leasehold", Level.INFO);
        }
    }

    private static void level(String name, Level level) {
        if (LoggerFactory.getLogger(name) instanceof Logger logger) {
            logger.setLevel(level);
        }
    }
}
