package io.leasehold.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.QueuesView;
import io.leasehold.coordinator.desk.QueueView;
import io.leasehold.core.state.PriorityBand;
import io.leasehold.core.task.TaskState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that are put together from what several shards and coordinators tell. */
class QueuePageTest {
    private static final int LIMIT = 10;

    /** How many tasks are ready in each queue of one shard. */
    private static NavigableMap<String, Long> shard(Random random) {
        NavigableMap<String, Long> shard = new TreeMap<>();
        for (int i = random.nextInt(80); i > 0; i--) {
            shard.put("q" + random.nextInt(100), (long) random.nextInt(50));
        }
        return shard;
    }

    private static List<QueueView> told(NavigableMap<String, Long> shard, String after, int limit) {
        return shard.tailMap(after, false).entrySet().stream()
                .limit(limit)
                .map(each -> {
                    long[][] counts = new long[TaskState.values().length][PriorityBand.values().length];
                    counts[TaskState.READY.ordinal()][PriorityBand.values().length - 1] = each.getValue();
                    return new QueueView(each.getKey(), counts);
                })
                .toList();
    }

    /** What the coordinator of that shard answers: one of an older release all that it has, whatever it is asked for. */
    private static QueuesView answered(NavigableMap<String, Long> shard, String after, boolean older) {
        QueuePage page = new QueuePage(older ? "" : after, older ? 1_000 : LIMIT);
        page.add(told(shard, page.after(), page.limit() + 1));
        QueuesView view = page.view();
        return older ? new QueuesView(view.asOf(), view.queues(), null, view.incomplete()) : view;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void eachQueueIsOnOnePageWithItsWholeSum(long seed) {
        Random random = new Random(seed);
        List<NavigableMap<String, Long>> shards = List.of(shard(random), shard(random), shard(random), shard(random));
        Map<String, Long> expected = new TreeMap<>();
        shards.forEach(shard -> shard.forEach((name, count) -> expected.merge(name, count, Long::sum)));

        Map<String, Long> seen = new TreeMap<>();
        String after = "";
        while (after != null) {
            QueuePage page = new QueuePage(after, LIMIT);
            List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3));
            Collections.shuffle(order, random);
            for (int number : order) {
                NavigableMap<String, Long> shard = shards.get(number);
                if (number < 2) {
                    page.add(told(shard, after, LIMIT + 1));
                } else {
                    page.add(answered(shard, after, number == 3));
                }
            }
            QueuesView view = page.view();
            assertThat(view.queues()).hasSizeBetween(1, LIMIT);
            view.queues().forEach(queue -> {
                assertThat(seen).doesNotContainKey(queue.queue());
                assertThat(queue.states().get("ready"))
                        .isEqualTo(queue.bands().get(">=10").get("ready"));
                seen.put(queue.queue(), queue.states().get("ready"));
            });
            after = view.next();
        }

        assertThat(seen).isEqualTo(expected);
    }
}
