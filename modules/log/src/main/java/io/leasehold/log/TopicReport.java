package io.leasehold.log;

import java.util.List;
import java.util.Map;

/**
 * One of the four topics as it is, or as it would be made.
 *
 * @param exists whether it is there; else the rest says what would be made
 * @param replicas the fewest copies that a partition of it has
 * @param settings as it would be created with; empty if it is there
 * @param problems what is wrong with it as it is; empty if nothing is
 */
public record TopicReport(
        String name,
        boolean exists,
        int partitions,
        int replicas,
        Map<String, String> settings,
        List<String> problems) {}
