package io.leasehold.cli.bench;

import io.leasehold.api.InvalidTask;
import io.leasehold.api.PayloadCodec;
import io.leasehold.api.Routes;
import io.leasehold.api.Task;
import io.leasehold.cli.http.Coordinator;
import java.util.concurrent.TimeUnit;

/** That one more task of a shard is taken; the same one again until it is. */
final class SubmitQuestion implements Probe.Question {
    private static final int MAX_TASK_BYTES = 10_000;
    private static final long FOR_GOOD_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final int shard;
    private final int shards;
    private long number;
    private String id;
    private long firstAskedNanos;
    private volatile int refusedForGood;

    SubmitQuestion(int shard, int shards) {
        this.shard = shard;
        this.shards = shards;
    }

    /** How many tasks nobody took for half a minute. */
    int refusedForGood() {
        return refusedForGood;
    }

    @Override
    public boolean ask(Coordinator coordinator) {
        if (id == null) {
            id = QueuedTasks.idAt(shard, shards, "probe-" + shard + "-" + number++);
            firstAskedNanos = System.nanoTime();
        }
        boolean taken = false;
        try {
            byte[] task = Task.of(QueuedTasks.queueOf(shard), 1).id(id).toJson(PayloadCodec.jackson(), MAX_TASK_BYTES);
            taken = coordinator.postForAnswer(Routes.TASKS, task).statusCode() == 201;
        } catch (InvalidTask e) {
            throw new IllegalStateException(e);
        } finally {
            boolean late = System.nanoTime() - firstAskedNanos > FOR_GOOD_NANOS;
            refusedForGood += !taken && late ? 1 : 0;
            id = taken || late ? null : id;
        }
        return taken;
    }
}
