package io.leasehold.cli.top;

import io.leasehold.api.ClusterView;
import io.leasehold.api.QueuesView;
import io.leasehold.cli.http.Figures;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the cluster said at one moment.
 *
 * @param figures of each coordinator that answered, by id
 */
record Sample(long nanos, ClusterView cluster, QueuesView queues, Map<String, Figures> figures) {

    /** By how much a counter rose since an earlier sample, by label; a coordinator that started since counts from 0. */
    Map<String, Double> risen(Sample since, String counter, String label) {
        Map<String, Double> sums = new TreeMap<>();
        figures.forEach((id, now) -> {
            Figures before = since.figures().get(id);
            Map<String, Double> earlier = before == null ? null : before.sumBy(counter, label);
            now.sumBy(counter, label).forEach((value, count) -> {
                // One that was not asked before has counted for longer than since then.
                double rise = earlier == null ? 0 : count - earlier.getOrDefault(value, 0.0);
                sums.merge(value, rise < 0 ? count : rise, Double::sum);
            });
        });
        return sums;
    }

    double secondsSince(Sample before) {
        return Math.max(1e-3, (nanos - before.nanos()) / 1e9);
    }
}
