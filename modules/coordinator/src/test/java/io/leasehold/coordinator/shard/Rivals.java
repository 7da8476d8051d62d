package io.leasehold.coordinator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.Heartbeat;
import io.leasehold.coordinator.desk.LeaseReport;
import io.leasehold.coordinator.desk.LeasedTask;
import io.leasehold.coordinator.desk.PollTicket;
import io.leasehold.coordinator.desk.Refusal;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.desk.TaskView;
import io.leasehold.coordinator.port.EndedTask;
import io.leasehold.coordinator.testkit.Answered;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.decide.Report;
import io.leasehold.core.decide.Wanted;
import io.leasehold.core.task.Submission;
import io.leasehold.core.task.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** One seeded run: what each worker may believe, and what each client was told, is held against the guarantees. */
final class Rivals {
    /** A lease that somebody was granted, and until when they may act on it. */
    private static final class Belief {
        final String id;
        final long fence;
        long untilMs;

        Belief(String id, long fence, long untilMs) {
            this.id = id;
            this.fence = fence;
            this.untilMs = untilMs;
        }
    }

    private final Random random;
    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final List<OneShard> copies = new ArrayList<>();
    private final Set<OneShard> paused = new HashSet<>();
    private final List<Runnable> late = new ArrayList<>();
    private final Set<String> promised = new HashSet<>();
    private final Set<String> cancelled = new HashSet<>();
    private final Set<String> cancelling = new HashSet<>();
    private final Set<String> completed = new HashSet<>();
    private final Set<Long> reported = new HashSet<>();
    /** Fences for which a failure was reported, so that a later success may be a mere repetition. */
    private final Set<Long> failedFirst = new HashSet<>();

    private final Map<String, Long> fences = new HashMap<>();
    private final List<Belief> beliefs = new ArrayList<>();
    private int names;
    private int grants;
    private int takeovers;
    private int polls;

    Rivals(long seed) {
        random = new Random(seed);
        join();
    }

    int grants() {
        return grants;
    }

    int takeovers() {
        return takeovers;
    }

