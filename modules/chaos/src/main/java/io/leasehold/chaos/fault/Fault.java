package io.leasehold.chaos.fault;

/**
 * One fault as planned.
 *
 * @param number from 1 on
 * @param target which coordinator, process of workers, or broker, from 0 on; 0 where there is but one
 * @param holdMs how long it lasts, the time that healing takes aside
 * @param variant any number: chooses among the ways in which the kind can be done
 */
public record Fault(int number, FaultKind kind, int target, long holdMs, int variant) {
    /** What it is done to, in one word. */
    public String targetName() {
        return switch (kind.place) {
            case COORDINATOR -> "c" + (target + 1);
            case WORKERS -> "workers-" + (target + 1);
            case KAFKA -> "kafka";
            case ZOOKEEPER -> "zookeeper";
            case TOPICS, END -> "journal";
        };
    }

    /** Faults of the same key must not run at the same time. */
    String key() {
        return targetName();
    }
}
