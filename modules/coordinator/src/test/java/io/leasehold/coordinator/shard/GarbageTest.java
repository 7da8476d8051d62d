package io.leasehold.coordinator.shard;

import static io.leasehold.coordinator.testkit.OneShard.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.desk.TaskView;
import io.leasehold.coordinator.testkit.Answered;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import io.leasehold.core.event.Garbage;
import io.leasehold.core.event.VoidMark;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What somebody else wrote into a journal stops its shard until an operator's mark says that it is void. */
class GarbageTest {
    private static final byte[] GARBAGE = "garbage".getBytes(StandardCharsets.UTF_8);

    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);

    private OneShard owner(String name) {
        return new OneShard(name, clock, logs).owning();
    }

    private OneShard stopped(String name) {
        OneShard copy = new OneShard(name, clock, logs);
        copy.loop.claim();
        copy.settle();
        assertThat(copy.loop.status()).isEqualTo(ShardStatus.STOPPED);
        return copy;
    }

    private int inject(byte[] value) {
        logs.inject(value);
        return logs.journal().size() - 1;
    }

    private void mark(long offset, byte[] value) {
        logs.inject(VoidMark.of(offset, value).toRecord());
    }

    private static TaskView find(OneShard owner, String id) {
        Answered<TaskView> answer = new Answered<>();
        owner.desk.find(0, id, answer);
        owner.settle();
        return answer.value();
    }

    @Test
    void garbageBehindAnOwnersRecordStopsItAndSaysWhatToDo() {
        OneShard a = owner("a");
        int offset = inject(GARBAGE);

        a.submit(task("t", 0));

        assertThat(a.loop.status()).isEqualTo(ShardStatus.STOPPED);
        assertThat(a.loop.view().problem())
                .contains("at offset " + offset + " is no record of any release: it begins with byte 103")
                .contains("leasehold journal void --shard 0 --offset " + offset);
    }

    @Test
    void garbageWithoutAMarkStopsEveryCopy() {
        owner("a").loop.release();
        int offset = inject(GARBAGE);

        assertThat(stopped("b").loop.view().problem()).contains("--offset " + offset);
    }

    @Test
    void garbageThatIsMarkedIsVoidAndWhatWasWrittenBehindItCounts() {
        OneShard a = owner("a");
        a.submit(task("before", 0));
        int offset = inject(GARBAGE);
        a.submit(task("behind", 0));
        stopped("b");

        mark(offset, GARBAGE);
        OneShard c = owner("c");

        assertThat(find(c, "before")).isNotNull();
        assertThat(find(c, "behind")).as("effective, though its owner stopped").isNotNull();
        c.submit(task("after", 0)).value();
        assertThat(find(owner("d"), "after")).isNotNull();
    }

    @Test
    void everyPieceOfGarbageNeedsAMarkOfItsOwn() {
        owner("a").loop.release();
        int first = inject(GARBAGE);
        int second = inject(new byte[0]);

        mark(first, GARBAGE);
        assertThat(stopped("b").loop.view().problem())
                .contains("--offset " + second)
                .contains("it is empty");

        mark(second, new byte[0]);
        owner("c");
    }

    @Test
    void markForOtherBytesOrAnotherOffsetOrOneThatLiesBeforeTheGarbageVoidsNothing() {
        owner("a").loop.release();
        mark(logs.journal().size() + 1, GARBAGE);
        int offset = inject(GARBAGE);
        mark(offset, "other".getBytes(StandardCharsets.UTF_8));
        mark(offset + 1, GARBAGE);

        stopped("b");
    }

    @Test
    void markCannotVoidARecordThatCanBeRead() {
        OneShard a = owner("a");
        a.submit(task("t", 0)).value();
        int offset = logs.journal().size() - 1;
        a.loop.release();
        mark(offset, logs.journal().get(offset).value());

        assertThat(find(owner("b"), "t")).isNotNull();
    }

    @Test
    void whatMayBeARecordOfALaterReleaseStaysInTheWayThoughItIsMarked() {
        owner("a").loop.release();
        byte[] later = logs.journal().get(0).value().clone();
        later[0] = 2;
        int offset = inject(later);
        mark(offset, later);

        assertThat(stopped("b").loop.view().problem()).isEqualTo("journal record format: 2 (expected: 1)");
    }

    @Test
    void markBetweenAnOwnersRecordsChangesNothing() {
        OneShard a = owner("a");
        mark(0, logs.journal().get(0).value());

        a.submit(task("t", 0)).value();

        assertThat(a.loop.status()).isEqualTo(ShardStatus.ACTIVE);
        assertThat(find(owner("b"), "t")).isNotNull();
    }

    @Test
    void standbyThatFollowsStopsAtGarbageAndTheNextCopyStepsOverItOnceItIsMarked() {
        OneShard a = owner("a");
        OneShard standby = new OneShard("b", clock, logs);
        standby.settle();
        int offset = inject(GARBAGE);
        standby.settle();
        assertThat(standby.loop.status()).isEqualTo(ShardStatus.STOPPED);

        a.loop.close();
        mark(offset, GARBAGE);

        OneShard next = owner("c");
        next.submit(task("t", 0)).value();
    }

    @Test
    void garbageOfEveryKindIsSteppedOverAndTheStateIsThatOfAJournalWithoutIt() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < 60; run++) {
            InMemoryLogs journal = new InMemoryLogs(clock, 1);
            OneShard a = new OneShard("a", clock, journal).owning();
            a.submit(task("t", 0), task("u", 3)).value();
            a.loop.release();
            a.settle();
            int records = journal.journal().size();
            int pieces = 1 + random.nextInt(4);
            byte[][] values = new byte[pieces][];
            int[] offsets = new int[pieces];
            for (int i = 0; i < pieces; i++) {
                byte[] real = journal.journal().get(random.nextInt(records)).value();
                values[i] = garbage(random, real);
                journal.inject(values[i]);
                offsets[i] = journal.journal().size() - 1;
            }
            for (int i = 0; i < pieces; i++) {
                if (Garbage.problem(values[i]) != null) {
                    journal.inject(VoidMark.of(offsets[i], values[i]).toRecord());
                }
            }

            OneShard next = new OneShard("b", clock, journal).owning();

            assertThat(find(next, "t")).as("seed %d, run %d", seed, run).isNotNull();
            assertThat(next.loop.view().live()).isEqualTo(2);
        }
    }

    /** Of the kinds that people put there: none, text, chance, and a record that was cut off or changed. */
    private static byte[] garbage(Random random, byte[] real) {
        byte[] chance = new byte[1 + random.nextInt(40)];
        random.nextBytes(chance);
        // What begins as a later release's record does, or as a claim, is not for a mark.
        chance[0] = (byte) (chance[0] & 0xff | 8);
        byte[] flipped = real.clone();
        flipped[0] = (byte) (8 + random.nextInt(200));
        return switch (random.nextInt(5)) {
            case 0 -> new byte[0];
            case 1 -> "{\"id\":\"t\"}".getBytes(StandardCharsets.UTF_8);
            case 2 -> chance;
            case 3 -> flipped;
            default -> Arrays.copyOf(real, 1 + random.nextInt(real.length - 1));
        };
    }
}