    int ended() {
        return completed.size() + cancelled.size();
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
            copies.stream().filter(copy -> !paused.contains(copy)).forEach(OneShard::settle);
        }
        heal();
    }

    private void step() {
        switch (random.nextInt(20)) {
            case 0, 1, 2 -> submit();
            case 3, 4 -> logs.put(OneShard.task(promise("k" + names++), random.nextInt(10)));
            case 5, 6, 7, 8 -> poll();
            case 9, 10 -> beat();
            case 11, 12 -> report();
            case 13 -> cancel();
            case 14, 15, 16 -> pass(random.nextInt(4_000));
            case 17 -> {
                if (random.nextInt(3) == 0 || copies.stream().allMatch(copy -> copy.loop.isOver())) {
                    join();
                }
            }
            case 18 -> pauseOrWake();
            default -> trouble();
        }
    }

    /** A new coordinator that claims the shard, whoever owns it. */
    private void join() {
        OneShard copy = new OneShard("c" + names++, clock, logs);
        copy.loop.claim();
        copies.add(copy);
        takeovers++;
        if (copies.size() > 4) {
            paused.remove(copies.remove(0));
        }
    }

    private void pauseOrWake() {
        OneShard copy = any();
        if (!paused.remove(copy)) {
            paused.add(copy);
        }
    }

    private void trouble() {
        switch (random.nextInt(4)) {
            case 0 -> logs.hold();
            case 1 -> late.add(logs.overtake());
            case 2 -> {
                late.forEach(Runnable::run);
                late.clear();
            }
            default -> {
                logs.failAppends(true);
                any().settle();
                logs.failAppends(false);
            }
        }
    }

    private void pass(int ms) {
        for (int left = ms; left > 0; left -= 200) {
            clock.pass(200);
            copies.stream().filter(copy -> !paused.contains(copy)).forEach(OneShard::settle);
        }
    }

    /** Mostly one that thinks that it owns the shard, be it right or not. */
    private OneShard any() {
        List<OneShard> active = copies.stream()
                .filter(copy -> copy.loop.status() == ShardStatus.ACTIVE)
                .toList();
        if (!active.isEmpty() && random.nextInt(8) > 0) {
            return active.get(random.nextInt(active.size()));
        }
        return copies.get(random.nextInt(copies.size()));
    }

    private String promise(String id) {
        promised.add(id);
        return id;
    }

    private void submit() {
        String id = "h" + (random.nextInt(3) == 0 ? random.nextInt(1 + names) : names++);
        any().desk
                .submit(
                        0,
                        List.of(new Submission(OneShard.task(id, random.nextInt(10)), 0)),
                        heard(outcomes -> promise(id)));
    }

    private void poll() {
        OneShard copy = any();
        long sentMs = clock.monotonicMs();
        Wanted wanted = new Wanted(
                "w" + random.nextInt(5), List.of("default"), 1 + random.nextInt(2), 1 << 20, 2_000, "p" + polls++);
        PollTicket ticket = copy.desk.poll(wanted, 0, heard(leased -> leased.forEach(one -> granted(one, sentMs))));
        if (random.nextBoolean() && !paused.contains(copy)) {
            copy.settle();
            copy.desk.timeOut(ticket);
        }
    }

    private void granted(LeasedTask leased, long sentMs) {
        grants++;
        String id = leased.grant().task().id();
        long fence = leased.grant().fence();
        long nowMs = clock.monotonicMs();
        long untilMs = sentMs + leased.decidedAfterMs() + leased.grant().leaseMs();
        if (untilMs <= nowMs) {
            return; // A paused owner's answer to a poll of long ago: no worker would believe it.
        }
        for (Belief other : beliefs) {
            assertThat(other.id.equals(id) && other.fence != fence && other.untilMs > nowMs)
                    .as(
                            "%s is held under fence %d for %d ms more and granted under %d",
                            id, other.fence, other.untilMs - nowMs, fence)
                    .isFalse();
        }
        assertThat(fence).as("fence of " + id).isGreaterThan(fences.getOrDefault(id, 0L));
        assertThat(cancelled).as("cancelled stays cancelled").doesNotContain(id);
        assertThat(completed).as("completed stays completed").doesNotContain(id);
        fences.put(id, fence);
        beliefs.add(new Belief(
                id, fence, sentMs + leased.decidedAfterMs() + leased.grant().leaseMs()));
    }

    private Belief held() {
        beliefs.removeIf(belief -> belief.untilMs < clock.monotonicMs() - 60_000);
        return beliefs.isEmpty() ? null : beliefs.get(random.nextInt(beliefs.size()));
    }

    private void beat() {
        Belief belief = held();
        if (belief == null) {
            return;
        }
        long sentMs = clock.monotonicMs();
        any().desk.heartbeat(0, List.of(belief.fence), heard(verdicts -> heardOf(belief, verdicts.get(0), sentMs)));
    }

    private void heardOf(Belief belief, Heartbeat verdict, long sentMs) {
        switch (verdict.status()) {
            case OK -> belief.untilMs = Math.max(belief.untilMs, sentMs + verdict.leaseMs());
            case LOST ->
                assertThat(belief.untilMs <= clock.monotonicMs() || isOver(belief))
                        .as("%s under fence %d is lost while its holder may believe", belief.id, belief.fence)
                        .isTrue();
            case CANCELLED, RETRY -> {}
        }
    }

    /** Whether the holder itself ended the lease, or a cancellation did. */
    private boolean isOver(Belief belief) {
        return reported.contains(belief.fence) || cancelled.contains(belief.id) || cancelling.contains(belief.id);
    }

    private void report() {
        Belief belief = held();
        if (belief == null) {
            return;
        }
        boolean success = random.nextInt(3) > 0;
        Report report = success
                ? OneShard.success()
                : new Report(Report.Outcome.FAILURE, new byte[0], "failed", true, random.nextInt(3_000));
        if (!success) {
            failedFirst.add(belief.fence);
        }
        reported.add(belief.fence);
        any().desk.report(0, List.of(new LeaseReport(belief.fence, report)), heard(answers -> {
            belief.untilMs = Math.min(belief.untilMs, clock.monotonicMs());
            if (success && answers.get(0) == Report.Answer.OK && !failedFirst.contains(belief.fence)) {
                completed.add(belief.id);
            }
        }));
    }

    private void cancel() {
        if (promised.isEmpty() || random.nextInt(4) > 0) {
            return;
        }
        List<String> ids = List.copyOf(promised);
        String id = ids.get(random.nextInt(ids.size()));
        cancelling.add(id);
        any().desk.cancel(0, id, heard(outcome -> {
            if (outcome.cancelled()) {
                cancelled.add(id);
            }
        }));
    }

    /** Faults stop: whatever was promised must be there, and every end must have happened once. */
    private void heal() {
        logs.deliver();
        late.forEach(Runnable::run);
        paused.clear();
        pass(1_000);
        copies.forEach(copy -> copy.loop.close());
        pass(200);
        copies.clear();
        OneShard last = new OneShard("last", clock, logs).owning();
        copies.add(last);
        pass(2_000);
        for (String id : promised) {
            Answered<TaskView> found = new Answered<>();
            last.desk.find(0, id, found);
            last.settle();
            assertThat(found.value()).as("promised " + id).isNotNull();
            if (completed.contains(id)) {
                assertThat(found.value().state()).as(id).isEqualTo(TaskState.COMPLETED);
            }
            if (cancelled.contains(id)) {
                assertThat(found.value().state()).as(id).isEqualTo(TaskState.CANCELLED);
            }
        }
        Map<String, Long> ends = new HashMap<>();
        for (EndedTask end : logs.ended()) {
            Long before = ends.put(end.id(), end.number());
            assertThat(before == null || before == end.number())
                    .as(end.id() + " ended once")
                    .isTrue();
        }
        assertThat(last.loop.status()).isEqualTo(ShardStatus.ACTIVE);
        assertThat(last.loop.view().problem()).isNull();
    }

    private static <T> Answer<T> heard(Consumer<T> then) {
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
