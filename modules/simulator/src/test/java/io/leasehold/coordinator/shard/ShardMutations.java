package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.desk.Answer;
import io.leasehold.coordinator.desk.Heartbeat;
import io.leasehold.coordinator.lease.LeaseTime;
import io.leasehold.core.state.ShardState;
import net.bytebuddy.asm.Advice;

/** What is woven into this room to make mutants of it; never run as it stands here. */
public final class ShardMutations {
    private ShardMutations() {}

    /** Of {@link Gate#appended}. */
    public static final class AnyOffsetWillDo {
        @Advice.OnMethodEnter
        static void enter(
                @Advice.Argument(value = 0, readOnly = false) long offset, @Advice.FieldValue("nextOffset") long next) {
            offset = next;
        }
    }

    /** Of {@link Turn#hold}. */
    public static final class SpeaksAtOnce {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.Argument(0) Answer<Object> answer, @Advice.Argument(1) Object value) {
            answer.done(value);
            return true;
        }
    }

    /** Of {@link ShardOptions#graceMs}. */
    public static final class HalfTheGrace {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) long graceMs) {
            graceMs = graceMs / 2;
        }
    }

    /** Of {@link ShardOptions#graceMs}. */
    public static final class NoProofAgeInTheGrace {
        @Advice.OnMethodExit
        static void exit(@Advice.Argument(0) long leaseMs, @Advice.Return(readOnly = false) long graceMs) {
            graceMs = leaseMs;
        }
    }

    /** Of {@link ShardOptions#graceMs}. */
    public static final class OwnProofAgeAlone {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 1, readOnly = false) long lastProofMs) {
            lastProofMs = 0;
        }
    }

    /** Of {@link BaseSearch#found}. */
    public static final class FromTheLogsStart {
        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue("start") long start, @Advice.Return(readOnly = false) long found) {
            found = found == Long.MAX_VALUE ? found : start;
        }
    }

    /** Of {@link Carrying#effective}. */
    public static final class DeletesBeforeItMay {
        @Advice.OnMethodExit
        static void exit(
                @Advice.FieldValue(value = "effectiveBase", readOnly = false) long effectiveBase,
                @Advice.FieldValue("replayPart") ReplayPart replayPart,
                @Advice.FieldValue("state") ShardState state) {
            effectiveBase = Math.max(effectiveBase, replayPart.candidate(state.generation()));
        }
    }

    /** Of {@link Carrying#effective}. */
    public static final class DeletesInboxBeforeItMay {
        @Advice.OnMethodExit
        static void exit(
                @Advice.FieldValue(value = "effectiveInbox", readOnly = false) long effectiveInbox,
                @Advice.FieldValue("state") ShardState state) {
            effectiveInbox = state.inboxOffset() + 1;
        }
    }

    /** Of {@link EndsWindow#endedBefore}. */
    public static final class ForgetsEndsAtOnce {
        @Advice.OnMethodExit
        static void exit(@Advice.Argument(0) ShardState state, @Advice.Return(readOnly = false) long endedBefore) {
            endedBefore = state.nowMs();
        }
    }

    /** Of {@link ReplayPart#candidate}. */
    public static final class AnyGenerationsBase {
        @Advice.OnMethodExit
        static void exit(
                @Advice.FieldValue("candidate") long candidate, @Advice.Return(readOnly = false) long returned) {
            returned = candidate;
        }
    }

    /** Of the verdict on a heartbeat. */
    public static final class EveryHeartbeatIsOk {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) Heartbeat verdict) {
            verdict = new Heartbeat(Heartbeat.Status.OK, 10_000);
        }
    }

    /** Of {@link ShardLoop#appendFailed}. */
    public static final class FailureIsTakenForSuccess {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.This ShardLoop loop) {
            if (loop.owner() == null) {
                return false;
            }
            loop.owner()
                    .appended(
                            loop.owner().gate().nextOffset(),
                            loop.owner().state().nowMs());
            return true;
        }
    }

    /** Of {@link Gap#take}. */
    public static final class NoClaimInTheGap {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) Gap.Verdict verdict) {
            verdict = verdict == Gap.Verdict.SUPERSEDED ? Gap.Verdict.VOID : verdict;
        }
    }

    /** Of {@link Takeover#isDecided}. */
    public static final class DecidesBeforeReadingBack {
        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue("offset") long offset, @Advice.Return(readOnly = false) boolean decided) {
            decided = offset >= 0;
        }
    }

    /** Of {@link Owner#leaseNowMs}. */
    public static final class LeasesBeginWithTheirTurn {
        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue("leaseTime") LeaseTime time, @Advice.Return(readOnly = false) long nowMs) {
            nowMs = time.nowMs();
        }
    }

    /** Of the wait that a worker is told of. */
    public static final class TheWaitIsBelievedWhole {
        @Advice.OnMethodExit
        static void exit(@Advice.Argument(0) long ageMs, @Advice.Return(readOnly = false) long decidedAfterMs) {
            decidedAfterMs = ageMs;
        }
    }

    /** Of {@link EndsOutlet#published}. */
    public static final class PublicBeforeItIs {
        @Advice.OnMethodExit
        static void exit(
                @Advice.FieldValue("effective") long effective, @Advice.Return(readOnly = false) long published) {
            published = effective + 1;
        }
    }

    /** Of {@link EndsOutlet#failed}. */
    public static final class FailedEndsArePublic {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Advice.This EndsOutlet outlet,
                @Advice.Argument(0) long attempt,
                @Advice.FieldValue("asked") long asked) {
            outlet.acknowledged(attempt, asked);
            return true;
        }
    }
}
