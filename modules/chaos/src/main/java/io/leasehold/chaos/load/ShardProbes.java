package io.leasehold.chaos.load;

import io.leasehold.chaos.history.HistoryWriter;
import io.leasehold.client.transport.VertxTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A probe for every shard, and what they saw. Safe for any thread. */
public final class ShardProbes implements AutoCloseable {
    private final VertxTransport transport = new VertxTransport();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread thread = new Thread(run, "probes");
        thread.setDaemon(true);
        return thread;
    });
    private final List<ShardProbe> probes = new ArrayList<>();
    private final List<Moments> grants = new ArrayList<>();
    private final List<Moments> acceptances = new ArrayList<>();

    /** @param urls of the coordinators, with nothing in between */
    public ShardProbes(HistoryWriter history, List<String> urls, int shards) {
        for (int shard = 0; shard < shards; shard++) {
            Moments granted = new Moments();
            Moments accepted = new Moments();
            grants.add(granted);
            acceptances.add(accepted);
            probes.add(new ShardProbe(shard, shards, urls, transport, history, clock, accepted::add, granted::add));
        }
    }

    public void start() {
        probes.forEach(ShardProbe::start);
    }

    /** What was submitted is still polled for. */
    public void stopSubmitting() {
        probes.forEach(ShardProbe::stopSubmitting);
    }

    /** Whether the shard has granted something since. */
    public boolean hasGrantedSince(int shard, long ns) {
        return grants.get(shard).hasSince(ns);
    }

    /** The longest time without a grant of the shard that has a part in the interval. */
    public long longestGapMs(int shard, long fromNs, long toNs) {
        return grants.get(shard).longestGapNs(fromNs, toNs) / 1_000_000;
    }

    /** Whether the shard has accepted a submission since. */
    public boolean hasAcceptedSince(int shard, long ns) {
        return acceptances.get(shard).hasSince(ns);
    }

    /** The longest time in which no submission to the shard was accepted that has a part in the interval. */
    public long longestRefusalMs(int shard, long fromNs, long toNs) {
        return acceptances.get(shard).longestGapNs(fromNs, toNs) / 1_000_000;
    }

    @Override
    public void close() {
        probes.forEach(ShardProbe::stop);
        clock.shutdownNow();
        transport.close();
    }
}
