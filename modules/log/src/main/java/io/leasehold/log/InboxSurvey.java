package io.leasehold.log;

import io.leasehold.coordinator.port.Inbox;
import io.leasehold.coordinator.port.InboxPositions;
import io.leasehold.log.TopicHealth.InboxEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says up to where a shard's inbox must be passed before an unknown id is unknown for sure. Any inbox may hold any id: most
 * producers hash in another way, and one that has not heard of a growth counts fewer shards. What lies in the wrong inbox is
 * re-sent to the id's home, and acknowledged there, before that inbox is passed. Hence two steps, in this order:
 *
 * <ol>
 *   <li>The ends of all inboxes are asked, after the question came. Once each is passed up to there, whatever was
 *       acknowledged before the question is known to its shard, or lies in its home's inbox.
 *   <li>Only then is the home's own end asked: it lies behind all of these copies. Asked at first, with the others, it could
 *       lie before a copy that is under way, and the home would have passed it without having seen the task.
 * </ol>
 *
 * <p>All who wait share one question to Kafka, which is asked every {@value #BEAT_MS} ms at the most, and positions that were
 * told once hold for good; so a flood of unknown ids costs the brokers and the other coordinators no more than a few.
 * Everything but {@link #ask} and {@link #close} runs on one thread.
 */
final class InboxSurvey implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(InboxSurvey.class);
    static final long BEAT_MS = 10;
    /** Groups of questions that wait for positions; whoever comes while there are so many is asked for later. */
    private static final int MOST_WAITING = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** @param wanted whether the inbox is still open */
    record Question(int shard, long ticket, Inbox.Listener listener, BooleanSupplier wanted) {}

    /** Questions that came before these ends were asked, and wait until all of them are passed. */
    private record Waiting(List<Question> questions, List<InboxEnd> ends, long untilNanos) {}

    private final Supplier<CompletionStage<List<InboxEnd>>> ends;
    private final IntSupplier shards;
    private final InboxPositions positions;
    private final Duration patience;
    private final ScheduledThreadPoolExecutor thread;
    private final Map<Integer, Long> passed = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    /** In the first step: to be asked about all inboxes. */
    private List<Question> first = new ArrayList<>();
    /** In the second: to be asked about their own. */
    private List<Question> second = new ArrayList<>();

    private boolean asking;
    private boolean beatDue;
    private boolean failing;
    private long lastBeatNanos = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(BEAT_MS);

    /** @param shards how many there are, as far as this process has heard */
    InboxSurvey(Supplier<CompletionStage<List<InboxEnd>>> ends, IntSupplier shards, InboxPositions positions) {
        this(ends, shards, positions, PATIENCE);
    }

    /** @param patience how long positions are waited for */
    InboxSurvey(
            Supplier<CompletionStage<List<InboxEnd>>> ends,
            IntSupplier shards,
            InboxPositions positions,
            Duration patience) {
        this.patience = patience;
        this.ends = ends;
        this.shards = shards;
        this.positions = positions;
        this.thread = new ScheduledThreadPoolExecutor(
                1,
                run -> {
                    Thread one = new Thread(run, "leasehold-inbox-survey");
                    one.setDaemon(true);
                    return one;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Its listener hears the end, or that it cannot be said for now. From any thread; returns at once. */
    void ask(Question question) {
        here(() -> {
            first.add(question);
            beatSoon();
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void beatSoon() {
        if (!beatDue) {
            beatDue = true;
            long due = lastBeatNanos + TimeUnit.MILLISECONDS.toNanos(BEAT_MS) - System.nanoTime();
            thread.schedule(() -> here(this::beat), Math.max(0, due), TimeUnit.NANOSECONDS);
        }
    }

    private void beat() {
        beatDue = false;
        lastBeatNanos = System.nanoTime();
        waiting.removeIf(one -> {
            boolean isLate = one.untilNanos() - lastBeatNanos < 0;
            if (isLate) {
                unsure(one.questions());
            }
            return isLate;
        });
        if (!asking && hasQuestions()) {
            askEnds();
        }
        askPositions();
    }

    private void askEnds() {
        asking = true;
        List<Question> asFirst = List.of();
        List<Question> asSecond = second;
        if (waiting.size() < MOST_WAITING) {
            asFirst = first;
            first = new ArrayList<>();
        }
        second = new ArrayList<>();
        askEnds(asFirst, asSecond);
    }

    private boolean hasQuestions() {
        return !second.isEmpty() || !first.isEmpty() && waiting.size() < MOST_WAITING;
    }

    private void askEnds(List<Question> asFirst, List<Question> asSecond) {
        endsNow()
                .whenComplete((found, cause) -> here(() -> {
                    asking = false;
                    if (cause == null) {
                        failing = false;
                        whole(asSecond, found);
                        begin(asFirst, found);
                    } else {
                        failed(cause);
                        unsure(asFirst);
                        unsure(asSecond);
                    }
                    if (hasQuestions()) {
                        beatSoon();
                    }
                }));
    }

    /** On this survey's thread, which keeps what is thrown to itself. */
    private void here(Runnable step) {
        thread.execute(() -> {
            try {
                step.run();
            } catch (RuntimeException e) {
                log.error("the survey of the inboxes failed; who waits for it is refused in time", e);
            }
        });
    }

    private CompletionStage<List<InboxEnd>> endsNow() {
        try {
            return ends.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void begin(List<Question> questions, List<InboxEnd> found) {
        if (questions.isEmpty()) {
            return;
        }
        // With more partitions than shards there is a growth that was cut short, or that this process has not heard of:
        // the ids of new shards are looked for at homes that they do not have any more.
        if (found.size() > shards.getAsInt() || found.stream().anyMatch(InboxEnd::isHeldBack)) {
            unsure(questions);
            return;
        }
        waiting.add(new Waiting(questions, found, System.nanoTime() + patience.toNanos()));
        askPositions();
    }

    private void whole(List<Question> questions, List<InboxEnd> found) {
        for (Question question : questions) {
            InboxEnd end = found.get(question.shard());
            if (end.isHeldBack()) {
                unsure(List.of(question));
            } else if (question.wanted().getAsBoolean()) {
                question.listener().onInboxEnd(question.ticket(), end.end());
            }
        }
    }

    /** Of those shards alone that are not known to be far enough. */
    private void askPositions() {
        goOn();
        if (waiting.isEmpty()) {
            return;
        }
        TreeSet<Integer> behind = new TreeSet<>();
        for (Waiting one : waiting) {
            for (int shard = 0; shard < one.ends().size(); shard++) {
                if (!isPassed(shard, one.ends().get(shard))) {
                    behind.add(shard);
                }
            }
        }
        positions.ask(
                behind,
                (shard, position) -> here(() -> {
                    passed.merge(shard, position, Math::max);
                    goOn();
                }));
        beatSoon();
    }

    /** An inbox that nothing was ever written to is passed, whoever owns it. */
    private boolean isPassed(int shard, InboxEnd end) {
        return passed.getOrDefault(shard, 0L) >= end.end();
    }

    private void goOn() {
        waiting.removeIf(one -> {
            for (int shard = 0; shard < one.ends().size(); shard++) {
                if (!isPassed(shard, one.ends().get(shard))) {
                    return false;
                }
            }
            second.addAll(one.questions());
            beatSoon();
            return true;
        });
    }

    private static void unsure(List<Question> questions) {
        for (Question question : questions) {
            if (question.wanted().getAsBoolean()) {
                question.listener().onInboxUnsure(question.ticket());
            }
        }
    }

    private void failed(Throwable cause) {
        if (!failing) {
            log.warn(
                    "where the inboxes end cannot be asked: {}; ids that are unknown are not admitted yet",
                    cause.toString());
        }
        failing = true;
    }
}
