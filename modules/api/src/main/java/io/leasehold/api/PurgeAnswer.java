package io.leasehold.api;

import java.util.List;

/**
 * @param purged how many dead tasks were given up for good
 * @param notDead how many of the ids asked for are not dead, or not known, or were purged before
 * @param incomplete shards that gave no answer, or whose dead tasks became more or fewer meanwhile
 */
public record PurgeAnswer(int purged, int notDead, List<Integer> incomplete) {}
