package io.leasehold.core.decide;

import io.leasehold.core.state.TaskEntry;
import net.bytebuddy.asm.Advice;

/** What is woven into this room to make mutants of it; never run as it stands here. */
public final class DecideMutations {
    private DecideMutations() {}

    /** Of {@link Decider#carry}. */
    public static final class CarriesNotAll {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.Argument(0) TaskEntry entry) {
            return entry.number() % 7 == 3;
        }
    }

    /** Of {@link Decider}: the best head. */
    public static final class DeadlineIgnored {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 2, readOnly = false) long nowMs) {
            nowMs = 0;
        }
    }

    /** Of {@link Decider}: the next fence. */
    public static final class FenceFromTheTime {
        @Advice.OnMethodExit
        static void exit(@Advice.Argument(0) long nowMs, @Advice.Return(readOnly = false) long fence) {
            fence = nowMs * 2_048;
        }
    }

    /** Of {@link Decider#accept}. */
    public static final class FullIsTakenForAccepted {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) Accepted accepted) {
            accepted = accepted == Accepted.FULL ? Accepted.NEW : accepted;
        }
    }
}
