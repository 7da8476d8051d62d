package io.leasehold.server.config;

import java.util.List;

/** The configuration cannot be used. The message has one line for each fault: {@code key: value (expected: ...)}. */
public final class InvalidConfigException extends RuntimeException {
    private final List<String> faults;

    public InvalidConfigException(List<String> faults) {
        super(String.join(System.lineSeparator(), faults));
        this.faults = List.copyOf(faults);
    }

    public List<String> faults() {
        return faults;
    }

    static String fault(String key, Object value, String expected) {
        return key + ": " + (value == null ? "none" : value) + " (expected: " + expected + ")";
    }
}
