package io.leasehold.simulator;

import java.util.function.Supplier;

/** What happened: always as a fingerprint, and as text if somebody wants to read it. */
final class Trace {
    private final boolean printed;
    private long hash = 17;
    private long nowUs;

    Trace(boolean printed) {
        this.printed = printed;
    }

    void step(long nowUs, Happening happening) {
        this.nowUs = nowUs;
        mix(nowUs);
        mix(happening.what.hashCode());
        if (happening.process != null) {
            mix(happening.process.name().hashCode());
        }
        if (printed) {
            print((happening.process == null ? "" : happening.process.name() + " ") + happening.what);
        }
    }

    /** Something worth knowing beside the steps. */
    void note(long value, Supplier<String> what) {
        mix(value);
        if (printed) {
            print("    " + what.get());
        }
    }

    private void print(String line) {
        System.out.printf("%10.3f %s%n", nowUs / 1_000.0, line);
    }

    private void mix(long value) {
        hash = (hash ^ value) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
    }

    long hash() {
        return hash;
    }
}
