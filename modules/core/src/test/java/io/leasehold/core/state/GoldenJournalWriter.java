package io.leasehold.core.state;

import io.leasehold.core.decide.Policy;
import io.leasehold.core.kit.Lived;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * {@code GoldenJournalWriter FILE}: writes a journal of the present format for {@link GoldenJournalTest}; it begins with the
 * older version of the rules and is raised on the way.
 */
final class GoldenJournalWriter {
    private GoldenJournalWriter() {}

    public static void main(String[] args) throws IOException {
        Random random = new Random(1);
        Policy policy = new Policy(2, 300, 1 << 20, 10_000);
        Lived lived = new Lived(policy, bound -> random.nextLong(bound + 1), Fold.OLDEST_VERSION);
        Wishes wishes = new Wishes(lived, random);
        Trims trims = new Trims(lived, random);
        for (int i = 0; i < 6_000; i++) {
            if (random.nextInt(20) == 0) {
                trims.next();
            } else {
                wishes.next();
            }
        }
        List<byte[]> records = List.copyOf(lived.records());
        try (DataOutputStream out =
                new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(Path.of(args[0]))))) {
            for (byte[] one : records) {
                out.writeInt(one.length);
                out.write(one);
            }
            out.writeInt(-1);
        }
        System.out.println(args[0] + " folds to " + Long.toHexString(GoldenJournalTest.digest(records, 0)));
    }
}
