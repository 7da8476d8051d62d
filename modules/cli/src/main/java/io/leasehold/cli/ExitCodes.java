package io.leasehold.cli;

/** What the program's exit codes say. */
public final class ExitCodes {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int WRONG_USAGE = 2;

    private ExitCodes() {}
}
