package io.leasehold.api;

import java.util.List;

/**
 * {@code GET /v1/dead?queue=&limit=}: dead tasks with their cause, latest first.
 *
 * @param asOf epoch milliseconds
 * @param total how many there are, listed or not
 * @param incomplete shards whose tasks are not listed, for they have no owner at present
 */
public record DeadView(long asOf, List<TaskView> tasks, long total, List<Integer> incomplete) {}
