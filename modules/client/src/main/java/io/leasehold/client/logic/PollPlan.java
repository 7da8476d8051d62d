package io.leasehold.client.logic;

import java.util.List;
import java.util.Set;

/**
 * Whom to poll next.
 *
 * <p>Where there is work the worker stays, yet never longer than a round before it looks at the others. When nobody had
 * work the last time it was asked, the worker waits at home for a while and then asks each of the others once: a task that
 * becomes ready anywhere is met within a round.
 */
final class PollPlan {
    /** @param waitMs how long the poll may wait for a task */
    record Target(String url, long waitMs) {}

    private static final long LEAST_WAIT_MS = 50;

    private final Directory directory;
    private final Pace pace;
    private String last;
    private String productive;
    private long productiveSinceMs;
    private String see;
    private boolean followed;
    private int dry;
    private long waitedMs;

    PollPlan(Directory directory, Pace pace) {
        this.directory = directory;
        this.pace = pace;
    }

    /** @param except coordinators that have a poll under way; null if nobody can be polled now */
    Target next(long nowMs, Set<String> except) {
        List<String> usable = directory.usable(nowMs, except);
        followed = false;
        if (see != null && directory.isUsable(see, nowMs) && !except.contains(see)) {
            followed = true;
            return new Target(taken(), 0);
        }
        if (usable.isEmpty()) {
            return null;
        }
        if (directory.order().size() == 1) {
            return at(usable.get(0), pace.loneWaitMs());
        }
        if (usable.contains(productive) && nowMs - productiveSinceMs < pace.roundMs()) {
            return at(productive, 0);
        }
        if (dry >= usable.size()) {
            return home(usable.get(0), nowMs);
        }
        return at(after(last, usable), 0);
    }

    /** @param full whether it granted all that it was asked for */
    void answered(Target target, boolean full, String seeNext, long nowMs) {
        if (target.waitMs > 0) {
            waitedMs = nowMs;
        }
        if (full) {
            productiveSinceMs = target.url.equals(productive) ? productiveSinceMs : nowMs;
            productive = target.url;
            dry = 0;
        } else {
            productive = null;
            dry++;
        }
        // Two coordinators that point at each other must not make a worker run in circles.
        see = followed ? null : seeNext;
    }

    void failed(Target target) {
        if (target.url.equals(productive)) {
            productive = null;
        }
    }

    private Target home(String url, long nowMs) {
        long spent = waitedMs == 0 ? 0 : nowMs - waitedMs;
        long rest = pace.roundMs() - LEAST_WAIT_MS - spent;
        dry = 0;
        return at(url, Math.max(LEAST_WAIT_MS, Math.min(pace.homeWaitMs(), rest)));
    }

    private Target at(String url, long waitMs) {
        if (!url.equals(last)) {
            productive = null;
        }
        last = url;
        return new Target(url, waitMs);
    }

    private String taken() {
        String url = see;
        see = null;
        return url;
    }

    private String after(String url, List<String> usable) {
        List<String> order = directory.order();
        int at = order.indexOf(url);
        for (int i = 1; i <= order.size(); i++) {
            String next = order.get((at + i) % order.size());
            if (usable.contains(next)) {
                return next;
            }
        }
        return usable.get(0);
    }
}
