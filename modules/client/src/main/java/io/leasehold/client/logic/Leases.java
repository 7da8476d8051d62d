package io.leasehold.client.logic;

import io.leasehold.api.Grant;
import io.leasehold.api.HeartbeatAnswer;
import io.leasehold.api.HeartbeatRequest;
import io.leasehold.api.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The leases held, how long each may be believed in, and the heartbeats that renew them.
 *
 * <p>A promise counts from when the request that brought it was sent, for it was made at some time after; a lease whose
 * promise has run out is lost, whatever the coordinator may think.
 */
final class Leases {
    /** A lease with less than this part of its promise left on arrival is not worth beginning. */
    private static final double WORTH_STARTING = 0.5;

    private static final long LEAST_TIMEOUT_MS = 250;

    private record Beat(String url, List<HeldLease> leases, long sentMs) {}

    private final String worker;
    private final Directory directory;
    private final Pace pace;
    private final Chance chance;
    private final Tickets tickets;
    private final Map<String, HeldLease> held = new LinkedHashMap<>();
    private final Map<Long, Beat> beats = new HashMap<>();
    private final List<HeldLease> unwanted = new ArrayList<>();
    private boolean stopping;

    Leases(String worker, Directory directory, Pace pace, Chance chance, Tickets tickets) {
        this.worker = worker;
        this.directory = directory;
        this.pace = pace;
        this.chance = chance;
        this.tickets = tickets;
    }

    HeldLease get(String token) {
        return held.get(token);
    }

