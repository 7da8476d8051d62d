package io.leasehold.api;

/** A task as submitted that breaks a rule. */
public final class InvalidTask extends InvalidRequest {
    public InvalidTask(String field, String value, String expected) {
        super(field, value, expected);
    }
}
