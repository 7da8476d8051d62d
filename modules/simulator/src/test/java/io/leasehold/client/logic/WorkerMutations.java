package io.leasehold.client.logic;

import net.bytebuddy.asm.Advice;

/** What is woven into this room to make mutants of it; never run as it stands here. */
public final class WorkerMutations {
    private WorkerMutations() {}

    /** Of {@link Polls#onAnswer}. */
    public static final class BelievesFromTheAnswerOn {
        @Advice.OnMethodExit
        static void exit(@Advice.Argument(0) Turn turn, @Advice.Return(readOnly = false) Polls.Answered answered) {
            answered = new Polls.Answered(answered.url(), turn.nowMs, answered.repeated(), answered.answer());
        }
    }

    /** Of {@link Polls#onAnswer}. */
    public static final class BelievesFromTheRepetitionOn {
        @Advice.OnMethodExit
        static void exit(@Advice.Argument(0) Turn turn, @Advice.Return(readOnly = false) Polls.Answered answered) {
            if (answered.repeated()) {
                answered = new Polls.Answered(answered.url(), turn.nowMs, false, answered.answer());
            }
        }
    }

    /** Of {@link Leases}: what becomes of a heartbeat. */
    public static final class RenewsFromTheAnswerOn {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(0) Turn turn, @Advice.Argument(value = 3, readOnly = false) long sentMs) {
            sentMs = turn.nowMs;
        }
    }
}
