package io.leasehold.coordinator.testkit;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.desk.LeasedTask;
import io.leasehold.coordinator.desk.PollTicket;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.lease.LeaseTokens;
import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.shard.QueueLabels;
import io.leasehold.coordinator.shard.ShardListener;
import io.leasehold.coordinator.shard.ShardLoop;
import io.leasehold.coordinator.shard.ShardMeters;
import io.leasehold.coordinator.shard.ShardOptions;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.decide.Report;
import io.leasehold.core.decide.Wanted;
import io.leasehold.core.task.Backoff;
import io.leasehold.core.task.Submission;
import io.leasehold.core.task.Task;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One coordinator with one shard, on the caller's thread. */
public final class OneShard {
    private static final ShardListener UNHEARD = new ShardListener() {
        @Override
        public void onStatus(ShardLoop loop, ShardStatus status, String problem) {}

        @Override
        public void onCaughtUp(ShardLoop loop) {}
    };

    public final ManualClock clock;
    public final FrontDesk desk;
    public final ShardLoop loop;
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final String name;
    private int polls;

    public OneShard(String name, ManualClock clock, InMemoryLogs logs) {
        this(ShardOptions.of(name), clock, logs);
    }

    public OneShard(ShardOptions options, ManualClock clock, InMemoryLogs logs) {
        this.name = options.owner();
        this.clock = clock;
        this.desk = new FrontDesk(clock, 1_000);
        this.loop = loop(0, options, clock, logs, desk, UNHEARD, meters);
    }

    /** A copy of a shard that nobody drives yet; its chance is seeded by its coordinator's name. */
    public static ShardLoop loop(int shard, String name, Clock clock, InMemoryLogs logs, FrontDesk desk) {
        return loop(shard, ShardOptions.of(name), clock, logs, desk, UNHEARD, new SimpleMeterRegistry());
    }

    public static ShardLoop loop(
            int shard, String name, Clock clock, InMemoryLogs logs, FrontDesk desk, ShardListener listener) {
        return loop(shard, ShardOptions.of(name), clock, logs, desk, listener);
    }

    public static ShardLoop loop(
            int shard, ShardOptions options, Clock clock, InMemoryLogs logs, FrontDesk desk, ShardListener listener) {
        return loop(shard, options, clock, logs, desk, listener, new SimpleMeterRegistry());
    }

    static ShardLoop loop(
            int shard,
            ShardOptions options,
            Clock clock,
            InMemoryLogs logs,
            FrontDesk desk,
            ShardListener listener,
            MeterRegistry registry) {
        Random random = new Random(options.owner().hashCode());
        return new ShardLoop(
                shard,
                options,
                clock,
                bound -> bound == 0 ? 0 : Math.floorMod(random.nextLong(), bound + 1),
                new LeaseTokens(Map.of("k1", "0123456789abcdef".getBytes(StandardCharsets.UTF_8)), "test"),
                logs,
                desk,
                new ShardMeters(registry, new QueueLabels(), shard),
                listener);
    }

    /** Turns until nothing is left to do now. */
    public OneShard settle() {
        for (int i = 0; i < 20; i++) {
            loop.turn();
        }
        return this;
    }

    public OneShard owning() {
        loop.claim();
        settle();
        if (loop.status() != ShardStatus.ACTIVE) {
            throw new AssertionError(
                    name + " is " + loop.status() + ": " + loop.view().problem());
        }
        return this;
    }

    /** Lets time pass as it does for a process that is not paused. */
    public void live(long ms) {
        for (long left = ms; left > 0; left -= 100) {
            clock.pass(Math.min(100, left));
            settle();
        }
    }

    public Answered<List<Accepted>> submit(Task... tasks) {
        Answered<List<Accepted>> answer = new Answered<>();
        desk.submit(
                0, List.of(tasks).stream().map(task -> new Submission(task, 0)).toList(), answer);
        settle();
        return answer;
    }

    public Answered<List<LeasedTask>> poll(int max) {
        Answered<List<LeasedTask>> answer = new Answered<>();
        poll(max, answer);
        return answer;
    }

    public PollTicket poll(int max, Answered<List<LeasedTask>> answer) {
        Wanted wanted = new Wanted("w-" + name, List.of("default"), max, 1 << 20, 0, "poll-" + polls++);
        PollTicket ticket = desk.poll(wanted, 0, answer);
        settle();
        return ticket;
    }

    public Answered<List<Report.Answer>> report(LeasedTask leased, Report report) {
        Answered<List<Report.Answer>> answer = new Answered<>();
        desk.report(
                0,
                List.of(new io.leasehold.coordinator.desk.LeaseReport(
                        leased.grant().fence(), report)),
                answer);
        settle();
        return answer;
    }

    public static Report success() {
        return new Report(Report.Outcome.SUCCESS, "1".getBytes(StandardCharsets.UTF_8), null, true, -1);
    }

    public static Task task(String id, int priority) {
        return new Task(
                id,
                "default",
                null,
                priority,
                Task.NO_DEADLINE,
                0,
                "{}".getBytes(StandardCharsets.UTF_8),
                5,
                30_000,
                Backoff.DEFAULT,
                null);
    }
}
