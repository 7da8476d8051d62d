package io.leasehold.server.http;

import io.leasehold.api.QueuesView;
import io.leasehold.core.state.PriorityBand;
import io.leasehold.core.task.TaskState;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** How many tasks of one queue stand where: plain numbers, for a page of queues may have tens of thousands of them. */
final class QueueCounts {
    private static final List<String> STATES =
            Arrays.stream(TaskState.values()).map(TaskState::word).toList();
    private static final List<String> BANDS =
            Arrays.stream(PriorityBand.values()).map(PriorityBand::label).toList();

    /** Band by band, each state by state. */
    private final long[] counts = new long[BANDS.size() * STATES.size()];

    /** @param more by state and band, as a shard tells them */
    void add(long[][] more) {
        for (int state = 0; state < STATES.size(); state++) {
            for (int band = 0; band < BANDS.size(); band++) {
                counts[at(band, state)] += more[state][band];
            }
        }
    }

    /** @param more by band and state, as another coordinator tells them */
    void add(Map<String, Map<String, Long>> more) {
        for (int band = 0; band < BANDS.size(); band++) {
            Map<String, Long> states = more.getOrDefault(BANDS.get(band), Map.of());
            for (int state = 0; state < STATES.size(); state++) {
                counts[at(band, state)] += states.getOrDefault(STATES.get(state), 0L);
            }
        }
    }

    long sum(TaskState state) {
        return sum(state.ordinal());
    }

    private long sum(int state) {
        return IntStream.range(0, BANDS.size())
                .mapToLong(band -> counts[at(band, state)])
                .sum();
    }

    /** Of these counts as they are whenever it is read. */
    QueuesView.QueueView view(String queue) {
        return new QueuesView.QueueView(
                queue,
                new ByWord<>(STATES, this::sum),
                new ByWord<>(BANDS, band -> new ByWord<>(STATES, state -> counts[at(band, state)])));
    }

    private static int at(int band, int state) {
        return band * STATES.size() + state;
    }

    /** What belongs to each of some words; nothing is kept beside the function that tells it. */
    private static final class ByWord<V> extends AbstractMap<String, V> {
        private final List<String> words;
        private final IntFunction<V> values;

        ByWord(List<String> words, IntFunction<V> values) {
            this.words = words;
            this.values = values;
        }

        @Override
        public Set<Entry<String, V>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Entry<String, V>> iterator() {
                    return IntStream.range(0, words.size())
                            .mapToObj(i -> Map.entry(words.get(i), values.apply(i)))
                            .iterator();
                }

                @Override
                public int size() {
                    return words.size();
                }
            };
        }
    }
}
