package io.leasehold.cli.verify;

import io.leasehold.cli.Failure;
import io.leasehold.cli.output.Times;
import io.leasehold.core.event.Garbage;
import io.leasehold.core.event.VoidMark;
import io.leasehold.log.LogOptions;
import io.leasehold.log.LogScan;
import io.leasehold.log.PartitionScan;
import java.util.Arrays;
import java.util.HexFormat;

/** Garbage in a journal, and what lies behind it up to the journal's end. */
final class FoundGarbage {
    private static final int SHOWN_BYTES = 32;

    private final int shard;
    private final long offset;
    private byte[] value;
    private long appendedMs;
    private long behind;
    private long bytesBehind;
    private Long mark;

    private FoundGarbage(int shard, long offset) {
        this.shard = shard;
        this.offset = offset;
    }

    /** @throws Failure if there is none at that place, or none that a mark could void */
    static FoundGarbage in(LogOptions options, int shard, long offset) {
        try (LogScan scan = LogScan.open(options)) {
            if (shard < 0 || shard >= scan.shards()) {
                throw new Failure("--shard: " + shard + " (expected: 0 to " + (scan.shards() - 1) + ")");
            }
            FoundGarbage found = new FoundGarbage(shard, offset);
            try (PartitionScan journal = scan.journal(shard)) {
                found.read(journal);
            }
            return found;
        }
    }

    private void read(PartitionScan journal) {
        if (offset < journal.start() || offset >= journal.end()) {
            throw new Failure("--offset: " + offset + " (expected: " + journal.start() + " to " + (journal.end() - 1)
                    + ", where the journal of shard " + shard + " starts and ends)");
        }
        journal.read(offset, Math.min(journal.end(), offset + 1), (at, ms, key, bytes, headers) -> {
            value = bytes;
            appendedMs = ms;
        });
        check();
        journal.read(offset + 1, journal.end(), (at, ms, key, bytes, headers) -> {
            behind++;
            bytesBehind += bytes.length;
            if (mark == null && markForIt().equals(VoidMark.read(bytes))) {
                mark = at;
            }
        });
        boolean isFar =
                behind >= VoidMark.MOST_RECORDS_BEHIND || value.length + bytesBehind >= VoidMark.MOST_BYTES_BEHIND;
        if (mark == null && isFar) {
            throw new Failure(place() + ": " + behind + " records of " + bytesBehind
                    + " bytes lie behind it (expected: fewer than " + VoidMark.MOST_RECORDS_BEHIND + " of "
                    + VoidMark.MOST_BYTES_BEHIND + " bytes, among which readers look for a mark)");
        }
    }

    /** Only what no release can have written: an older program must not void what a later one wrote. */
    private void check() {
        if (value == null) {
            throw new Failure(place() + ": no record but a mark of Kafka's own (expected: garbage)");
        }
        if (problem() != null) {
            return;
        }
        int format = value[0] & 0xff;
        throw new Failure(place() + ": a record of format " + format
                + " (expected: garbage, which is no record of any release)"
                + (format > 1 ? "\nA later release may have written it: use that one's program and coordinators" : ""));
    }

    private String place() {
        return "shard " + shard + ", offset " + offset;
    }

    /** Why it is no record. */
    String problem() {
        return Garbage.problem(value);
    }

    int bytes() {
        return value.length;
    }

    String begins() {
        String hex = HexFormat.ofDelimiter(" ").formatHex(Arrays.copyOf(value, Math.min(value.length, SHOWN_BYTES)));
        return value.length > SHOWN_BYTES ? hex + " ..." : hex;
    }

    String sha256() {
        return HexFormat.of().formatHex(markForIt().digest());
    }

    String appendedAt() {
        return Times.at(appendedMs);
    }

    long behind() {
        return behind;
    }

    /** Where a mark lies that voids it already; null if there is none. */
    Long mark() {
        return mark;
    }

    VoidMark markForIt() {
        return VoidMark.of(offset, value);
    }
}
