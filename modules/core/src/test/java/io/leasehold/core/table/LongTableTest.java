package io.leasehold.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.core.kit.Seeds;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LongTableTest {
    private static final int STEPS = 200_000;

    @Test
    void behavesAsAHashMapOfNearbyKeys() {
        behavesAsAHashMap(300, key -> key);
    }

    @Test
    void behavesAsAHashMapOfFences() {
        behavesAsAHashMap(5_000, key -> 1_800_000_000_000L * 2048 + key * 2048);
    }

    @Test
    void behavesAsAHashMapOfKeysThatMeetInOnePlace() {
        long inverse = inverse(0x9E3779B97F4A7C15L);
        long[] blocks = LongStream.iterate(1, product -> product + 1)
                .map(product -> product * inverse)
                .filter(block -> block >>> 60 == 0)
                .limit(40)
                .toArray();
        behavesAsAHashMap(40, key -> blocks[(int) key - 1] << 3);
    }

    @Test
    void behavesAsAHashMapOfTheLargestKeys() {
        behavesAsAHashMap(500, key -> Long.MAX_VALUE - key);
    }

    @Test
    void keysThatAreNotPositiveAreNeverThere() {
        LongTable<String> table = new LongTable<>();
        table.put(1, "one");
        table.remove(0);
        table.remove(-1);
        table.remove(2);
        assertThat(table.get(0)).isNull();
        assertThat(table.get(-1)).isNull();
        assertThat(table.get(1)).isEqualTo("one");
        assertThat(table.size()).isEqualTo(1);
        assertThatThrownBy(() -> table.put(0, "none")).hasMessage("key: 0 (expected: > 0)");
        assertThatThrownBy(() -> table.put(-5, "none")).hasMessage("key: -5 (expected: > 0)");
    }

    private static void behavesAsAHashMap(int keys, LongUnaryOperator keyOf) {
        Random random = new Random(Seeds.one());
        LongTable<Integer> table = new LongTable<>();
        LongLongTable longs = new LongLongTable();
        Map<Long, Integer> model = new HashMap<>();
        for (int step = 0; step < STEPS; step++) {
            long key = keyOf.applyAsLong(1 + random.nextInt(keys));
            // Fills for a while, then empties for a while, so that clusters grow and break up.
            if (random.nextInt(100) < (step / 20_000 % 2 == 0 ? 70 : 30)) {
                table.put(key, step);
                longs.put(key, step + 1L);
                model.put(key, step);
            } else {
                table.remove(key);
                longs.remove(key);
                model.remove(key);
            }
            assertThat(table.size()).isEqualTo(model.size());
            assertThat(longs.size()).isEqualTo(model.size());
            long asked = keyOf.applyAsLong(1 + random.nextInt(keys));
            assertThat(table.get(asked)).isEqualTo(model.get(asked));
            assertThat(longs.get(asked)).isEqualTo(model.getOrDefault(asked, -1) + 1L);
            if (step % 10_000 == 0) {
                for (int i = 1; i <= keys; i++) {
                    long each = keyOf.applyAsLong(i);
                    assertThat(table.get(each)).isEqualTo(model.get(each));
                    assertThat(longs.get(each)).isEqualTo(model.getOrDefault(each, -1) + 1L);
                }
            }
        }
    }

    /** What an odd number must be multiplied by to give 1 (Newton's iteration, modulo two to the 64). */
    private static long inverse(long odd) {
        long inverse = odd;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
