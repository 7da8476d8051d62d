package io.leasehold.verify;

import java.util.List;

/**
 * Where a guarantee does not hold.
 *
 * @param offset of the journal's record that shows it
 * @param what is wrong there
 * @param facts of the task concerned up to there, oldest first; of a long life the middle is left out. Empty if no task is
 *     concerned
 */
public record CounterExample(Guarantee guarantee, int shard, long offset, String what, List<Fact> facts) {}
