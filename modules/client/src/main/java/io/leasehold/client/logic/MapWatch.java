package io.leasehold.client.logic;

import io.leasehold.api.ClusterView.Coordinator;
import java.util.List;

/** Keeps the map of coordinators fresh by asking any of them: now and then, and soon after a failure. */
final class MapWatch {
    private final Directory directory;
    private final Pace pace;
    private final Chance chance;
    private final Tickets tickets;
    private long ticket;
    private String asked;
    private long askedMs = Long.MIN_VALUE / 2;
    private long nextMs = Long.MIN_VALUE / 2;

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
        nextMs = turn.nowMs + (long) (pace.mapMs() * (0.75 + chance.next() / 4));
    }

    void onFailed(Turn turn, Failure failure) {
        directory.failed(asked, turn.nowMs, failure.retryAfterMs());
        asked = null;
        nextMs = turn.nowMs;
    }

    /** Something failed: the map may have changed. */
    void doubt(Turn turn) {
        nextMs = Math.min(nextMs, Math.max(turn.nowMs, askedMs + pace.mapRetryMs()));
    }

    void advance(Turn turn) {
        if (asked != null) {
            return;
        }
        if (turn.nowMs < nextMs) {
            turn.wakeBy(nextMs);
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
