package io.leasehold.server.http;

import java.util.List;

/** Whether this coordinator is ready to serve. Thread-safe. */
@FunctionalInterface
public interface Readiness {
    /** @param what was looked at, in a few words; why it does not hold, or null */
    record Check(String what, String why) {
        public boolean holds() {
            return why == null;
        }
    }

    List<Check> checks();
}