    Collection<HeldLease> all() {
        return List.copyOf(held.values());
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    int running() {
        int running = 0;
        for (HeldLease lease : held.values()) {
            running += lease.running ? 1 : 0;
        }
        return running;
    }

    /**
     * Takes a grant. It is begun if enough is left of its promise. If not, and the promise may have been made to a poll
     * of this id that was sent long ago, a heartbeat asks first whether it still holds. Else it becomes unwanted.
     *
     * @param poll what brought it; its promise counts from when the poll was sent for the first time
     * @return whether it takes the place of a task that runs
     */
    boolean take(Turn turn, Grant grant, Polls.Answered poll, boolean mayStart) {
        if (held.containsKey(grant.lease())) {
            return false;
        }
        long until = poll.firstSentMs() + grant.decidedAfterMs() + grant.leaseMs();
        HeldLease lease = new HeldLease(grant, poll.url(), until);
        held.put(lease.token(), lease);
        if (mayStart && until - turn.nowMs >= grant.leaseMs() * WORTH_STARTING) {
            begin(turn, lease);
        } else if (mayStart && poll.repeated()) {
            lease.running = true;
            lease.unsure = true;
            lease.nextBeatMs = turn.nowMs;
            lease.believedUntilMs = turn.nowMs + grant.leaseMs();
        } else {
            refuse(lease);
        }
        return lease.running;
    }

    /** Leases to be given back, each told once. */
    List<HeldLease> takeUnwanted() {
        List<HeldLease> leases = List.copyOf(unwanted);
        unwanted.clear();
        return leases;
    }

    /** From now on nothing new is begun. */
    void beginNothing() {
        stopping = true;
    }

    void drop(String token) {
        held.remove(token);
    }

    boolean owns(long ticket) {
        return beats.containsKey(ticket);
    }

    void onAnswer(Turn turn, long ticket, HeartbeatAnswer answer) {
        Beat beat = beats.remove(ticket);
        directory.answered(beat.url);
        Map<String, HeartbeatAnswer.Entry> entries = new HashMap<>();
        answer.leases().forEach(entry -> entries.put(entry.lease(), entry));
        for (HeldLease lease : beat.leases) {
            lease.beating = false;
            lease.avoid = null;
            if (held.get(lease.token()) == lease && !lease.given) {
                settle(turn, lease, entries.get(lease.token()), beat.sentMs);
            }
        }
    }

    void onFailed(Turn turn, long ticket, Failure failure) {
        Beat beat = beats.remove(ticket);
        directory.failed(beat.url, turn.nowMs, failure.retryAfterMs());
        for (HeldLease lease : beat.leases) {
            lease.beating = false;
            lease.avoid = beat.url;
            again(turn, lease);
        }
    }

    void advance(Turn turn) {
        for (HeldLease lease : held.values()) {
            if (!lease.given && turn.nowMs >= lease.believedUntilMs) {
                lose(turn, lease);
            }
        }
        due(turn).forEach((url, leases) -> send(turn, url, leases));
        for (HeldLease lease : held.values()) {
            if (!lease.given) {
                turn.wakeBy(lease.believedUntilMs);
                turn.wakeBy(lease.beating ? Turn.NEVER : lease.nextBeatMs);
            }
        }
    }

    private void settle(Turn turn, HeldLease lease, HeartbeatAnswer.Entry entry, long sentMs) {
        if (entry == null || entry.status() == null) {
            again(turn, lease);
            return;
        }
        switch (entry.status()) {
            case OK -> {
                long leaseMs = entry.leaseMs() == null ? lease.grant.leaseMs() : entry.leaseMs();
                lease.believedUntilMs = Math.max(lease.believedUntilMs, sentMs + leaseMs);
                lease.nextBeatMs = sentMs + jittered(leaseMs / 3);
                renewed(turn, lease);
            }
            case LOST -> lose(turn, lease);
            case CANCELLED -> {
                lease.given = true;
                lease.cancelled = true;
                if (lease.unsure) {
                    refuse(lease);
                } else if (lease.running) {
                    turn.add(new Action.TellCancelled(lease.token()));
                }
            }
            case RETRY -> again(turn, lease);
        }
    }

    private void renewed(Turn turn, HeldLease lease) {
        if (!lease.unsure) {
            turn.add(new Action.Believe(lease.token(), lease.believedUntilMs));
        } else if (stopping) {
            refuse(lease);
        } else {
            begin(turn, lease);
        }
    }

    private void begin(Turn turn, HeldLease lease) {
        lease.running = true;
        lease.unsure = false;
        lease.nextBeatMs = turn.nowMs + jittered(Math.min(pace.firstBeatMs(), lease.grant.leaseMs() / 3));
        turn.add(new Action.StartHandler(lease.grant, lease.believedUntilMs));
    }

    private void refuse(HeldLease lease) {
        lease.running = false;
        lease.given = true;
        unwanted.add(lease);
    }

    private void lose(Turn turn, HeldLease lease) {
        if (lease.unsure) {
            refuse(lease);
            return;
        }
        lease.given = true;
        if (lease.running) {
            turn.add(new Action.TellLeaseLost(lease.token()));
        }
    }

    private void again(Turn turn, HeldLease lease) {
        lease.nextBeatMs = turn.nowMs + jittered(Math.min(pace.again().capMs(), lease.grant.leaseMs() / 12));
    }

    /** Leases to renew now, by where to send them; one that will be due soon goes along with one that is. */
    private Map<String, List<HeldLease>> due(Turn turn) {
        if (!anyDue(turn)) {
            return Map.of();
        }
        Map<String, List<HeldLease>> byUrl = new LinkedHashMap<>();
        for (HeldLease lease : held.values()) {
            if (!lease.given && !lease.beating) {
                String url = directory.route(lease.origin, lease.avoid, turn.nowMs);
                byUrl.computeIfAbsent(url, any -> new ArrayList<>()).add(lease);
            }
        }
        byUrl.values().removeIf(leases -> leases.stream().noneMatch(lease -> lease.nextBeatMs <= turn.nowMs));
        byUrl.values().forEach(leases -> leases.removeIf(lease -> !isDueSoon(turn, lease)));
        return byUrl;
    }

    private boolean anyDue(Turn turn) {
        for (HeldLease lease : held.values()) {
            if (!lease.given && !lease.beating && lease.nextBeatMs <= turn.nowMs) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDueSoon(Turn turn, HeldLease lease) {
        return lease.nextBeatMs - turn.nowMs <= lease.grant.leaseMs() / 6;
    }

    private void send(Turn turn, String url, List<HeldLease> leases) {
        for (int from = 0; from < leases.size(); from += Limits.MAX_LEASES_PER_REQUEST) {
            List<HeldLease> batch =
                    List.copyOf(leases.subList(from, Math.min(leases.size(), from + Limits.MAX_LEASES_PER_REQUEST)));
            long shortest = batch.stream()
                    .mapToLong(lease -> lease.grant.leaseMs())
                    .min()
                    .orElseThrow();
            long ticket = tickets.next();
            batch.forEach(lease -> lease.beating = true);
            beats.put(ticket, new Beat(url, batch, turn.nowMs));
            List<String> tokens = batch.stream().map(HeldLease::token).toList();
            turn.add(new Action.SendHeartbeat(
                    ticket,
                    url,
                    new HeartbeatRequest(worker, tokens),
                    Math.min(pace.requestMs(), Math.max(LEAST_TIMEOUT_MS, shortest / 6))));
        }
    }

    private long jittered(long ms) {
        return (long) (ms * (0.75 + chance.next() / 4));
    }
}
