package io.leasehold.coordinator.desk;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What other coordinators said of tasks that are ready there and that nobody takes. Soft, bounded, good for a moment: a hint
 * that is not repeated is forgotten, and at worst a poll is forwarded in vain. Thread-safe.
 */
final class HintsHeard {
    /** Longer than it takes until a hint is repeated while its tasks are still there. */
    static final long GOOD_FOR_MS = 1_500;

    /** How many polls one hint may send away. */
    static final int MOST_POLLS = 100;

    /** Whoever said something untrue, for whatever reason, is believed again after so long, with one poll. */
    static final long DOUBT_MS = 20;

    private static final long LEAST_APART_MS = 5;
    private static final int MOST_QUEUES = 10_000;
    /** While there is no room, old words are looked for no more often: to look at all of them for each hint costs the square. */
    private static final long SWEEP_EVERY_MS = 100;

    /** One coordinator's word about one queue. */
    private static final class Word {
        volatile long heardMs;
        /** When polls were last sent away for it as soon as it came. */
        volatile long sentMs = Long.MIN_VALUE / 2;

        volatile long usedMs = Long.MIN_VALUE / 2;
        /** How many tasks are left for polls of which is not heard how they turned out. */
        volatile int left;

        volatile boolean doubtful;
        volatile boolean over;
    }

    private final Map<String, Map<String, Word>> byQueue = new ConcurrentHashMap<>();
    private final AtomicLong sweptMs = new AtomicLong(Long.MIN_VALUE / 2);

    /**
     * Another coordinator has so many tasks ready.
     *
     * @return how many polls that wait should be sent there now
     */
    int hear(String queue, String coordinator, int ready, long nowMs) {
        if (byQueue.size() >= MOST_QUEUES && !byQueue.containsKey(queue)) {
            forgetOld(nowMs);
            if (byQueue.size() >= MOST_QUEUES) {
                return 0;
            }
        }
        int[] polls = new int[1];
        // Within compute, so that a queue whose words are all old cannot be dropped in between.
        byQueue.compute(queue, (name, known) -> {
            Map<String, Word> words = known == null ? new ConcurrentHashMap<>() : known;
            Word word = words.computeIfAbsent(coordinator, id -> new Word());
            word.heardMs = nowMs;
            word.left = ready;
            word.over = false;
            if (nowMs - word.sentMs >= (word.doubtful ? DOUBT_MS : LEAST_APART_MS)) {
                word.sentMs = nowMs;
                polls[0] = word.doubtful ? 1 : Math.min(ready, MOST_POLLS);
            }
            return words;
        });
        return polls[0];
    }

    /** Who has tasks ready for one of these queues, the one that was asked longest ago; null if that is not known of anybody. */
    String whoHas(List<String> queues, long nowMs) {
        if (byQueue.isEmpty()) {
            return null;
        }
        String best = null;
        Word bestWord = null;
        for (String queue : queues) {
            for (Map.Entry<String, Word> entry :
                    byQueue.getOrDefault(queue, Map.of()).entrySet()) {
                Word word = entry.getValue();
                boolean good = !word.over && nowMs - word.heardMs <= GOOD_FOR_MS;
                if (good && (bestWord == null || word.usedMs < bestWord.usedMs)) {
                    best = entry.getKey();
                    bestWord = word;
                }
            }
        }
        if (bestWord != null) {
            bestWord.usedMs = nowMs;
        }
        return best;
    }

    /** A client was sent there for so many tasks, and will not say what it found. */
    void used(List<String> queues, String coordinator, int tasks) {
        for (String queue : queues) {
            Word word = byQueue.getOrDefault(queue, Map.of()).get(coordinator);
            if (word != null) {
                // Two at once may count as one: then one poll more is sent in vain.
                word.left = Math.max(0, word.left - tasks);
                word.over |= word.left == 0;
            }
        }
    }

    /** A poll that was sent there came back with tasks, or with none: then that one has to say it again first. */
    void turnedOut(List<String> queues, String coordinator, boolean hadTasks) {
        for (String queue : queues) {
            Word word = byQueue.getOrDefault(queue, Map.of()).get(coordinator);
            if (word != null) {
                word.doubtful = !hadTasks;
                word.over |= !hadTasks;
            }
        }
    }

    private void forgetOld(long nowMs) {
        long before = sweptMs.get();
        if (nowMs - before < SWEEP_EVERY_MS || !sweptMs.compareAndSet(before, nowMs)) {
            return;
        }
        for (String queue : List.copyOf(byQueue.keySet())) {
            byQueue.computeIfPresent(queue, (name, words) -> {
                words.values().removeIf(word -> nowMs - word.heardMs > GOOD_FOR_MS);
                return words.isEmpty() ? null : words;
            });
        }
    }

    /** Of how many queues something is known. */
    int size() {
        return byQueue.size();
    }
}
