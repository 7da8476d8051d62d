package io.leasehold.core.decide;

/**
 * What the decider goes by beside the tasks' own settings.
 *
 * @param maxExpiries after so many counted expiries a task is given up
 * @param maxTasks live tasks and dead letters of a shard; above, nothing more is accepted
 * @param maxBytes about the memory that all it remembers may take
 * @param maxQueues queues of a shard that have live tasks or dead letters; above, no task of another queue is accepted
 */
public record Policy(int maxExpiries, long maxTasks, long maxBytes, int maxQueues) {
    public static final Policy DEFAULT = new Policy(3, 10_000_000, 2L << 30, 10_000);

    public Policy {
        require("maxExpiries", maxExpiries);
        require("maxTasks", maxTasks);
        require("maxBytes", maxBytes);
        require("maxQueues", maxQueues);
    }

    private static void require(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least 1)");
        }
    }
}
