package io.leasehold.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.Task;
import io.leasehold.cli.local.CoordinatorChild;
import io.leasehold.client.LeaseholdWorker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class JoinIT {
    private static final String QUEUE = "join";
    private static Pair pair;

    @BeforeAll
    static void start() throws IOException {
        pair = Pair.shared();
    }

    @Test
    void joiningCoordinatorTakesItsShareWhileWorkRunsAndNothingRunsTwice() throws Exception {
        pair.alive().get(1).close();
        pair.awaitShares();
        CoordinatorChild alone = pair.alive().get(0);
        Wire wire = Wire.to(alone);
        ConcurrentMap<String, AtomicInteger> runs = new ConcurrentHashMap<>();
        List<String> submitted = new ArrayList<>();

        try (LeaseholdWorker worker = LeaseholdWorker.builder(alone.url().toString())
                .queue(QUEUE)
                .concurrency(4)
                .onAny((task, payload) -> {
                    runs.computeIfAbsent(task.id(), id -> new AtomicInteger()).incrementAndGet();
                    TimeUnit.MILLISECONDS.sleep(5);
                    return null;
                })
                .build()) {
            worker.start();
            submit(wire, submitted, 100);
            CoordinatorChild joined = pair.join();
            while (ownedBy(joined, wire) == 0) {
                submit(wire, submitted, 20);
            }
            submit(wire, submitted, 100);
            pair.awaitShares();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> runs.keySet().containsAll(submitted));

            assertThat(ownedBy(joined, wire)).isBetween(1L, 3L);
        }
        assertThat(submitted).allSatisfy(id -> assertThat(wire.get(id).state()).isEqualTo("completed"));
        assertThat(runs).allSatisfy((id, count) -> assertThat(count.get()).isEqualTo(1));
    }

    /** A refused submission is repeated, as a client does: the id makes that safe. */
    private static void submit(Wire wire, List<String> submitted, int count) {
        for (int i = 0; i < count; i++) {
            String id = "join-" + submitted.size();
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> wire.submit(Task.of(QUEUE, 1).id(id)));
            submitted.add(id);
        }
    }

    private static long ownedBy(CoordinatorChild coordinator, Wire wire) {
        return wire.cluster().shards().stream()
                .filter(shard -> coordinator.id().equals(shard.owner()) && "active".equals(shard.status()))
                .count();
    }
}
