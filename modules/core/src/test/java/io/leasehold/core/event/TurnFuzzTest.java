package io.leasehold.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.leasehold.core.kit.Seeds;
import io.leasehold.core.kit.Told;
import io.leasehold.core.wire.UnreadableRecordException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, a reader says that it cannot read them, or reads them. */
class TurnFuzzTest {
    private static final int MUTANTS = 100_000;
    private static final long MOST_BYTES_A_RECORD = 200_000;

    private final List<byte[]> records = new ArrayList<>();
    private final Events ignore = Told.all();

    TurnFuzzTest() {
        Samples.ofEachKind().values().forEach(sample -> records.add(Samples.record(sample)));
        records.add(Samples.record(to -> Samples.ofEachKind().values().forEach(sample -> sample.accept(to))));
    }

    @Test
    void everyPrefixOfARecordIsReadOrRefused() {
        for (byte[] record : records) {
            for (int length = 0; length < record.length; length++) {
                readOrRefuse(Arrays.copyOf(record, length));
            }
        }
    }

    @Test
    void aRecordCutWithinAnEventIsRefused() {
        for (byte[] record : records.subList(0, records.size() - 1)) {
            int header = Samples.record(to -> {}).length;
            for (int length = header + 1; length < record.length; length++) {
                byte[] cut = Arrays.copyOf(record, length);
                assertThatThrownBy(() -> read(cut)).isInstanceOf(UnreadableRecordException.class);
            }
        }
    }

    @Test
    void mutatedRecordsAreReadOrRefusedWithLittleMemory() {
        Random random = new Random(Seeds.one());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int read = 0;
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutated(records.get(random.nextInt(records.size())), random);
            long before = threads.getCurrentThreadAllocatedBytes();
            read += readOrRefuse(mutant) ? 1 : 0;
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocated)
                    .as(() -> "bytes allocated for " + HexFormat.of().formatHex(mutant))
                    .isLessThan(MOST_BYTES_A_RECORD);
        }
        assertThat(read).as("mutants that are records").isBetween(MUTANTS / 100, MUTANTS - MUTANTS / 100);
    }

    @Test
    void bytesByChanceAreReadOrRefused() {
        Random random = new Random(Seeds.one());
        for (int i = 0; i < MUTANTS; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = TurnWriter.FORMAT;
            }
            readOrRefuse(bytes);
        }
    }

    private static byte[] mutated(byte[] record, Random random) {
        byte[] mutant = record.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(mutant.length);
            switch (random.nextInt(4)) {
                case 0 -> mutant[at] = (byte) random.nextInt(256);
                case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> Arrays.fill(mutant, at, Math.min(mutant.length, at + 1 + random.nextInt(10)), (byte) -1);
                default -> mutant = Arrays.copyOf(mutant, Math.max(1, at + random.nextInt(20)));
            }
        }
        return mutant;
    }

    private boolean readOrRefuse(byte[] record) {
        try {
            read(record);
            return true;
        } catch (UnreadableRecordException e) {
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("on " + HexFormat.of().formatHex(record), e);
        }
    }

    private void read(byte[] record) {
        TurnReader reader = new TurnReader();
        if (reader.header(record).isClaim()) {
            reader.claimAfterHeader();
        }
        reader.events(ignore);
    }
}
