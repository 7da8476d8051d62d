package io.leasehold.api;

import java.util.List;

/**
 * {@code GET /v1/dead?queue=&limit=&after=}: dead tasks with their cause but without payload and result, shard by shard, each
 * in the order of admission. Long error texts are cut.
 *
 * @param asOf epoch milliseconds
 * @param total how many there are, listed or not
 * @param next what to pass as {@code after} to go on from here, or null if this is the end
 * @param incomplete shards whose tasks are not listed, for they have no owner at present
 */
public record DeadView(long asOf, List<TaskView> tasks, long total, String next, List<Integer> incomplete) {}
