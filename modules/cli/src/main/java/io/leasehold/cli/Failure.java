package io.leasehold.cli;

/** A command cannot do what it was asked to: ends the program with exit code 1 and this message, which names a way out. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what went wrong; further lines say what to do next */
    public Failure(String message) {
        super(message);
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
