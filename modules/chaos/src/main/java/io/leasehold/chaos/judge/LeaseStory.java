package io.leasehold.chaos.judge;

import io.leasehold.chaos.history.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One lease: how its worker came to it, what it was told of it, and what it reported. */
final class LeaseStory {
    final List<Event.Granted> grants = new ArrayList<>();
    final List<Event.Beat> beats = new ArrayList<>();
    final List<Event.Reporting> reports = new ArrayList<>();
    final List<Event.Reported> answers = new ArrayList<>();

    Event.Granted grant() {
        return grants.get(0);
    }

    long fence() {
        return grant().fence();
    }

    String worker() {
        return grant().worker();
    }

    /** Before this the worker did not know of the lease. */
    long believedFromNs() {
        return grants.stream().mapToLong(Event.Granted::gotNs).min().orElseThrow();
    }

    /**
     * Until when the worker may have believed: the latest promise, each counted from when its request was sent. A worker
     * that has begun to report a failure or to give the task back believes no more, nor one that was told that it is over.
     */
    long believedUntilNs() {
        long until = Long.MIN_VALUE;
        for (Event.Granted grant : grants) {
            until = Math.max(until, grant.firstSentNs() + nanos(grant.decidedAfterMs() + grant.leaseMs()));
        }
        for (Event.Beat beat : beats) {
            if (beat.status().equals("ok")) {
                until = Math.max(until, beat.sentNs() + nanos(beat.leaseMs()));
            }
        }
        return Math.min(until, givenUpNs());
    }

    /** When it was heard last that the lease holds, or was granted. */
    long lastOkNs() {
        return Math.max(
                grant().firstSentNs(),
                beats.stream()
                        .filter(beat -> beat.status().equals("ok"))
                        .mapToLong(Event.Beat::sentNs)
                        .max()
                        .orElse(Long.MIN_VALUE));
    }

    /**
     * Whether the worker did its part and was not heard, or not told, in time: of the grant when half of its promise was
     * over, or of a heartbeat or report that it had sent while it believed.
     */
    boolean wasKeptWaiting() {
        long until = believedUntilNs();
        Event.Granted grant = grant();
        boolean toldLate = grant.gotNs() - grant.firstSentNs() > nanos(grant.decidedAfterMs() + grant.leaseMs() / 2);
        return toldLate
                || beats.stream().anyMatch(beat -> beat.sentNs() <= until && !isVerdict(beat, until))
                || reports.stream().anyMatch(report -> report.sentNs() <= until && firstAnswerNs() > until);
    }

    private static boolean isVerdict(Event.Beat beat, long untilNs) {
        return beat.gotNs() <= untilNs
                && !beat.status().equals("unanswered")
                && !beat.status().equals("retry");
    }

    private long firstAnswerNs() {
        return answers.stream().mapToLong(Event.Reported::gotNs).min().orElse(Long.MAX_VALUE);
    }

    /** No earlier than this the lease can have been decided. */
    long decidedNs() {
        return grants.stream()
                .mapToLong(grant -> grant.firstSentNs() + nanos(grant.decidedAfterMs()))
                .min()
                .orElseThrow();
    }

    /** Whether the worker began to report this outcome. */
    boolean hasReported(String outcome) {
        return reports.stream().anyMatch(report -> report.outcome().equals(outcome));
    }

    /** When the worker was first told that its report counts; MAX_VALUE if never. */
    long acceptedNs() {
        return answered("ok");
    }

    private long answered(String status) {
        return answers.stream()
                .filter(answer -> answer.status().equals(status))
                .mapToLong(Event.Reported::gotNs)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private long givenUpNs() {
        long ns = Math.min(answered("lost"), answered("ended"));
        for (Event.Reporting report : reports) {
            if (!report.outcome().equals("success")) {
                ns = Math.min(ns, report.sentNs());
            }
        }
        for (Event.Beat beat : beats) {
            if (beat.status().equals("lost") || beat.status().equals("cancelled")) {
                ns = Math.min(ns, beat.gotNs());
            }
        }
        return ns;
    }

    static long nanos(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }

    @Override
    public String toString() {
        return "fence " + fence() + " (attempt " + grant().attempt() + ", " + worker() + ")";
    }
}
