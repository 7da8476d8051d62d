package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.kit.Seeds;
import io.leasehold.core.kit.Tasks;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdTableTest {
    private static final long HALF = 1L << Integer.SIZE;

    private final NumberTable byNumber = new NumberTable();
    private long lastNumber;
    private final IdTable byId = new IdTable(42, new IdTable.Tasks() {
        @Override
        public long lastNumber() {
            return lastNumber;
        }

        @Override
        public boolean isCalled(long number, byte[] bytes, int from, int to) {
            TaskEntry entry = byNumber.get(number);
            return entry != null && entry.isCalled(bytes, from, to);
        }
    });
    private final Map<String, TaskEntry> model = new HashMap<>();

    @Test
    void behavesAsAHashMap() {
        Random random = new Random(Seeds.one());
        for (int step = 1; step <= 200_000; step++) {
            String id = "t" + random.nextInt(5_000);
            TaskEntry known = model.get(id);
            if (random.nextInt(100) < (step / 20_000 % 2 == 0 ? 70 : 30)) {
                // Now and then a number whose lower half another task has.
                long number = random.nextInt(4) * HALF + step;
                TaskEntry entry = new TaskEntry(number, Tasks.plain(id), 0);
                assertThat(byId.putIfAbsent(entry)).isEqualTo(known == null);
                if (known == null) {
                    put(id, entry);
                }
            } else if (known != null) {
                byId.remove(known);
                byNumber.remove(known.number);
                model.remove(id);
            }
            assertThat(byId.size()).isEqualTo(model.size());
            String asked = "t" + random.nextInt(5_000);
            assertThat(task(asked)).isSameAs(model.get(asked));
        }
        model.forEach((id, entry) -> assertThat(task(id)).isSameAs(entry));
    }

    @Test
    void tasksWhoseNumbersDifferInTheUpperHalfAloneAreTwo() {
        for (int upper = 0; upper < 5; upper++) {
            TaskEntry entry = new TaskEntry(upper * HALF + 7, Tasks.plain("t" + upper), 0);
            byId.putIfAbsent(entry);
            put("t" + upper, entry);
        }

        model.forEach((id, entry) -> assertThat(task(id)).isSameAs(entry));
        assertThat(task("other")).isNull();
    }

    @Test
    void anotherTaskTakesThePlaceOfOneWithItsId() {
        TaskEntry before = new TaskEntry(1, Tasks.plain("a"), 0);
        byId.putIfAbsent(before);
        put("a", before);
        TaskEntry after = new TaskEntry(2, Tasks.plain("a"), 0);
        byId.replace(after);
        byNumber.remove(1);
        put("a", after);

        assertThat(task("a")).isSameAs(after);
        assertThat(byId.size()).isEqualTo(1);
    }

    private TaskEntry task(String id) {
        return byNumber.get(byId.get(id));
    }

    private void put(String id, TaskEntry entry) {
        byNumber.put(entry);
        lastNumber = Math.max(lastNumber, entry.number);
        model.put(id, entry);
    }
}
