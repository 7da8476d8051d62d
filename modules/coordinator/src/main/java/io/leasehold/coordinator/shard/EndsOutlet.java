package io.leasehold.coordinator.shard;

import io.leasehold.coordinator.port.EndedTask;
import io.leasehold.coordinator.port.Ends;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes effective ends public, in order, at least once. A while after a failure the next attempt begins with the first end
 * that is not known to be public; no word of an earlier attempt counts any more, since a later end may have arrived where
 * an earlier one did not.
 *
 * <p>It holds no ends: so many may be under way at one time, and what has to wait is read from the state when its turn has
 * come. After a failure one window is under way at a time, until everything is public.
 */
final class EndsOutlet {
    /** What is read from the state at one time. */
    static final int WINDOW = 1_000;

    static final int WINDOW_BYTES = 1 << 20;

    static final int MOST_UNDER_WAY = 20_000;
    static final long MOST_BYTES_UNDER_WAY = 8L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(EndsOutlet.class);

    /** The ends that are not known to be public, in order. */
    interface Backlog {
        /** Those after one number up to another: the first so many, or so many bytes of them, but one at least if there is one. */
        List<EndedTask> between(long after, long upTo, int most, long mostBytes);
    }

    /** Ends that were asked to be made public together. */
    private record Window(long last, int ends, long bytes) {}

    private final int shard;
    private final Ends ends;
    private final Backlog backlog;
    private final long pauseMs;
    private final Deque<Window> underWay = new ArrayDeque<>();
    private int endsUnderWay;
    private long bytesUnderWay;

    /** All up to this one are public. */
    private long published;
    /** All up to this one were asked for in the present attempt, or are public. */
    private long asked;
    /** All up to this one are effective. */
    private long effective;
    /** Only {@link #retry} raises it. */
    private long attempt;

    private boolean failed;
    private long failedMs;
    /** Something has failed, and not everything has become public since. */
    private boolean careful;

    EndsOutlet(int shard, Ends ends, Backlog backlog, long pauseMs) {
        this.shard = shard;
        this.ends = ends;
        this.backlog = backlog;
        this.pauseMs = pauseMs;
    }

    /**
     * @param published what the last owner had said to be public
     * @param effective the last end that there is
     */
    void begin(long published, long effective) {
        this.published = published;
        this.asked = published;
        this.effective = effective;
        askForMore();
    }

    /** These ends, which follow those told before, are effective. */
    void publish(List<EndedTask> more) {
        if (more.isEmpty()) {
            return;
        }
        boolean nothingWaits = asked == effective;
        effective = more.get(more.size() - 1).number();
        if (failed) {
            return;
        }
        if (nothingWaits && hasRoom()) {
            ask(List.copyOf(more));
        } else {
            askForMore();
        }
    }

    private boolean hasRoom() {
        return careful ? underWay.isEmpty() : endsUnderWay < MOST_UNDER_WAY && bytesUnderWay < MOST_BYTES_UNDER_WAY;
    }

    private void askForMore() {
        while (asked < effective && hasRoom()) {
            List<EndedTask> window = backlog.between(asked, effective, WINDOW, WINDOW_BYTES);
            if (window.isEmpty()) {
                asked = effective;
                return;
            }
            ask(window);
        }
    }

    private void ask(List<EndedTask> window) {
        long bytes = 0;
        for (EndedTask end : window) {
            bytes += bytes(end);
        }
        asked = window.get(window.size() - 1).number();
        underWay.add(new Window(asked, window.size(), bytes));
        endsUnderWay += window.size();
        bytesUnderWay += bytes;
        ends.publish(attempt, window);
    }

    /** What of it may be long. */
    static long bytes(EndedTask end) {
        return end.result().length + (end.error() == null ? 0 : end.error().length());
    }

    void acknowledged(long attempt, long number) {
        if (!counts(attempt)) {
            return;
        }
        published = Math.max(published, Math.min(number, asked));
        while (!underWay.isEmpty() && underWay.peek().last() <= published) {
            Window done = underWay.poll();
            endsUnderWay -= done.ends();
            bytesUnderWay -= done.bytes();
        }
        if (careful && published == effective) {
            careful = false;
            LOG.info("shard {}: all ends are public again, up to {}", shard, published);
        }
        askForMore();
    }

    /** Whether a word of this attempt says anything. */
    private boolean counts(long attempt) {
        return attempt == this.attempt && !failed;
    }

    void failed(long attempt, Exception cause, long nowMs) {
        if (!counts(attempt)) {
            return;
        }
        if (!careful) {
            LOG.warn(
                    "shard {}: ends from {} on are not made public, they are sent again: {}",
                    shard,
                    published + 1,
                    cause.toString());
        }
        failed = true;
        careful = true;
        failedMs = nowMs;
    }

    void retry(long nowMs) {
        if (failed && nowMs - failedMs >= pauseMs) {
            failed = false;
            attempt++;
            asked = published;
            underWay.clear();
            endsUnderWay = 0;
            bytesUnderWay = 0;
            askForMore();
        }
    }

    /** All ends up to this one are public. */
    long published() {
        return published;
    }

    /** How many effective ends are not known to be public. */
    long waiting() {
        return effective - published;
    }
}
