package io.leasehold.chaos.judge;

import io.leasehold.chaos.history.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A history written by hand. Unless told otherwise, a task is submitted at 0 ms, leased at 100 ms for 1,000 ms, and ends
 * completed at 500 ms: what is not said is as it must be.
 */
final class Doctored {
    static final long LEASE_MS = 1_000;
    static final int MAX_EXPIRIES = 3;

    private static final String RESULT = "{\"fence\":1}";

    final List<Event> events = new ArrayList<>();

    /** Submitted and acknowledged over HTTP. */
    Doctored submitted(String id) {
        return submitted(id, null, null);
    }

    Doctored submitted(String id, Long notBeforeMs, Long deadlineMs) {
        events.add(new Event.Submitting(id, "http", 0, 0, notBeforeMs, deadlineMs, 3, 400));
        return acknowledged(id, false, 1, 2);
    }

    Doctored acknowledged(String id, boolean duplicate, long sentMs, long gotMs) {
        events.add(new Event.Acknowledged(id, "http", duplicate, ns(sentMs), ns(gotMs)));
        return this;
    }

    Doctored granted(String id, long fence, int attempt, String worker, long sentMs, long gotMs) {
        events.add(new Event.Granted(
                worker, id, lease(id, fence), fence, attempt, LEASE_MS, 0, ns(sentMs), ns(gotMs), gotMs));
        return this;
    }

    Doctored beat(String id, long fence, String status, long sentMs, long gotMs) {
        events.add(new Event.Beat(lease(id, fence), status, LEASE_MS, ns(sentMs), ns(gotMs)));
        return this;
    }

    Doctored reported(String id, long fence, String outcome, String status, long sentMs, long gotMs) {
        reporting(id, fence, outcome, sentMs);
        events.add(new Event.Reported(lease(id, fence), status, ns(gotMs)));
        return this;
    }

    Doctored reporting(String id, long fence, String outcome, long sentMs) {
        String result = outcome.equals("success") ? RESULT : null;
        events.add(new Event.Reporting(lease(id, fence), outcome, true, null, result, ns(sentMs)));
        return this;
    }

    Doctored cancelled(String id, String state, long gotMs) {
        events.add(new Event.Cancelling(id, ns(gotMs) - 1));
        events.add(new Event.Cancelled(id, state, ns(gotMs)));
        return this;
    }

    Doctored redriving(String id, long atMs) {
        events.add(new Event.Redriving(id, ns(atMs)));
        return this;
    }

    Doctored silenced(String worker, long atMs) {
        events.add(new Event.Silenced(List.of(worker), ns(atMs)));
        return this;
    }

    Doctored fault(int number, long fromMs, long toMs) {
        events.add(new Event.FaultBegan(number, "kafka-cut", "c1", List.of(0), ns(fromMs)));
        events.add(new Event.FaultEnded(number, ns(toMs), null));
        return this;
    }

    /** Told to the world as its end, and found so over HTTP. */
    Doctored ended(String id, String state, String cause, int failures, int expiries) {
        return told(id, 1, state, cause, failures, expiries).stands(id, state, cause, failures, expiries);
    }

    Doctored told(String id, long number, String state, String cause, int failures, int expiries) {
        events.add(new Event.Ended(id, 0, number, state, cause, failures, expiries, result(state)));
        return this;
    }

    Doctored stands(String id, String state, String cause, int failures, int expiries) {
        events.add(new Event.Stands(id, state, cause, 1, failures, expiries, result(state)));
        return this;
    }

    /** Submitted, leased once, reported as a success, and ended so. */
    Doctored whole(String id) {
        return submitted(id)
                .granted(id, 1, 1, "w1", 90, 100)
                .reported(id, 1, "success", "ok", 400, 500)
                .ended(id, "completed", "succeeded", 0, 0);
    }

    Verdict verdict() {
        return new Judge(MAX_EXPIRIES).judge(events);
    }

    private static String result(String state) {
        return state.equals("completed") ? RESULT : null;
    }

    private static String lease(String id, long fence) {
        return "k1.0." + fence + "." + id;
    }

    private static long ns(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
