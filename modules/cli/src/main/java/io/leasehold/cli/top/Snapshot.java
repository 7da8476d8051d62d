package io.leasehold.cli.top;

import io.leasehold.api.ClusterView;
import io.leasehold.api.QueuesView;
import io.leasehold.cli.http.Figures;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The cluster between two samples. What is not known is null.
 *
 * @param asOf epoch milliseconds
 * @param incomplete shards whose tasks are not counted
 */
record Snapshot(
        long asOf, List<Queue> queues, List<Shard> shards, List<Coordinator> coordinators, List<Integer> incomplete) {
    /**
     * @param inPerSecond accepted
     * @param outPerSecond ended, in whatever way
     * @param waitMs how long those leased since the last sample had been ready, on average
     */
    record Queue(
            String queue,
            long ready,
            long delayed,
            long leased,
            long dead,
            Double inPerSecond,
            Double outPerSecond,
            Double waitMs) {}

    /**
     * @param turnsPerSecond records written to the journal
     * @param appendMs from sending one to its acknowledgement, on average
     */
    record Shard(
            int shard,
            String status,
            String owner,
            String standby,
            Boolean standbyReady,
            long epoch,
            Long inboxLag,
            Long tasks,
            Double turnsPerSecond,
            Double appendMs) {}

    record Coordinator(
            String id, String url, boolean up, long shards, Long parkedPolls, Long heapBytes, Long heapMaxBytes) {}

    static Snapshot between(Sample before, Sample now) {
        double seconds = now.secondsSince(before);
        return new Snapshot(
                now.cluster().asOf(),
                queues(before, now, seconds),
                shards(before, now, seconds),
                now.cluster().coordinators().stream()
                        .map(each -> coordinator(each, now))
                        .toList(),
                now.queues().incomplete());
    }

    private static List<Queue> queues(Sample before, Sample now, double seconds) {
        Map<String, Double> in = now.risen(before, "leasehold_tasks_accepted_total", "queue");
        Map<String, Double> out = now.risen(before, "leasehold_tasks_ended_total", "queue");
        Map<String, Double> waited = now.risen(before, "leasehold_task_wait_seconds_sum", "queue");
        Map<String, Double> leased = now.risen(before, "leasehold_task_wait_seconds_count", "queue");
        return now.queues().queues().stream()
                .map(each -> new Queue(
                        each.queue(),
                        count(each, "ready"),
                        count(each, "delayed"),
                        count(each, "leased"),
                        count(each, "dead"),
                        per(in.get(each.queue()), seconds),
                        per(out.get(each.queue()), seconds),
                        mean(waited.get(each.queue()), leased.get(each.queue()))))
                .toList();
    }

    private static List<Shard> shards(Sample before, Sample now, double seconds) {
        Map<String, Double> appends = now.risen(before, "leasehold_journal_append_seconds_count", "shard");
        Map<String, Double> took = now.risen(before, "leasehold_journal_append_seconds_sum", "shard");
        return now.cluster().shards().stream()
                .map(each -> {
                    String number = Integer.toString(each.shard());
                    return new Shard(
                            each.shard(),
                            each.status(),
                            each.owner(),
                            each.standby(),
                            each.standbyReady(),
                            each.epoch(),
                            each.inboxLag(),
                            each.live(),
                            per(appends.get(number), seconds),
                            mean(took.get(number), appends.get(number)));
                })
                .toList();
    }

    private static Coordinator coordinator(ClusterView.Coordinator each, Sample now) {
        Figures figures = now.figures().get(each.id());
        long shards = now.cluster().shards().stream()
                .filter(shard -> Objects.equals(shard.owner(), each.id()))
                .count();
        if (figures == null) {
            return new Coordinator(each.id(), each.url(), false, shards, null, null, null);
        }
        long[] heap = figures.heap();
        long parked = (long) figures.sum("leasehold_polls_parked");
        return new Coordinator(each.id(), each.url(), true, shards, parked, heap[0], heap[1]);
    }

    private static long count(QueuesView.QueueView queue, String state) {
        return queue.states().getOrDefault(state, 0L);
    }

    private static Double per(Double count, double seconds) {
        return count == null ? null : (Double) (count / seconds);
    }

    /** In milliseconds; null if there was nothing. */
    private static Double mean(Double seconds, Double count) {
        return seconds == null || count == null || count == 0 ? null : (Double) (1_000 * seconds / count);
    }
}
