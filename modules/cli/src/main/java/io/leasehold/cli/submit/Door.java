package io.leasehold.cli.submit;

/** A way to hand tasks in. Answers may come later, but all have come when {@link #close} returns. */
interface Door extends AutoCloseable {
    /** Takes one task; may wait while too many are under way. */
    void submit(Item item);

    /** Waits for what is under way. */
    @Override
    void close();
}
