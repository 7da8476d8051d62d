package io.leasehold.coordinator.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.desk.LeasedTask;
import io.leasehold.coordinator.desk.Refusal;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.decide.Wanted;
import io.leasehold.core.task.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ShardThreadTest {
    private static final int SHARDS = 4;
    private static final int TASKS = 8_000;
    private static final int POLLERS = 8;

    private final FrontDesk desk = new FrontDesk(Clock.system(), 1_000);
    private final Map<String, AtomicInteger> leases = new ConcurrentHashMap<>();
    private final CountDownLatch all = new CountDownLatch(TASKS);

    @Test
    void pollersOfManyShardsGetEveryTaskOnceWithoutAnyOfThemTimingOut() throws Exception {
        List<ShardThread> threads = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            InMemoryLogs logs = new InMemoryLogs(Clock.system(), SHARDS);
            ShardThread thread = new ShardThread(OneShard.loop(shard, "a", Clock.system(), logs, desk), ended -> {});
            thread.start();
            thread.loop().claim();
            threads.add(thread);
        }
        while (threads.stream().anyMatch(thread -> thread.loop().status() != ShardStatus.ACTIVE)) {
            Thread.onSpinWait();
        }
        for (int worker = 0; worker < POLLERS; worker++) {
            pollOn("w" + worker);
        }

        for (int i = 0; i < TASKS; i++) {
            CompletableFuture<Accepted> accepted = new CompletableFuture<>();
            Submission submission = new Submission(OneShard.task("t" + i, i % 10), 0);
            desk.submit(i % SHARDS, List.of(submission), answer(list -> accepted.complete(list.get(0))));
            if (i % 100 == 0) {
                assertThat(accepted.get(10, TimeUnit.SECONDS)).isEqualTo(Accepted.NEW);
            }
        }

        assertThat(all.await(30, TimeUnit.SECONDS))
                .as("all tasks leased: " + all.getCount() + " left")
                .isTrue();
        assertThat(leases.values()).allMatch(times -> times.get() == 1);
        for (ShardThread thread : threads) {
            thread.loop().close();
            thread.join(5_000);
        }
    }

    private void pollOn(String worker) {
        Wanted wanted = new Wanted(worker, List.of("default"), 3, 1 << 20, 0, null);
        desk.poll(wanted, 0, answer(leased -> {
            for (LeasedTask one : leased) {
                leases.computeIfAbsent(one.grant().task().id(), id -> new AtomicInteger())
                        .incrementAndGet();
                all.countDown();
            }
            if (all.getCount() > 0) {
                pollOn(worker);
            }
        }));
    }

    private static <T> Answer<T> answer(java.util.function.Consumer<T> then) {
        return new Answer<>() {
            @Override
            public void done(T value) {
                then.accept(value);
            }

            @Override
            public void refused(Refusal why) {}
        };
    }
}
