package io.leasehold.client.logic;

import io.leasehold.api.Grant;
import io.leasehold.api.HeartbeatRequest;
import io.leasehold.api.PollRequest;
import io.leasehold.api.ReportRequest;

/**
 * What {@link WorkerLogic} wants done. Every request carries a ticket, by which its answer or failure is told to the
 * logic; each is told exactly once, at the latest after its {@code timeoutMs}.
 */
public sealed interface Action {
    record SendPoll(long ticket, String url, PollRequest body, long timeoutMs) implements Action {}

    /** The poll's answer does not matter any more; a failure is still told. */
    record CancelPoll(long ticket) implements Action {}

    record SendHeartbeat(long ticket, String url, HeartbeatRequest body, long timeoutMs) implements Action {}

    record SendReport(long ticket, String url, ReportRequest body, long timeoutMs) implements Action {}

    /** Ask for {@code /v1/cluster}. */
    record AskCluster(long ticket, String url, long timeoutMs) implements Action {}

    /** Run the task; its end is told by {@link WorkerLogic#onFinished}, whatever happens in between. */
    record StartHandler(Grant grant, long believedUntilMs) implements Action {}

    /** The lease may be believed in until then. */
    record Believe(String lease, long untilMs) implements Action {}

    /** The lease must not be believed in any more; the handler should stop. */
    record TellLeaseLost(String lease) implements Action {}

    record TellCancelled(String lease) implements Action {}

    /** The worker stops and gives the lease back: the handler must stop now. */
    record TellStopping(String lease) implements Action {}

    /** A report was refused for good: the task's lease will run out. */
    record ReportRefused(String lease, int status) implements Action {}

    /** Call {@link WorkerLogic#onTick} then, unless something else happens before. */
    record WakeAt(long atMs) implements Action {}

    /** Nothing is left to do after {@link WorkerLogic#stop}. */
    record Stopped() implements Action {}
}
