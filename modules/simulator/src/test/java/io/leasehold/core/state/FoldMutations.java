package io.leasehold.core.state;

import io.leasehold.core.event.Base;
import io.leasehold.core.event.TurnHeader;
import net.bytebuddy.asm.Advice;

/** What is woven into this room to make mutants of it; never run as it stands here. */
public final class FoldMutations {
    private FoldMutations() {}

    /** Of {@link Fold}: whether a record is next. */
    public static final class GapsDoNotMatter {
        @Advice.OnMethodExit
        static void exit(
                @Advice.Argument(0) TurnHeader header,
                @Advice.FieldValue("state") ShardState state,
                @Advice.Return(readOnly = false) boolean next) {
            next = state.epoch > 0 && header.epoch() == state.epoch && header.nonce() == state.nonce;
        }
    }

    /** Of {@link Fold#begin}. */
    public static final class OlderClaimsCount {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(0) TurnHeader header, @Advice.FieldValue("state") ShardState state) {
            if (header.isClaim() && header.nonce() != state.nonce) {
                state.epoch = Math.min(state.epoch, header.epoch() - 1);
            }
        }
    }

    /** Of {@link Fold}: the end of a task that is still to be carried. */
    public static final class EndsOfUnknownTasksAreNotCounted {
        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue("state") ShardState state, @Advice.Argument(0) long number) {
            if (state.partial && state.byNumber.get(number) == null) {
                state.lastEnd--;
            }
        }
    }

    /** Of {@link Generations#replace}. */
    public static final class NewLifeJoinsThePresentGeneration {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Advice.This Generations generations,
                @Advice.Argument(0) TaskEntry before,
                @Advice.Argument(1) TaskEntry entry) {
            generations.leave(before);
            generations.join(entry);
            return true;
        }
    }

    /** Of {@link Fold#based}. */
    public static final class BaseWithoutFence {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 0, readOnly = false) Base b) {
            b = new Base(
                    b.generation(),
                    b.inboxOffset(),
                    b.inboxLeaderEpoch(),
                    b.lastNumber(),
                    0,
                    b.lastEnd(),
                    b.publishedEnd(),
                    b.claim());
        }
    }

    /** Of {@link Fold#based}. */
    public static final class BaseWithoutInboxPosition {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 0, readOnly = false) Base b) {
            b = new Base(
                    b.generation(),
                    0,
                    b.inboxLeaderEpoch(),
                    b.lastNumber(),
                    b.lastFence(),
                    b.lastEnd(),
                    b.publishedEnd(),
                    b.claim());
        }
    }

    /** Of {@link Fold#based}. */
    public static final class BaseWithoutNumber {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 0, readOnly = false) Base b) {
            b = new Base(
                    b.generation(),
                    b.inboxOffset(),
                    b.inboxLeaderEpoch(),
                    0,
                    b.lastFence(),
                    b.lastEnd(),
                    b.publishedEnd(),
                    b.claim());
        }
    }
}
