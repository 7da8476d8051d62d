package io.leasehold.core.event;

import io.leasehold.core.wire.UnreadableRecordException;

/**
 * Tells what cannot be a journal record of any release from what merely cannot be read by this one. A record of a later
 * release must never be taken for garbage, so it is by the first byte alone that one is told: no release's format has a
 * number above {@link #MOST_FORMAT}. A record whose header reads is none, whatever follows it.
 */
public final class Garbage {
    /** No later format will have a higher number; 0 is none either. */
    public static final int MOST_FORMAT = 7;

    private Garbage() {}

    /**
     * Why the bytes cannot be a record.
     *
     * @return null if they are one, or may be one of a later release
     */
    public static String problem(byte[] value) {
        if (value.length == 0) {
            return "it is empty";
        }
        int format = value[0] & 0xff;
        if (format == 0 || format > MOST_FORMAT) {
            return "it begins with byte " + format + " (expected: a format's number, 1 to " + MOST_FORMAT + ")";
        }
        if (format > TurnWriter.FORMAT) {
            return null;
        }
        try {
            new TurnReader().header(value);
            return null;
        } catch (UnreadableRecordException e) {
            return "its header cannot be read: " + e.getMessage();
        }
    }
}
