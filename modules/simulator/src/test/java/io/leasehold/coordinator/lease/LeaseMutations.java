package io.leasehold.coordinator.lease;

import net.bytebuddy.asm.Advice;

/** What is woven into this room to make mutants of it; never run as it stands here. */
public final class LeaseMutations {
    private LeaseMutations() {}

    /** Of {@link LeaseTime#advance}. */
    public static final class RunsOnWithoutProof {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 1, readOnly = false) boolean couldSayOk) {
            couldSayOk = true;
        }
    }

    /** Of {@link LeaseTime#advance}. */
    public static final class RunsOnThroughPauses {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Advice.Argument(0) long monotonicMs,
                @Advice.FieldValue(value = "nowMs", readOnly = false) long nowMs,
                @Advice.FieldValue(value = "lastMonotonicMs", readOnly = false) long lastMonotonicMs) {
            nowMs += Math.max(0, monotonicMs - lastMonotonicMs);
            lastMonotonicMs = monotonicMs;
            return true;
        }
    }

    /** Of what a lease lasts. */
    public static final class NoDrift {
        @Advice.OnMethodExit
        static void exit(@Advice.Argument(0) long promisedMs, @Advice.Return(readOnly = false) long lasting) {
            lasting = promisedMs;
        }
    }
}
