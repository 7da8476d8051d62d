package io.leasehold.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.Grant;
import io.leasehold.api.ReportStatus;
import io.leasehold.api.Task;
import io.leasehold.cli.local.CoordinatorChild;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FailoverIT {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static Pair pair;

    @BeforeAll
    static void start() throws IOException {
        pair = Pair.shared();
    }

    @Test
    void killedOwnersShardsAreServedElsewhereAndNothingAcknowledgedIsLost() throws InterruptedException {
        CoordinatorChild victim = pair.alive().get(0);
        CoordinatorChild survivor = pair.otherThan(victim);
        Wire wire = Wire.to(survivor);
        Set<String> completed = complete(List.of(wire, Wire.to(victim)), 20);
        Submitter submitter = new Submitter(survivor);

        submitter.start();
        Awaitility.await().until(() -> submitter.acknowledged.size() > 50);
        victim.jvm().kill();
        int atKill = submitter.acknowledged.size();
        pair.awaitShares();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> submitter.acknowledged.size() > atKill + 50);
        submitter.finish();

        List<String> acknowledged = new ArrayList<>(submitter.acknowledged);
        assertThat(completed)
                .allSatisfy(id -> assertThat(wire.getPatiently(id).state()).isEqualTo("completed"));
        assertThat(drain(wire)).doesNotHaveDuplicates().containsAll(acknowledged);
    }

    private static Set<String> complete(List<Wire> both, int count) {
        Set<String> done = new HashSet<>();
        for (int i = 0; i < count; i++) {
            assertThat(both.get(0).submit(Task.of("before", i).id("before-" + i)))
                    .isTrue();
        }
        while (done.size() < count) {
            for (Wire wire : both) {
                for (Grant grant : wire.poll("w", "before", 10, 0)) {
                    assertThat(wire.succeed("w", grant.lease(), "1")).isEqualTo(ReportStatus.OK);
                    done.add(grant.task().id());
                }
            }
        }
        return done;
    }

    /** Takes every task of the queue; all are granted, for a submission may be in the log that was not acknowledged. */
    private static List<String> drain(Wire wire) {
        List<String> ids = new ArrayList<>();
        List<Grant> grants = wire.poll("w", "during", 100, 2_000);
        while (!grants.isEmpty()) {
            grants.forEach(grant -> ids.add(grant.task().id()));
            grants = wire.poll("w", "during", 100, 2_000);
        }
        return ids;
    }

    /** Submits one task after the other, through whatever happens. */
    private static final class Submitter {
        private final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean stop = new AtomicBoolean();
        private final AtomicInteger next = new AtomicInteger();
        private final Thread thread;

        Submitter(CoordinatorChild survivor) {
            Wire wire = Wire.to(survivor);
            thread = new Thread(() -> {
                while (!stop.get()) {
                    String id = "during-" + next.incrementAndGet();
                    if (wire.submit(Task.of("during", id).id(id).lease(LEASE))) {
                        acknowledged.add(id);
                    }
                }
            });
        }

        void start() {
            thread.start();
        }

        void finish() throws InterruptedException {
            stop.set(true);
            thread.join(TimeUnit.SECONDS.toMillis(40));
            assertThat(thread.isAlive()).isFalse();
        }
    }
}
