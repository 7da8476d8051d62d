package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.event.Carried;
import io.leasehold.core.kit.Seeds;
import io.leasehold.core.kit.Tasks;
import io.leasehold.core.task.End;
import io.leasehold.core.task.EndCause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RememberedEndsTest {
    private final Map<String, TaskQueue> queues = new LinkedHashMap<>();
    private final RememberedEnds ends = new RememberedEnds(queues);

    RememberedEndsTest() {
        queues.put("default", new TaskQueue("default"));
    }

    private static TaskEntry ended(long number, int generation, int resultBytes) {
        End end = new End(number + 7, EndCause.SUCCEEDED, 1_000 + number, number % 2 == 0, new byte[resultBytes]);
        TaskEntry entry = new TaskEntry(new Carried(
                number, Tasks.plain("t" + number), 900, 950, 3, 2, 1, number + 70, number + 60, "boom", null, end));
        entry.generation = generation;
        return entry;
    }

    private boolean isCalled(long number, String id) {
        byte[] bytes = ("<" + id + ">").getBytes(StandardCharsets.UTF_8);
        return ends.isCalled(number, bytes, 1, bytes.length - 1);
    }

    @Test
    void whatComesBackIsWhatWentIn() {
        TaskEntry entry = ended(5, 2, 10);
        ends.put(entry);

        TaskEntry copy = ends.get(5);
        assertThat(Structure.line(copy)).isEqualTo(Structure.line(entry));
        assertThat(copy.generation).isEqualTo(2);
        assertThat(copy.queue()).isEqualTo("default");
        assertThat(isCalled(5, "t5")).isTrue();
        assertThat(isCalled(5, "t")).isFalse();
        assertThat(isCalled(6, "t5")).isFalse();
        assertThat(ends.get(6)).isNull();
        assertThat(ends.renew(6, 3)).isFalse();
    }

    @Test
    void behavesAsAMapByGenerationsWhateverTheirSize() {
        Random random = new Random(Seeds.one());
        Map<Long, TaskEntry> model = new TreeMap<>();
        int generation = 1;
        for (long number = 1; number <= 20_000; number++) {
            TaskEntry entry = ended(number, generation - random.nextInt(2), sizeOf(random));
            ends.put(entry);
            model.put(number, entry);
            long other = 1 + random.nextLong(number);
            if (random.nextInt(4) == 0 && model.containsKey(other)) {
                assertThat(ends.renew(other, generation)).isTrue();
                model.get(other).generation = generation;
            }
            if (number % 4_000 == 0) {
                same(model);
                generation++;
                forgetBefore(generation - 1, model);
            }
        }
        same(model);
        forgetBefore(Long.MAX_VALUE, model);
        assertThat(ends.size()).isZero();
    }

    /** Most are small; some fill a segment, or more than one. */
    private static int sizeOf(Random random) {
        int kind = random.nextInt(200);
        return kind == 0 ? 65_536 + random.nextInt(3) : kind < 5 ? 65_300 + random.nextInt(300) : random.nextInt(300);
    }

    private void same(Map<Long, TaskEntry> model) {
        List<String> all = new ArrayList<>();
        ends.forEach(entry -> all.add(Structure.line(entry) + " " + entry.generation));
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(model.values().stream()
                        .map(entry -> Structure.line(entry) + " " + entry.generation)
                        .toList());
        assertThat(ends.size()).isEqualTo(model.size());
        model.forEach((number, entry) -> assertThat(ends.get(number).generation).isEqualTo(entry.generation));
    }

    private void forgetBefore(long generation, Map<Long, TaskEntry> model) {
        List<Long> told = new ArrayList<>();
        ends.forgetBefore(generation, entry -> {
            assertThat(isCalled(entry.number, "t" + entry.number)).isTrue();
            told.add(entry.number);
        });
        List<Long> expected = model.values().stream()
                .filter(entry -> entry.generation < generation)
                .map(entry -> entry.number)
                .toList();
        assertThat(told).containsExactlyInAnyOrderElementsOf(expected);
        expected.forEach(model::remove);
        expected.forEach(number -> assertThat(ends.has(number)).isFalse());
    }

    @Test
    void whatIsPackedAnewLeavesNoBytesBehind() {
        for (long number = 1; number <= 2_000; number++) {
            ends.put(ended(number, 1, 100));
        }
        long before = ends.heldBytes();
        for (long number = 1; number <= 2_000; number++) {
            assertThat(ends.renew(number, 2)).isTrue();
            assertThat(ends.heldBytes()).isLessThan(before * 3 / 2);
            assertThat(ends.renew(number, 2)).isTrue();
        }
        assertThat(ends.heldBytes()).isEqualTo(before);
        assertThat(ends.size()).isEqualTo(2_000);
        assertThat(ends.new Walk(2).next()).isNull();
        ends.put(ended(2_001, 1, 100));
        assertThat(ends.new Walk(2).next().number).isEqualTo(2_001);
        assertThat(ends.get(1).number).isEqualTo(1);
    }

    @Test
    void aWalkMeetsEachOfTheEarlierGenerationsOnceAndWhatIsAddedBehindIt() {
        for (long number = 1; number <= 3; number++) {
            ends.put(ended(number, (int) number, 0));
        }
        RememberedEnds.Walk walk = ends.new Walk(3);
        assertThat(walk.next().number).isEqualTo(1);
        ends.renew(1, 3);
        ends.put(ended(4, 2, 70_000));
        assertThat(walk.next().number).isEqualTo(2);
        assertThat(walk.next().number).isEqualTo(4);
        assertThat(walk.next()).isNull();
        ends.put(ended(5, 2, 0));
        assertThat(walk.next().number).isEqualTo(5);
        assertThat(walk.next()).isNull();
    }
}
