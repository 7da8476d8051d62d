package io.leasehold.core.state;

import io.leasehold.core.decide.Grant;
import io.leasehold.core.decide.Report;
import io.leasehold.core.decide.Report.Outcome;
import io.leasehold.core.decide.Wanted;
import io.leasehold.core.event.Events;
import io.leasehold.core.event.TurnHeader;
import io.leasehold.core.kit.Lived;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.task.Submission;
import io.leasehold.core.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What callers, workers, time and rival owners may ask of a shard, by chance. */
public final class Wishes {
    private static final List<String> TEXTS = List.of("", "boom", "half \ud83d", "任务😀", "e".repeat(300));
    private static final List<String> ERRORS =
            List.of("", "boom", "half \ud83d", "任务😀", "e".repeat(300), "任务😀".repeat(300));

    private final Lived lived;
    private final Random random;
    private final boolean sound;
    private final List<Long> fences = new ArrayList<>();
    private int ids;

    Wishes(Lived lived, Random random) {
        this(lived, random, false);
    }

    private Wishes(Lived lived, Random random, boolean sound) {
        this.lived = lived;
        this.random = random;
        this.sound = sound;
    }

    /** Without what only a broken owner or a forger writes: the decider's time is the record's, and no record is missing. */
    public static Wishes ofSoundOwners(Lived lived, Random random) {
        return new Wishes(lived, random, true);
    }

    public void next() {
        long nowMs = lived.nowMs();
        switch (random.nextInt(28)) {
            case 0, 1, 2, 3, 4, 5 -> lived.decider().submit(submission(), nowMs, nowMs);
            case 6, 7, 8, 9 -> grant();
            case 10, 11, 12, 13, 14, 15 -> report();
            case 16, 17 -> expireLease();
            case 18 -> lived.decider().expireNext(nowMs);
            case 19 -> {
                long position = lived.state().inboxOffset() + random.nextInt(4);
                lived.decider().settleInbox(position, (int) (position / 10));
            }
            case 20 ->
                lived.decider().publishedEnds(random.nextLong(lived.state().lastEnd() + 1));
            case 21 -> cancel();
            case 22 -> redrive();
            case 23 -> purge();
            case 24, 25, 26 -> lived.turn(random.nextInt(4) == 0 ? random.nextInt(3_000) : random.nextInt(20));
            default -> rivals();
        }
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private Submission submission() {
        long nowMs = lived.nowMs();
        Task task = Tasks.id(oneIn(6) ? "t" + random.nextInt(ids + 1) : "t" + ids++)
                .queue("q" + random.nextInt(4))
                .type(oneIn(3) ? null : TEXTS.get(random.nextInt(TEXTS.size())))
                .priority(oneIn(20) ? random.nextInt() : random.nextInt(16) - 4)
                .deadline(oneIn(2) ? Task.NO_DEADLINE : nowMs + random.nextInt(9_000) - 500)
                .notBefore(oneIn(3) ? nowMs + random.nextInt(2_000) - 300 : 0)
                .payload(new byte[random.nextInt(64)])
                .maxAttempts(1 + random.nextInt(4))
                .leaseMs(1 + random.nextInt(60_000))
                .backoff(random.nextInt(500), 1 + random.nextInt(4), 2_000)
                .traceparent(oneIn(2) ? null : "00-" + random.nextInt())
                .task();
        return new Submission(task, oneIn(4) ? random.nextInt(500) : 0);
    }

    private void grant() {
        List<String> queues = oneIn(2) ? List.of("q0", "q1", "q2", "q3") : List.of("q" + random.nextInt(5));
        String pollId = oneIn(2) ? null : "p" + random.nextInt(12);
        Wanted wanted = new Wanted(
                "w" + random.nextInt(3),
                queues,
                1 + random.nextInt(4),
                random.nextInt(200),
                oneIn(3) ? 700 : 0,
                pollId);
        // A clock that stands still or went back decides here too.
        long nowMs = oneIn(10) && !sound ? lived.nowMs() - random.nextInt(100) : lived.nowMs();
        for (Grant grant : lived.decider().grant(wanted, nowMs)) {
            fences.add(grant.fence());
        }
    }

    private void report() {
        if (fences.isEmpty()) {
            return;
        }
        int recent = Math.max(0, fences.size() - 30);
        long fence =
                fences.get(oneIn(6) ? random.nextInt(fences.size()) : recent + random.nextInt(fences.size() - recent));
        Outcome outcome = Outcome.values()[random.nextInt(3)];
        byte[] result = new byte[oneIn(5) ? random.nextInt(3_000) : random.nextInt(9)];
        String error = oneIn(3) ? null : ERRORS.get(random.nextInt(ERRORS.size()));
        long retryAfterMs = oneIn(3) ? random.nextInt(3_000) : -1;
        lived.report(fence, new Report(outcome, result, error, !oneIn(6), retryAfterMs));
    }

    private void expireLease() {
        List<TaskEntry> leases = lived.state().leases();
        if (!leases.isEmpty()) {
            TaskEntry entry = leases.get(random.nextInt(leases.size()));
            lived.decider().expireLease(entry, !oneIn(4), lived.nowMs());
        }
    }

    private void cancel() {
        TaskEntry entry = lived.entry("t" + random.nextInt(ids + 1));
        if (entry != null) {
            lived.decider().cancel(entry, lived.nowMs());
        }
    }

    private void redrive() {
        lived.state().deadAfter(random.nextLong(lived.state().lastNumber() + 1)).stream()
                .findFirst()
                .ifPresent(entry -> lived.decider().redrive(entry, lived.nowMs()));
    }

    private void purge() {
        if (lived.decider().mayPurge()) {
            lived.state().deadAfter(random.nextLong(lived.state().lastNumber() + 1)).stream()
                    .findFirst()
                    .ifPresent(lived.decider()::purge);
        }
    }

    /** Another owner takes over, or one that has lost the shard writes as if it had not. */
    private void rivals() {
        ShardState state = lived.state();
        long nowMs = lived.nowMs() + random.nextInt(10_000);
        switch (random.nextInt(8)) {
            case 7 -> {
                if (state.foldVersion() >= 3) {
                    lived.clockGoesBack(random.nextInt(3_000));
                }
            }
            case 6 -> lived.decider().setTerms(Fold.VERSION, 1_000 + random.nextInt(60_000));
            case 0 -> lived.claimedBy("owner " + random.nextInt(3), random.nextLong());
            case 1 -> zombie(new TurnHeader(state.epoch() - 1, state.nonce(), state.seq() + 1, nowMs, 0));
            case 2 -> zombie(new TurnHeader(state.epoch(), state.nonce() + 1, state.seq() + 1, nowMs, 0));
            case 3 -> zombie(new TurnHeader(state.epoch(), state.nonce(), state.seq() + (sound ? 0 : 2), nowMs, 0));
            case 4 -> zombie(new TurnHeader(state.epoch(), state.nonce(), state.seq(), nowMs, 0));
            default -> zombie(new TurnHeader(state.epoch(), state.nonce() + 1, 0, nowMs, 0));
        }
    }

    private void zombie(TurnHeader header) {
        lived.voidRecord(header, this::ruin);
    }

    private void ruin(Events to) {
        ShardState state = lived.state();
        to.accepted(state.lastNumber() + 1, Tasks.plain("zombie"), lived.nowMs());
        for (long number = Math.max(1, state.lastNumber() - 20); number <= state.lastNumber(); number++) {
            to.cancelled(number, lived.nowMs());
        }
        to.inboxSettled(state.inboxOffset() + 100, 0);
        to.endsPublished(state.lastEnd());
        to.released();
    }
}
