package io.leasehold.chaos.judge;

import java.util.List;
import java.util.Map;

/**
 * What a history shows.
 *
 * @param broken how many times each guarantee was, all of them named
 * @param counts tasks and leases
 * @param redeliveries how many tasks were given out again, by the reason
 */
public record Verdict(
        Map<String, Integer> broken,
        List<Violation> violations,
        Map<String, Long> counts,
        Map<String, Integer> redeliveries) {

    public boolean isGood() {
        return violations.isEmpty();
    }
}
