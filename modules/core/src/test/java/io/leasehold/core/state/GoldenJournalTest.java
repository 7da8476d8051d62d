package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.event.TurnReader;
import io.leasehold.core.kit.Told;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Journals that a release wrote fold to the same state for ever, from their beginning and from each of their bases. Whoever
 * breaks this test breaks upgrades: records like these lie in brokers. A new format adds a file, which
 * {@link GoldenJournalWriter} writes, and never changes one.
 */
class GoldenJournalTest {
    /** Of the state after the last record. That file is older than the present digest: what its writer had was another. */
    private static final long DIGEST_1 = 0x1de2a0f419f989a8L;

    /** Of the state after the last record, as the release that wrote the file had it. */
    private static final long DIGEST_2 = 0x61944a9218b35aa1L;

    /** Of the state after the last record, as the release that wrote the file had it. */
    private static final long DIGEST_3 = 0xcd47eae316c00abeL;

    /** Of the state after the last record, as the release that wrote the file had it. */
    private static final long DIGEST_4 = 0x7502e2348d1c54a4L;

    @Test
    void whatFold1WroteFoldsToTheSameFromEachOfItsBases() throws IOException {
        check(read("journal-format-1.gz"), DIGEST_1);
    }

    @Test
    void whatFold2WroteFoldsToWhatItsWritersHad() throws IOException {
        check(read("journal-fold-2.gz"), DIGEST_2);
    }

    @Test
    void whatFold3WroteFoldsToWhatItsWritersHad() throws IOException {
        List<byte[]> records = read("journal-fold-3.gz");
        check(records, DIGEST_3);
        assertThat(facts(records)).contains("termsSet", "timeSet", "claimed", "based");
    }

    @Test
    void whatFold4WroteFoldsToWhatItsWritersHad() throws IOException {
        List<byte[]> records = read("journal-fold-4.gz");
        check(records, DIGEST_4);
        assertThat(facts(records)).contains("termsSet", "timeSet", "purged", "carried", "inboxSettled", "based");
    }

    private static Set<String> facts(List<byte[]> records) {
        List<Told> told = new ArrayList<>();
        TurnReader reader = new TurnReader();
        for (byte[] one : records) {
            reader.header(one);
            reader.events(Told.into(told));
        }
        return told.stream().map(Told::fact).collect(Collectors.toSet());
    }

    private static void check(List<byte[]> records, long expected) {
        assertThat(records).hasSizeGreaterThan(500);
        assertThat(digest(records, 0)).isEqualTo(expected);
        List<Integer> bases = bases(records);
        assertThat(bases).hasSizeGreaterThan(2);
        assertThat(bases).allSatisfy(base -> assertThat(digest(records, base)).isEqualTo(expected));
    }

    static long digest(List<byte[]> records, int from) {
        ShardState state = new ShardState();
        Replay replay = new Replay(state);
        int next = from;
        if (from > 0) {
            replay.start(records.get(next++));
        }
        for (; next < records.size(); next++) {
            replay.apply(records.get(next));
        }
        return StateDigest.of(state);
    }

    /** Those that later records name. */
    private static List<Integer> bases(List<byte[]> records) {
        TurnReader reader = new TurnReader();
        TreeSet<Integer> bases = new TreeSet<>();
        records.forEach(one -> bases.add((int) reader.header(one).baseOffset()));
        bases.remove(0);
        return List.copyOf(bases);
    }

    private List<byte[]> read(String name) throws IOException {
        List<byte[]> records = new ArrayList<>();
        try (InputStream file = getClass().getResourceAsStream(name);
                DataInputStream in = new DataInputStream(new GZIPInputStream(file))) {
            for (int length = in.readInt(); length >= 0; length = in.readInt()) {
                records.add(in.readNBytes(length));
            }
        }
        return records;
    }
}
