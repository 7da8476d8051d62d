package io.leasehold.log;

/** Records that were to be read were deleted meanwhile, as a running cluster does with what it needs no more. */
public final class RecordsDeleted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RecordsDeleted(String message) {
        super(message);
    }
}
