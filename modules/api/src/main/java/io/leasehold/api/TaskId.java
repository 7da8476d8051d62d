package io.leasehold.api;

/** The name of a task. */
public record TaskId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
