package io.leasehold.log;

import java.util.List;

/**
 * The topics are not what they must be for nothing to be lost. Each problem has the form {@code <topic> <setting>:
 * <value> (expected: ...)}.
 */
public final class WrongTopicSettings extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    WrongTopicSettings(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem there is, not just the first. */
    public List<String> problems() {
        return problems;
    }
}
