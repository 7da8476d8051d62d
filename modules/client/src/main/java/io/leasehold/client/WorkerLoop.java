package io.leasehold.client;

import io.leasehold.api.ClusterView.Coordinator;
import io.leasehold.client.logic.Action;
import io.leasehold.client.logic.Finished;
import io.leasehold.client.logic.TaskResult;
import io.leasehold.client.logic.WorkerClock;
import io.leasehold.client.logic.WorkerLogic;
import io.leasehold.client.transport.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the logic all that happens, one thing at a time, and does what it wants. Whoever brings news takes the turn itself: the
 * transport an answer, a handler's thread its end; only time has a thread of its own.
 */
final class WorkerLoop {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseholdWorker.class);

    /** Less than a request takes under load. */
    private static final long GATHER_MS = 1;

    /** Timers stand still while the machine sleeps: so soon after it wakes, handlers hear that their leases were lost. */
    private static final long LOOK_MS = 1_000;

    private final WorkerLogic logic;
    private final WorkerClock clock;
    private final Requests requests;
    private final Transport transport;
    private final Handlers handlers;
    private final OneAtATime turns = new OneAtATime();
    private final ScheduledThreadPoolExecutor timer;
    private final HandlerThreads threads;
    private final CompletableFuture<Void> terminated = new CompletableFuture<>();
    private final Map<String, TaskRun> runs = new HashMap<>();
    private final Map<Long, CompletableFuture<Transport.Answer>> polls = new HashMap<>();
    private final List<Runnable> begun = new ArrayList<>();
    private final Queue<Finished> finished = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unfinished = new AtomicInteger();
    /** Whether a turn is to come that takes what has finished. */
    private final AtomicBoolean told = new AtomicBoolean();

    // What follows is for turns alone.
    private Future<?> wake;
    private long wakeMs;
    private boolean over;

    WorkerLoop(WorkerLogic logic, WorkerClock clock, Transport transport, Handlers handlers) {
        this.logic = logic;
        this.clock = clock;
        this.requests = new Requests(logic);
        this.transport = transport;
        this.handlers = handlers;
        this.timer = new ScheduledThreadPoolExecutor(1, named("leasehold-worker"));
        this.timer.setRemoveOnCancelPolicy(true);
        this.threads = new HandlerThreads(named("leasehold-task"));
    }

    /** Completes when the worker has stopped; exceptionally if it broke. */
    CompletableFuture<Void> terminated() {
        return terminated;
    }

    // These are called on threads that are not ours, which should not find themselves taking the turns of others.

    void start() {
        turnIn(0, () -> logic.start(nowMs()));
    }

    void stop(long graceMs) {
        turnIn(0, () -> logic.stop(nowMs(), graceMs));
    }

    void tellCoordinators(List<Coordinator> coordinators) {
        turnIn(0, () -> logic.onCoordinators(coordinators, nowMs()));
    }

    private void turn(Supplier<List<Action>> input) {
        turns.execute(() -> take(input));
    }

    /** @return null after the end */
    private Future<?> turnIn(long ms, Supplier<List<Action>> input) {
        try {
            return timer.schedule(() -> turn(input), ms, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.trace("news after the end", e);
            return null;
        }
    }

    private void take(Supplier<List<Action>> input) {
        if (over) {
            return;
        }
        try {
            input.get().forEach(this::perform);
            threads.run(begun);
            begun.clear();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void perform(Action action) {
        if (action instanceof Action.SendPoll poll) {
            polls.put(poll.ticket(), send(requests.poll(poll)));
        } else if (action instanceof Action.SendHeartbeat beat) {
            send(requests.heartbeat(beat));
        } else if (action instanceof Action.SendReport report) {
            send(requests.report(report));
        } else if (action instanceof Action.AskCluster ask) {
            send(requests.cluster(ask));
        } else if (action instanceof Action.CancelPoll cancel) {
            polls.getOrDefault(cancel.ticket(), new CompletableFuture<>()).cancel(true);
        } else if (action instanceof Action.StartHandler start) {
            begin(start);
        } else if (action instanceof Action.WakeAt at) {
            wakeAt(at.atMs());
        } else if (action instanceof Action.Stopped) {
            end();
        } else {
            tell(action);
        }
    }

    private void tell(Action action) {
        if (action instanceof Action.Believe believe && runs.containsKey(believe.lease())) {
            runs.get(believe.lease()).believeUntil(believe.untilMs());
        } else if (action instanceof Action.TellLeaseLost told && runs.containsKey(told.lease())) {
            LOG.warn("The lease of task {} was lost", runs.get(told.lease()).id());
            runs.get(told.lease()).tellLost();
        } else if (action instanceof Action.TellCancelled told && runs.containsKey(told.lease())) {
            LOG.info("Task {} was cancelled", runs.get(told.lease()).id());
            runs.get(told.lease()).tellCancelled();
        } else if (action instanceof Action.TellStopping told && runs.containsKey(told.lease())) {
            runs.get(told.lease()).tellStopping();
        } else if (action instanceof Action.ReportRefused refused) {
            LOG.error("The report of lease {} was refused with status {}", refused.lease(), refused.status());
        }
    }

    private CompletableFuture<Transport.Answer> send(Requests.Wish wish) {
        CompletableFuture<Transport.Answer> answer = transport.send(wish.request());
        answer.whenComplete((got, error) -> turn(() -> {
            polls.remove(wish.ticket());
            return requests.ended(wish, got, error, nowMs());
        }));
        return answer;
    }

    private void begin(Action.StartHandler start) {
        TaskRun run = new TaskRun(start.grant(), start.believedUntilMs(), clock::nowMs);
        String lease = start.grant().lease();
        runs.put(lease, run);
        unfinished.incrementAndGet();
        begun.add(() -> {
            run.runsOn(Thread.currentThread());
            TaskResult result = handlers.run(run, run.grant());
            run.runsOn(null);
            finished.add(new Finished(lease, result));
            tellFinished();
        });
    }

    /** At once if nothing else runs; else a moment later, so that what ends meanwhile is reported, and replaced, together. */
    private void tellFinished() {
        if (unfinished.decrementAndGet() == 0) {
            told.set(true);
            turn(this::takeFinished);
        } else if (told.compareAndSet(false, true)) {
            turnIn(GATHER_MS, this::takeFinished);
        }
    }

    /** All that have finished by now at once: each turn looks at every lease. */
    private List<Action> takeFinished() {
        told.set(false);
        List<Finished> some = new ArrayList<>();
        for (Finished one = finished.poll(); one != null; one = finished.poll()) {
            runs.remove(one.lease());
            some.add(one);
        }
        return logic.onFinished(some, nowMs());
    }

    /** A wake-up that comes sooner is left alone: the logic then says again when to wake it. */
    private void wakeAt(long wantedMs) {
        long now = nowMs();
        long atMs = runs.isEmpty() ? wantedMs : Math.min(wantedMs, now + LOOK_MS);
        if (wake != null && wakeMs <= atMs) {
            return;
        }
        if (wake != null) {
            wake.cancel(false);
        }
        wakeMs = atMs;
        wake = turnIn(Math.max(0, atMs - now), () -> {
            wake = null;
            return logic.onTick(nowMs());
        });
    }

    private void fail(Throwable e) {
        LOG.error("The worker broke and stops; its leases run out", e);
        terminated.completeExceptionally(e);
        runs.values().forEach(TaskRun::tellLost);
        shutDown();
    }

    private void end() {
        terminated.complete(null);
        shutDown();
    }

    private void shutDown() {
        over = true;
        timer.shutdownNow();
        threads.shutDown();
    }

    private long nowMs() {
        return clock.nowMs();
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return run -> {
            Thread thread = new Thread(run, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
