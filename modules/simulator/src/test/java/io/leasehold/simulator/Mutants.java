package io.leasehold.simulator;

import static io.leasehold.simulator.Mutant.advised;
import static io.leasehold.simulator.Mutant.doingNothing;
import static io.leasehold.simulator.Mutant.ignoring;
import static io.leasehold.simulator.Mutant.saying;
import static net.bytebuddy.matcher.ElementMatchers.named;

import io.leasehold.client.logic.WorkerMutations;
import io.leasehold.coordinator.lease.LeaseMutations;
import io.leasehold.coordinator.shard.ShardMutations;
import io.leasehold.core.decide.DecideMutations;
import io.leasehold.core.state.FoldMutations;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.FixedValue;

/** All mutants. */
final class Mutants {
    private static final String SHARD = "io.leasehold.coordinator.shard.";
    private static final String LEASE = "io.leasehold.coordinator.lease.";
    private static final String STATE = "io.leasehold.core.state.";
    private static final String DECIDER = "io.leasehold.core.decide.Decider";
    private static final String LOGIC = "io.leasehold.client.logic.";

    private Mutants() {}

    /** Those that some seed has shown. */
    static List<Mutant> caught() {
        MutantSeeds seeds = new MutantSeeds();
        return all().stream().filter(mutant -> seeds.of(mutant) > 0).toList();
    }

