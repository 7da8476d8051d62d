package io.leasehold.coordinator.testkit;

import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.Refusal;

/** An answer to look at. */
public final class Answered<T> implements Answer<T> {
    private volatile T value;
    private volatile Refusal refusal;
    private volatile int times;

    @Override
    public void done(T value) {
        this.value = value;
        times++;
    }

    @Override
    public void refused(Refusal why) {
        this.refusal = why;
        times++;
    }

    public boolean isThere() {
        return times > 0;
    }

    /** The value, if it was answered exactly once and not refused. */
    public T value() {
        if (times != 1 || refusal != null) {
            throw new AssertionError("answered " + times + " times, refusal: " + refusal);
        }
        return value;
    }

    public Refusal refusal() {
        if (times != 1) {
            throw new AssertionError("answered " + times + " times, value: " + value);
        }
        return refusal;
    }
}
