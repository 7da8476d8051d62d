package io.leasehold.core.wire;

/** A journal record that this release cannot read: an unknown format or kind, or bytes that are not a record. */
public final class UnreadableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableRecordException(String message) {
        super(message);
    }
}
