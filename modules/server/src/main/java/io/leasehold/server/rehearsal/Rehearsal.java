package io.leasehold.server.rehearsal;

import io.leasehold.api.Grant;
import io.leasehold.api.HeartbeatRequest;
import io.leasehold.api.Json;
import io.leasehold.api.Outcome;
import io.leasehold.api.PollAnswers;
import io.leasehold.api.PollRequest;
import io.leasehold.api.RawJson;
import io.leasehold.api.ReportRequest;
import io.leasehold.api.Routes;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.shard.ShardLoop;
import io.leasehold.server.forward.Forward;
import io.leasehold.server.forward.Forwarder;
import io.leasehold.server.forward.Reply;
import io.leasehold.server.http.HttpEdge;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes, grants, extends and ends tasks over HTTP, as one coordinator does for another, at an edge and a shard of its own.
 * Whoever comes to a process that has just started, a shard that moves to it above all, then does not wait for its code to be
 * loaded. If it fails, nothing is lost but that.
 */
public final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final String WORKER = "rehearsal";
    private static final int TASKS = 50;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long ANSWER_MS = 2_000;

    private final long startedNanos = System.nanoTime();
    private final Stage stage = new Stage();
    private final Vertx vertx;
    private final Forwarder client;
    private Member self;

    private Rehearsal(Vertx vertx) {
        this.vertx = vertx;
        this.client = stage.client(vertx);
    }

    /** Begins; the thread ends by itself in a few seconds at most. */
    public static Thread start() {
        Thread thread = new Thread(Rehearsal::rehearse, "rehearsal");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void rehearse() {
        Vertx vertx = Vertx.vertx();
        try {
            new Rehearsal(vertx).run();
        } catch (Exception e) {
            LOG.info("The rehearsal ended early, which does no harm: {}", e.toString());
        } finally {
            vertx.close();
        }
    }

    private void run() throws Exception {
        ShardLoop loop = stage.loop();
        Thread driver = new Thread(() -> drive(loop), "rehearsal-shard");
        driver.setDaemon(true);
        driver.start();
        loop.claim();
        try (HttpEdge edge = stage.edge()) {
            self = new Member(WORKER, "http://127.0.0.1:" + edge.port(), 0, false);
            int done = 0;
            while (done < TASKS && !isTimeUp()) {
                done += loop.status() == ShardStatus.ACTIVE ? life(done) : rest();
            }
            ask(Forward.get(Routes.CLUSTER));
            LOG.info(
                    "Rehearsed {} tasks in {} ms",
                    done,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos));
        } finally {
            loop.release();
            driver.join(ANSWER_MS);
            loop.close();
        }
    }

    private boolean isTimeUp() {
        return System.nanoTime() - startedNanos > LIMIT_NANOS;
    }

    private void drive(ShardLoop loop) {
        Thread me = Thread.currentThread();
        loop.onArrival(() -> LockSupport.unpark(me));
        while (!loop.isOver()) {
            loop.turn();
            rest();
        }
    }

    private static int rest() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        return 0;
    }

    /** One task from its submission to its end. */
    private int life(int number) throws Exception {
        String id = "rehearsal-" + number;
        post(Routes.TASKS, ("{\"id\":\"" + id + "\",\"payload\":{}}").getBytes(StandardCharsets.UTF_8));
        byte[] poll = Json.write(new PollRequest(WORKER, List.of("default"), 1, 100L, null, null));
        for (Grant grant : PollAnswers.read(post(Routes.POLL, poll)).leases()) {
            post(Routes.HEARTBEAT, Json.write(new HeartbeatRequest(WORKER, List.of(grant.lease()))));
            ask(Forward.get(Routes.task(id)));
            ReportRequest.Entry success =
                    new ReportRequest.Entry(grant.lease(), Outcome.SUCCESS, RawJson.of("1"), null, null, null);
            post(Routes.REPORT, Json.write(new ReportRequest(WORKER, List.of(success))));
        }
        return 1;
    }

    private byte[] post(String path, byte[] body) throws Exception {
        return ask(Forward.post(path, body, null)).body().getBytes();
    }

    private Reply ask(Forward forward) throws Exception {
        return client.send(self, forward, gone -> {})
                .toCompletionStage()
                .toCompletableFuture()
                .get(ANSWER_MS, TimeUnit.MILLISECONDS);
    }
}
