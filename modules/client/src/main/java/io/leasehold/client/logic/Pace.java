package io.leasehold.client.logic;

import io.leasehold.api.Limits;

/**
 * How fast a worker turns, in milliseconds.
 *
 * @param loneWaitMs how long a poll waits when there is one coordinator only
 * @param homeWaitMs how long a poll waits at home at most, when there are others to look at
 * @param roundMs how long an idle worker takes at most to look at every coordinator once
 * @param patienceMs how long a poll may be late before the worker turns to others, without giving it up
 * @param pollSlackMs how long a poll may be late before it is given up
 * @param requestMs how long any other request may take
 * @param mapMs how often the map of coordinators is asked for while no poll says anything of it
 * @param mapRetryMs how often at most, when something failed
 * @param firstBeatMs how soon after its grant a lease is renewed first, at the latest
 * @param releaseMs how long a stopping worker tries to give leases back
 * @param away how long to leave a coordinator alone that failed
 * @param again how long to wait before a report is repeated
 */
public record Pace(
        long loneWaitMs,
        long homeWaitMs,
        long roundMs,
        long patienceMs,
        long pollSlackMs,
        long requestMs,
        long mapMs,
        long mapRetryMs,
        long firstBeatMs,
        long releaseMs,
        FullJitter away,
        FullJitter again) {
    public static final Pace DEFAULT = new Pace(
            Limits.MAX_WAIT_MS,
            400,
            600,
            500,
            5_000,
            5_000,
            5_000,
            500,
            1_000,
            3_000,
            new FullJitter(100, 3_000),
            new FullJitter(50, 2_000));
}
