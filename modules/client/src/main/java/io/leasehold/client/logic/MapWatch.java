package io.leasehold.client.logic;

import io.leasehold.api.ClusterView.Coordinator;
import java.util.List;

/**
 * Keeps the map of coordinators fresh. What answers to polls say of it counts, and so does a poll that waits where a change
 * would end it; any coordinator is asked when an answer says that the map changed, soon after a failure, and now and then
 * while no poll says anything.
 */
final class MapWatch {
    private final Directory directory;
    private final Pace pace;
    private final Chance chance;
    private final Tickets tickets;
    private long ticket;
    private String asked;
    private long askedMs = Long.MIN_VALUE / 2;
    private long nextMs = Long.MIN_VALUE / 2;
    private boolean doubtful = true;

    MapWatch(Directory directory, Pace pace, Chance chance, Tickets tickets) {
        this.directory = directory;
        this.pace = pace;
        this.chance = chance;
        this.tickets = tickets;
    }

    boolean owns(long ticket) {
        return asked != null && this.ticket == ticket;
    }

    void onAnswer(Turn turn, List<Coordinator> coordinators) {
        directory.answered(asked);
        directory.learn(coordinators);
        asked = null;
        doubtful = false;
        nextMs = restMs(turn);
    }

    private long restMs(Turn turn) {
        return turn.nowMs + (long) (pace.mapMs() * (0.75 + chance.next() / 4));
    }

    /** @param tag of the map as a coordinator knows it, or null if it did not say */
    void told(Turn turn, String tag) {
        if (tag == null || doubtful) {
            return;
        }
        if (tag.equals(directory.tag())) {
            nextMs = restMs(turn);
        } else {
            doubt(turn);
        }
    }

    void onFailed(Turn turn, Failure failure) {
        directory.failed(asked, turn.nowMs, failure.retryAfterMs());
        asked = null;
        nextMs = turn.nowMs;
    }

    /** The map has changed, or may have, since something failed. */
    void doubt(Turn turn) {
        doubtful = true;
        nextMs = Math.min(nextMs, Math.max(turn.nowMs, askedMs + pace.mapRetryMs()));
    }

    /** @param toldUntilMs until when a change would be told, should there be one */
    void advance(Turn turn, long toldUntilMs) {
        if (asked != null) {
            return;
        }
        long dueMs = doubtful ? nextMs : Math.max(nextMs, toldUntilMs);
        if (turn.nowMs < dueMs) {
            turn.wakeBy(dueMs);
            return;
        }
        String url = directory.toAsk(turn.nowMs);
        if (url == null) {
            turn.wakeBy(directory.nextAskableMs(turn.nowMs));
            return;
        }
        ticket = tickets.next();
        asked = url;
        askedMs = turn.nowMs;
        turn.add(new Action.AskCluster(ticket, url, pace.requestMs()));
    }
}
