package io.leasehold.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.Grant;
import io.leasehold.api.LeaseStatus;
import io.leasehold.api.ReportStatus;
import io.leasehold.api.Task;
import io.leasehold.api.TaskView;
import io.leasehold.cli.Failure;
import io.leasehold.cli.local.CoordinatorChild;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ZombieIT {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final String QUEUE = "zombie";
    private static Pair pair;

    @BeforeAll
    static void start() throws IOException {
        pair = Pair.shared();
    }

    /**
     * The owner stands still for longer than its session, its shard moves on, requests pile up in its sockets; then it goes
     * on as if no time had passed.
     */
    @Test
    void pausedOwnerAnswersNothingFalseAndItsLateRecordsAreVoid() throws Exception {
        CoordinatorChild zombie = pair.alive().get(0);
        CoordinatorChild other = pair.otherThan(zombie);
        Wire wire = Wire.to(other);
        int shard = shardOf(zombie, wire);
        String cancelled = Homes.idAt(shard, "cancelled");
        String late = Homes.idAt(shard, "late");
        Grant held = granted(Wire.to(zombie), Homes.idAt(shard, "held"));
        assertThat(wire.submit(Task.of(QUEUE, 1).id(cancelled))).isTrue();
        long epochBefore = wire.cluster().shards().get(shard).epoch();

        zombie.jvm().pause();
        pair.await(
                wire,
                view -> other.id().equals(view.shards().get(shard).owner())
                        && "active".equals(view.shards().get(shard).status()));
        assertThat(wire.heartbeat("w", held.lease())).isEqualTo(LeaseStatus.OK);
        assertThat(wire.succeed("w", held.lease(), "\"first\"")).isEqualTo(ReportStatus.OK);
        wire.cancel(cancelled);

        CompletableFuture<LeaseStatus> beat = later(() -> Wire.to(zombie).heartbeat("w", held.lease()));
        CompletableFuture<ReportStatus> report = later(() -> Wire.to(zombie).fail("w", held.lease(), "too late"));
        CompletableFuture<TaskView> read = later(() -> Wire.to(zombie).get(cancelled));
        CompletableFuture<List<Grant>> poll = later(() -> Wire.to(zombie).poll("z", QUEUE, 10, 0));
        CompletableFuture<Boolean> submit =
                later(() -> Wire.to(zombie).submit(Task.of(QUEUE, 1).id(late).lease(LEASE)));
        zombie.jvm().resume();

        assertThat(answerOf(beat)).isNotEqualTo(LeaseStatus.OK);
        assertThat(answerOf(report)).isNotEqualTo(ReportStatus.OK);
        TaskView seen = answerOf(read);
        assertThat(seen == null ? "cancelled" : seen.state()).isEqualTo("cancelled");
        List<Grant> grants = answerOf(poll);
        if (grants != null) {
            assertThat(grants)
                    .allSatisfy(grant ->
                            assertThat(wire.heartbeat("z", grant.lease())).isEqualTo(LeaseStatus.OK));
        }
        if (Boolean.TRUE.equals(answerOf(submit))) {
            assertThat(wire.getPatiently(late).id()).isNotNull();
        }
        assertTruthIsUnchanged(wire, held.task().id(), cancelled);

        // The zombie has to read the whole journal now, its own late records included.
        pair.awaitShares();
        other.jvm().kill();
        Wire heir = Wire.to(zombie);
        pair.awaitShares();
        assertTruthIsUnchanged(heir, held.task().id(), cancelled);
        assertThat(heir.cluster().shards().get(shard).epoch()).isGreaterThan(epochBefore);
    }

    private static void assertTruthIsUnchanged(Wire wire, String completed, String cancelled) {
        TaskView held = wire.getPatiently(completed);
        assertThat(held.state()).isEqualTo("completed");
        assertThat(held.result()).hasToString("\"first\"");
        assertThat(held.failures()).isZero();
        assertThat(wire.getPatiently(cancelled).state()).isEqualTo("cancelled");
    }

    private static Grant granted(Wire wire, String id) {
        assertThat(wire.submit(Task.of(QUEUE, 1).id(id).lease(LEASE))).isTrue();
        List<Grant> grants = wire.poll("w", QUEUE, 1, 5_000);
        assertThat(grants).hasSize(1);
        return grants.get(0);
    }

    private static int shardOf(CoordinatorChild owner, Wire wire) {
        return wire.cluster().shards().stream()
                .filter(shard -> owner.id().equals(shard.owner()))
                .findFirst()
                .orElseThrow()
                .shard();
    }

    private static <T> CompletableFuture<T> later(Supplier<T> request) {
        return CompletableFuture.supplyAsync(request);
    }

    /** The answer, or null if there was none or an error. */
    private static <T> T answerOf(CompletableFuture<T> request) throws Exception {
        try {
            return request.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(Failure.class);
            return null;
        }
    }
}
