package io.leasehold.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.kit.Lived;
import io.leasehold.core.state.Replay;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.state.StateDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What an operator's mark is, and for what there can be one. */
class VoidMarkTest {
    private static final byte[] GARBAGE = {'g', 'a', 'r', 'b', 'a', 'g', 'e'};

    @Test
    void theBytesOfAMarkNeverChange() {
        assertThat(HexFormat.of().formatHex(VoidMark.of(300, GARBAGE).toRecord()))
                .isEqualTo("0100" + "0000000000000000" + "010000" + "40" + "ac02"
                        + "795b6904e54f82411df4b0e27a373a55eea3f9d66dac5a9bce1dd92f7b401da5");
    }

    @Test
    void markIsReadBackAndNamesItsBytesAlone() {
        VoidMark mark = VoidMark.read(VoidMark.of(300, GARBAGE).toRecord());

        assertThat(mark.offset()).isEqualTo(300);
        assertThat(mark.names(GARBAGE)).isTrue();
        assertThat(mark.names(new byte[0])).isFalse();
        assertThat(mark).isEqualTo(VoidMark.of(300, GARBAGE)).isNotEqualTo(VoidMark.of(301, GARBAGE));
    }

    @Test
    void whatIsCutOrLongerOrNoMarkIsNotReadAsOne() {
        byte[] mark = VoidMark.of(300, GARBAGE).toRecord();
        for (int length = 0; length < mark.length; length++) {
            assertThat(VoidMark.read(Arrays.copyOf(mark, length)))
                    .as("%d bytes", length)
                    .isNull();
        }
        assertThat(VoidMark.read(Arrays.copyOf(mark, mark.length + 1))).isNull();
        assertThat(VoidMark.read(Samples.record(to -> {}))).isNull();
        assertThat(VoidMark.read(GARBAGE)).isNull();
    }

    @Test
    void foldTakesAMarkForAVoidRecordOfNoOwner() {
        Lived lived = new Lived();
        lived.lease("a");
        ShardState copy = new ShardState();
        Replay replay = new Replay(copy);
        ShardState unmarked = new ShardState();
        Replay plain = new Replay(unmarked);
        assertThat(replay.apply(VoidMark.of(0, GARBAGE).toRecord())).isFalse();
        for (byte[] record : lived.records()) {
            assertThat(replay.apply(record)).isTrue();
            plain.apply(record);
            assertThat(replay.apply(VoidMark.of(7, GARBAGE).toRecord())).isFalse();
        }
        assertThat(StateDigest.of(copy)).isEqualTo(StateDigest.of(unmarked));
    }

    @Test
    void noRecordOfThisReleaseIsGarbageAndItsHeaderCutOffIs() {
        byte[] header = Samples.record(to -> {});
        Samples.ofEachKind()
                .forEach((fact, record) -> assertThat(Garbage.problem(Samples.record(record)))
                        .as(fact)
                        .isNull());
        assertThat(Garbage.problem(VoidMark.of(7, GARBAGE).toRecord())).isNull();
        for (int length = 0; length < header.length; length++) {
            assertThat(Garbage.problem(Arrays.copyOf(header, length)))
                    .as("%d bytes", length)
                    .isNotNull();
        }
    }

    @Test
    void nothingThatBeginsAsALaterFormatIsGarbageAndAllElseIs() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int format = 0; format < 256; format++) {
            byte[] value = new byte[1 + random.nextInt(50)];
            random.nextBytes(value);
            value[0] = (byte) format;
            if (format != TurnWriter.FORMAT) {
                assertThat(Garbage.problem(value) == null)
                        .as("first byte %d, seed %d", format, seed)
                        .isEqualTo(format >= 1 && format <= Garbage.MOST_FORMAT);
            }
        }
        assertThat(TurnWriter.FORMAT).isBetween(1, Garbage.MOST_FORMAT);
    }
}
