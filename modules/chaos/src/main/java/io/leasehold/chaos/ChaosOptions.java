package io.leasehold.chaos;

import io.leasehold.chaos.fault.FaultKind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a run does.
 *
 * @param minutes how long faults go on
 * @param once whether every kind of fault comes once, one after the other, instead of by chance for some minutes
 * @param kinds which faults; last ones come at the end
 * @param paceMs how long the cluster is left alone between two faults, on the average
 * @param rate tasks a second, through both doors together, probes aside
 */
record ChaosOptions(
        long seed,
        double minutes,
        int brokers,
        int zooKeepers,
        int workers,
        int rate,
        long paceMs,
        boolean once,
        List<FaultKind> kinds) {
    static final int WORKER_PROCESSES = 4;

    /** Every second seed has the journal deleted as soon as no replay needs it; the others keep it for those who look. */
    long historyMs() {
        return seed % 2 == 0 ? TimeUnit.DAYS.toMillis(1) : 0;
    }

    LoadedCluster.Load load() {
        int each = (workers + WORKER_PROCESSES - 1) / WORKER_PROCESSES;
        return new LoadedCluster.Load(seed, rate, WORKER_PROCESSES, each);
    }

    /** The one that ends the cluster's life, by the seed if there are several. */
    Optional<FaultKind> last() {
        List<FaultKind> last = kinds.stream().filter(FaultKind::isLast).toList();
        return last.isEmpty() ? Optional.empty() : Optional.of(last.get((int) (seed / 2 % last.size())));
    }

    /** Those that go on and on, without those that end the cluster's life. */
    List<FaultKind> running() {
        return kinds.stream().filter(kind -> !kind.isLast()).toList();
    }
}
