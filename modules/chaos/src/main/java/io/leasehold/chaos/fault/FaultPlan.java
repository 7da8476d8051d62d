package io.leasehold.chaos.fault;

import java.util.List;
import java.util.Random;

/** Which fault comes next: the same seed gives the same ones in the same order. Not thread-safe. */
public final class FaultPlan {
    private static final int TOGETHER_PERCENT = 15;
    private static final int LONG_OUTAGE_MS = 90_000;
    private static final int LONG_OUTAGE_ONE_IN = 6;

    private final Random random;
    private final List<FaultKind> kinds;
    private final int coordinators;
    private final int workerProcesses;
    private final int brokers;
    private final long longestMs;
    private final int totalWeight;
    private int count;

    /**
     * @param kinds those to choose from; none of them may be a last one
     * @param longestMs no fault is held longer
     */
    public FaultPlan(
            long seed, List<FaultKind> kinds, int coordinators, int workerProcesses, int brokers, long longestMs) {
        this.random = new Random(seed);
        this.kinds = List.copyOf(kinds);
        this.coordinators = coordinators;
        this.workerProcesses = workerProcesses;
        this.brokers = brokers;
        this.longestMs = longestMs;
        this.totalWeight = kinds.stream().mapToInt(kind -> kind.weight).sum();
        if (totalWeight == 0) {
            throw new IllegalArgumentException("kinds: " + kinds + " (expected: at least one that is not the last)");
        }
    }

    public Fault next() {
        return of(kind());
    }

    /** The next fault, of a given kind. */
    public Fault of(FaultKind kind) {
        int target = switch (kind.place) {
            case COORDINATOR -> random.nextInt(coordinators);
            case WORKERS -> random.nextInt(workerProcesses);
            case KAFKA -> random.nextInt(brokers);
            default -> 0;
        };
        long holdMs = kind.leastMs + random.nextInt(kind.mostMs - kind.leastMs + 1);
        int variant = random.nextInt(1 << 16);
        if (kind == FaultKind.ZOOKEEPER_DOWN && variant % LONG_OUTAGE_ONE_IN == 0) {
            holdMs = LONG_OUTAGE_MS;
        }
        return new Fault(++count, kind, target, Math.min(holdMs, longestMs), variant);
    }

    /** Whether another one comes at the same time. */
    public boolean together() {
        return random.nextInt(100) < TOGETHER_PERCENT;
    }

    private FaultKind kind() {
        int at = random.nextInt(totalWeight);
        for (FaultKind kind : kinds) {
            at -= kind.weight;
            if (at < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("weights: more than their sum");
    }
}