    static List<Mutant> all() {
        return List.of(
                // The log is the only arbiter.
                advised(
                        "an append counts at any offset",
                        "R1 R2",
                        SHARD + "Gate",
                        "appended",
                        ShardMutations.AnyOffsetWillDo.class),
                advised(
                        "answers do not wait for the log",
                        "R1",
                        SHARD + "Turn",
                        "hold",
                        ShardMutations.SpeaksAtOnce.class),
                advised(
                        "records after a gap are folded",
                        "R2",
                        STATE + "Fold",
                        "isNext",
                        FoldMutations.GapsDoNotMatter.class),
                advised("an older claim counts", "R4", STATE + "Fold", "begin", FoldMutations.OlderClaimsCount.class),
                advised(
                        "a failed append is taken for a good one",
                        "R3",
                        SHARD + "ShardLoop",
                        "appendFailed",
                        ShardMutations.FailureIsTakenForSuccess.class),
                saying("a claim is not checked when read back", "R4 R5", SHARD + "Takeover", "isWon", true),
                new Mutant(
                        "an owner decides before it has read what came before its claim",
                        "R5",
                        SHARD + "Takeover",
                        "isDecided",
                        builder -> builder.visit(Advice.to(ShardMutations.DecidesBeforeReadingBack.class)
                                        .on(named("isDecided")))
                                .method(named("isWon"))
                                .intercept(FixedValue.value(true))),
                advised(
                        "a newer claim in between is overlooked",
                        "R2 R4",
                        SHARD + "Gap",
                        "take",
                        ShardMutations.NoClaimInTheGap.class),
                doingNothing("who waits at a lost shard is forgotten", "R6", SHARD + "Gate", "lose"),
                // Leases and time.
                saying("no proof is needed to renew a lease", "R9", SHARD + "Gate", "canSayOk", true),
                advised("half the grace", "R10", SHARD + "ShardOptions", "graceMs", ShardMutations.HalfTheGrace.class),
                advised(
                        "grace without the age of the proof",
                        "R10",
                        SHARD + "ShardOptions",
                        "graceMs",
                        ShardMutations.NoProofAgeInTheGrace.class),
                advised(
                        "grace by one's own age of the proof alone",
                        "R10",
                        SHARD + "ShardOptions",
                        "graceMs",
                        ShardMutations.OwnProofAgeAlone.class),
                advised(
                        "a worker believes from a grant's arrival",
                        "R10",
                        LOGIC + "Polls",
                        "onAnswer",
                        WorkerMutations.BelievesFromTheAnswerOn.class),
                advised(
                        "a worker believes from a repeated poll's answer",
                        "R10 R16",
                        LOGIC + "Polls",
                        "onAnswer",
                        WorkerMutations.BelievesFromTheRepetitionOn.class),
                advised(
                        "a worker believes from a heartbeat's answer",
                        "R10",
                        LOGIC + "Leases",
                        "settle",
                        WorkerMutations.RenewsFromTheAnswerOn.class),
                saying(
                        "a worker's clock stands still while its machine sleeps",
                        "R13",
                        LOGIC + "WorkerClock",
                        "gained",
                        0L),
                advised(
                        "leases last as if all clocks ran alike",
                        "R10",
                        LEASE + "LeaseClocks",
                        "lasting",
                        LeaseMutations.NoDrift.class),
                advised(
                        "the wait is believed whole",
                        "R10",
                        SHARD + "Dispatch",
                        "decidedAfterMs",
                        ShardMutations.TheWaitIsBelievedWhole.class),
                advised(
                        "leases begin with their turn",
                        "R10 R12",
                        SHARD + "Owner",
                        "leaseNowMs",
                        ShardMutations.LeasesBeginWithTheirTurn.class),
                advised(
                        "a heartbeat is taken after the decision to expire",
                        "R11",
                        SHARD + "Commands$Heartbeats",
                        "verdict",
                        ShardMutations.EveryHeartbeatIsOk.class),
                advised(
                        "a pause counts as silence",
                        "R12",
                        LEASE + "LeaseTime",
                        "advance",
                        LeaseMutations.RunsOnThroughPauses.class),
                advised(
                        "leases run out while none can be renewed",
                        "R12 R15",
                        LEASE + "LeaseTime",
                        "advance",
                        LeaseMutations.RunsOnWithoutProof.class),
                ignoring(
                        "leases expire over waiting requests",
                        "R12 R47",
                        SHARD + "Owner",
                        "expireLeases",
                        "peekCommand"),
                doingNothing("what a poll was given is not remembered", "R16", STATE + "Fold", "enlist"),
                advised(
                        "a fence follows from the time alone",
                        "R17",
                        DECIDER,
                        "nextFence",
                        DecideMutations.FenceFromTheTime.class),
                ignoring("a report counts after the end", "R18 R21", DECIDER, "report", "end"),
                saying("any clock is trusted", "R19", SHARD + "ClockTrust", "isTrusted", true),
                advised(
                        "a task starts after its deadline",
                        "R20",
                        DECIDER,
                        "best",
                        DecideMutations.DeadlineIgnored.class),
                saying("a retry is not put off", "R22", DECIDER, "jittered", 0L),
                ignoring("nobody is told what becomes ready by its time", "R53", STATE + "Places", "pass", "accept"),
                // Carrying and deleting.
                advised("not everything is carried", "R24", DECIDER, "carry", DecideMutations.CarriesNotAll.class),
                saying("a trim without carrying", "R24", SHARD + "Carrying", "slice", false),
                advised(
                        "a trim at an earlier generation's base",
                        "R24",
                        SHARD + "ReplayPart",
                        "candidate",
                        ShardMutations.AnyGenerationsBase.class),
                advised(
                        "a new life joins a generation it is not carried into",
                        "R23",
                        STATE + "Generations",
                        "replace",
                        FoldMutations.NewLifeJoinsThePresentGeneration.class),
                advised(
                        "records are deleted before a base is named",
                        "R25",
                        SHARD + "Carrying",
                        "effective",
                        ShardMutations.DeletesBeforeItMay.class),
                advised(
                        "the inbox is deleted before it is settled",
                        "R25",
                        SHARD + "Carrying",
                        "effective",
                        ShardMutations.DeletesInboxBeforeItMay.class),
                advised(
                        "ends are forgotten at once",
                        "R26 R46",
                        SHARD + "EndsWindow",
                        "endedBefore",
                        ShardMutations.ForgetsEndsAtOnce.class),
                advised(
                        "a replay starts where the log does",
                        "R27",
                        SHARD + "BaseSearch",
                        "found",
                        ShardMutations.FromTheLogsStart.class),
                advised(
                        "a base does not hold the fence",
                        "R29",
                        STATE + "Fold",
                        "based",
                        FoldMutations.BaseWithoutFence.class),
                advised(
                        "a base does not hold the inbox position",
                        "R29",
                        STATE + "Fold",
                        "based",
                        FoldMutations.BaseWithoutInboxPosition.class),
                advised(
                        "a base does not hold the number",
                        "R29",
                        STATE + "Fold",
                        "based",
                        FoldMutations.BaseWithoutNumber.class),
                advised(
                        "ends before they are carried are not counted",
                        "R23",
                        STATE + "Fold",
                        "ending",
                        FoldMutations.EndsOfUnknownTasksAreNotCounted.class),
                doingNothing("ends that outlive their window are not counted", "P7", SHARD + "EndsWindow", "trimmed"),
                doingNothing("nobody looks whether records are missing", "R33", SHARD + "Carrying", "journalStartsAt"),
                // Admission, ends, caps.
                doingNothing("the inbox position is not state", "R38", DECIDER, "settleInbox"),
                ignoring("an id may be accepted twice", "R38", DECIDER, "accept", "has"),
                advised(
                        "a full shard passes submissions over",
                        "R46",
                        DECIDER,
                        "accept",
                        DecideMutations.FullIsTakenForAccepted.class),
                advised(
                        "ends are taken for public before they are",
                        "R18",
                        SHARD + "EndsOutlet",
                        "published",
                        ShardMutations.PublicBeforeItIs.class),
                advised(
                        "a failed batch of ends counts as public",
                        "R18",
                        SHARD + "EndsOutlet",
                        "failed",
                        ShardMutations.FailedEndsArePublic.class),
                saying("acknowledgements of a failed attempt count", "R18", SHARD + "EndsOutlet", "counts", true),
                doingNothing("the last owner's unpublished ends are forgotten", "R18", SHARD + "EndsOutlet", "begin"),
                ignoring("failures are not counted", "R55", DECIDER, "fail", "failures"),
                ignoring("expiries are not counted", "R55", DECIDER, "expireLease", "expiries"));
    }
}
