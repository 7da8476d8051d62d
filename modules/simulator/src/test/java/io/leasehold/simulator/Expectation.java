package io.leasehold.simulator;

/**
 * What was true of an id when somebody asked about it: an answer may be newer than that, but not older.
 *
 * @param task as the ledger knew it, or null
 * @param attempt of that task, then
 * @param ended whether that task had ended, then
 * @param isInInbox whether a submission of it lay in the inbox for all to see
 */
record Expectation(int shard, String id, LedgerTask task, int attempt, boolean ended, boolean isInInbox) {
    Expectation(int shard, String id, LedgerTask task, boolean isInInbox) {
        this(shard, id, task, task == null ? 0 : task.attempt, task != null && task.hasEnded(), isInInbox);
    }
}
