package io.leasehold.chaos.fault;

import io.leasehold.chaos.cluster.ChaosCluster;
import io.leasehold.chaos.history.Event;
import io.leasehold.chaos.history.HistoryWriter;
import io.leasehold.chaos.load.ShardProbes;
import io.leasehold.chaos.load.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Runs faults to their end and measures what they cost. Faults of different keys may run from different threads. */
public final class FaultRunner {
    private static final long SETTLE_MS = 45_000;
    private static final long PAUSE_MS = 50;

    private final Striker striker;
    private final ClusterMap map;
    private final ShardProbes probes;
    private final HistoryWriter history;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final List<Outage> outages = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    public FaultRunner(
            ChaosCluster cluster, Workers workers, ClusterMap map, ShardProbes probes, HistoryWriter history) {
        this.striker = new Striker(cluster, workers);
        this.map = map;
        this.probes = probes;
        this.history = history;
    }

    /** Takes the fault's target for it; false if something else is being done to it. */
    public boolean claim(Fault fault) {
        return busy.add(fault.key());
    }

    /** Begins a fault that was claimed, holds it, heals it, and waits until every shard has granted something since. */
    public Outage run(Fault fault) throws InterruptedException {
        List<Integer> shards = map.affectedBy(fault);
        long beganNs = System.nanoTime();
        history.write(new Event.FaultBegan(fault.number(), fault.kind().word(), fault.targetName(), shards, beganNs));
        String note;
        try {
            Healing healing = striker.strike(fault);
            TimeUnit.MILLISECONDS.sleep(fault.holdMs());
            note = healing.heal();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            note = "FAILED: " + e.getMessage();
            failed(fault, e);
        } finally {
            busy.remove(fault.key());
        }
        long healedNs = System.nanoTime();
        boolean settled = settle(healedNs);
        long endNs = System.nanoTime();
        history.write(new Event.FaultEnded(fault.number(), endNs, note));
        Outage outage = new Outage(
                fault,
                shards,
                TimeUnit.NANOSECONDS.toMillis(healedNs - beganNs),
                shards.stream()
                        .map(shard -> probes.longestGapMs(shard, beganNs, endNs))
                        .toList(),
                settled,
                note);
        synchronized (outages) {
            outages.add(outage);
        }
        return outage;
    }

    /** What all faults so far have cost. */
    public List<Outage> outages() {
        synchronized (outages) {
            return List.copyOf(outages);
        }
    }

    /** Faults that could not be done, or showed what must not be. */
    public List<String> failures() {
        synchronized (failures) {
            return List.copyOf(failures);
        }
    }

    private void failed(Fault fault, Exception e) {
        synchronized (failures) {
            failures.add("fault " + fault.number() + " " + fault.kind().word() + ": " + e.getMessage());
        }
    }

    private boolean settle(long sinceNs) throws InterruptedException {
        while (System.nanoTime() - sinceNs < TimeUnit.MILLISECONDS.toNanos(SETTLE_MS)) {
            boolean all = true;
            for (int shard = 0; shard < ChaosCluster.SHARDS; shard++) {
                all &= probes.hasGrantedSince(shard, sinceNs);
            }
            if (all) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
        return false;
    }
}
