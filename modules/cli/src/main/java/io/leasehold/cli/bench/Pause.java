package io.leasehold.cli.bench;

/**
 * How long one shard was away.
 *
 * @param round counts from 1
 * @param kind {@code kill}, {@code stop} (SIGTERM) or {@code move} (back to a coordinator that joined)
 * @param from the coordinator that had the shard
 * @param grantMs without a task granted: after a kill counted from the signal, else the longest pause; -1 if it lasted too long
 * @param submitMs the same without a submission acknowledged
 */
record Pause(int round, String kind, int shard, String from, long grantMs, long submitMs) {
    static final String KILL = "kill";
    static final String STOP = "stop";
    static final String MOVE = "move";
}
