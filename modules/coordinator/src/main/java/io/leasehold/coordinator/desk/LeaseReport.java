package io.leasehold.coordinator.desk;

import io.leasehold.core.decide.Report;

/**
 * A report on the lease with this fence.
 *
 * @param promise {@link #ANY}: it counts whatever was promised; else it counts only if {@link LeasedTask#promise} was this, the
 *     first, and the lease was not promised again since
 */
public record LeaseReport(long fence, Report report, int promise) {
    public static final int ANY = -1;

    private static final int FIRST = 1;

    /** A report by the lease's holder. */
    public LeaseReport(long fence, Report report) {
        this(fence, report, ANY);
    }

    /**
     * What was leased did not reach its worker by this answer: it goes back, unless the same lease was promised by another one,
     * before or since. A late duplicate of a poll repeats what an answer before may have delivered.
     */
    public static LeaseReport undelivered(LeasedTask leased) {
        Report release = new Report(Report.Outcome.RELEASE, new byte[0], null, true, -1);
        return new LeaseReport(leased.grant().fence(), release, leased.promise());
    }

    /** @param promises how often the lease has been promised by now; 0 if that is not known */
    public boolean counts(int promises) {
        return promise == ANY || (promise == FIRST && promises == FIRST);
    }
}
