package io.leasehold.api;

import java.util.List;

/**
 * @param redriven how many tasks began a new life
 * @param notDead how many of the ids asked for are not dead, or not known
 * @param incomplete shards that could not be asked, for they have no owner at present
 */
public record RedriveAnswer(int redriven, int notDead, List<Integer> incomplete) {}
