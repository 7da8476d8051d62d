package io.leasehold.core.event;

import io.leasehold.core.wire.UnreadableRecordException;
import io.leasehold.core.wire.WireReader;
import io.leasehold.core.wire.WireWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * An operator's word, in the journal itself, that what lies at an offset before it is {@link Garbage} and void. It is good for
 * those bytes alone, which their digest says. It is a record of an epoch that no claim has, so that it is no owner's, and
 * releases that do not know it take it for a void one.
 *
 * <p>Its form: a header of format 1 with seq 1 and else zeros, a byte 64, the offset as varint, 32 bytes.
 *
 * @param digest the SHA-256 of what is void
 */
public record VoidMark(long offset, byte[] digest) {
    private static final TurnHeader HEADER = new TurnHeader(0, 0, 1, 0, 0);
    /** Above all codes of facts, as it is none. */
    private static final int CODE = 64;

    private static final int DIGEST_BYTES = 32;

    /** A reader looks for a mark among so many records behind the garbage, and no further. */
    public static final int MOST_RECORDS_BEHIND = 10_000;

    /** And among so many bytes of records. */
    public static final long MOST_BYTES_BEHIND = 64L << 20;

    public static VoidMark of(long offset, byte[] garbage) {
        return new VoidMark(offset, digest(garbage));
    }

    /** The mark that a record is; null if it is none. */
    public static VoidMark read(byte[] record) {
        WireReader in = new WireReader();
        in.begin(record);
        try {
            if (in.one() != TurnWriter.FORMAT || !header(in).equals(HEADER) || in.one() != CODE) {
                return null;
            }
            long offset = in.varint();
            int rest = record.length - in.at();
            return offset < 0 || rest != DIGEST_BYTES
                    ? null
                    : new VoidMark(offset, Arrays.copyOfRange(record, in.at(), record.length));
        } catch (UnreadableRecordException e) {
            return null;
        }
    }

    private static TurnHeader header(WireReader in) {
        return new TurnHeader(in.varint(), in.fixed64(), in.varint(), in.varint(), in.varint());
    }

    /** Whether it is meant for these bytes. */
    public boolean names(byte[] garbage) {
        return MessageDigest.isEqual(digest, digest(garbage));
    }

    public byte[] toRecord() {
        WireWriter out = new WireWriter(64);
        out.one(TurnWriter.FORMAT);
        out.varint(HEADER.epoch());
        out.fixed64(HEADER.nonce());
        out.varint(HEADER.seq());
        out.varint(HEADER.nowMs());
        out.varint(HEADER.baseOffset());
        out.one(CODE);
        out.varint(offset);
        out.raw(digest);
        return out.toBytes();
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing (expected: every Java has it)", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VoidMark mark && mark.offset == offset && Arrays.equals(mark.digest, digest);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(offset) ^ Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
        return "void mark for offset " + offset;
    }
}
