package io.leasehold.client.logic;

import io.leasehold.api.Limits;
import io.leasehold.api.Outcome;
import io.leasehold.api.ReportAnswer;
import io.leasehold.api.ReportRequest;
import io.leasehold.api.ReportStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reports on their way: while one request is under way to a coordinator the next ones gather, and each is repeated until
 * there is a definite answer.
 */
final class Reports {
    private static final int MOST_BATCH_BYTES = 1024 * 1024;

    private static final class Pending {
        final HeldLease lease;
        final ReportRequest.Entry entry;
        int failures;
        long notBeforeMs;
        boolean sent;
        String avoid;
        boolean alone;

        Pending(HeldLease lease, ReportRequest.Entry entry) {
            this.lease = lease;
            this.entry = entry;
        }

        int bytes() {
            return (entry.result() == null ? 0 : entry.result().utf8().length)
                    + (entry.error() == null ? 0 : entry.error().length() * 3);
        }
    }

    /** Reports that were sent before go by themselves: an owner that hangs must not hold up what others would answer. */
    private record Lane(String url, boolean again) {}

    private record Batch(Lane lane, List<Pending> reports) {
        String url() {
            return lane.url;
        }
    }

    private final String worker;
    private final Directory directory;
    private final Leases leases;
    private final Pace pace;
    private final Chance chance;
    private final Tickets tickets;
    private final Map<String, Pending> pending = new LinkedHashMap<>();
    private final Map<Long, Batch> batches = new HashMap<>();

    Reports(String worker, Directory directory, Leases leases, Pace pace, Chance chance, Tickets tickets) {
        this.worker = worker;
        this.directory = directory;
        this.leases = leases;
        this.pace = pace;
        this.chance = chance;
        this.tickets = tickets;
    }

    int size() {
        return pending.size();
    }

    void add(HeldLease lease, TaskResult result) {
        Boolean retryable = result.outcome() == Outcome.FAILURE && !result.retryable() ? Boolean.FALSE : null;
        ReportRequest.Entry entry = new ReportRequest.Entry(
                lease.token(), result.outcome(), result.result(), result.error(), retryable, result.retryAfterMs());
        pending.put(lease.token(), new Pending(lease, entry));
    }

    boolean owns(long ticket) {
        return batches.containsKey(ticket);
    }

    void onAnswer(Turn turn, long ticket, ReportAnswer answer) {
        Batch batch = batches.remove(ticket);
        directory.answered(batch.url());
        Map<String, ReportStatus> statuses = new HashMap<>();
        answer.reports().forEach(entry -> statuses.put(entry.lease(), entry.status()));
        for (Pending report : batch.reports) {
            ReportStatus status = statuses.get(report.entry.lease());
            report.avoid = null;
            if (status == null || status == ReportStatus.RETRY) {
                again(turn, report);
            } else {
                settled(report);
            }
        }
    }

    void onFailed(Turn turn, long ticket, Failure failure) {
        Batch batch = batches.remove(ticket);
        if (failure.isRefusal()) {
            batch.reports.forEach(report -> refused(turn, report, failure, batch.reports.size()));
            return;
        }
        directory.failed(batch.url(), turn.nowMs, failure.retryAfterMs());
        for (Pending report : batch.reports) {
            report.avoid = batch.url();
            again(turn, report);
        }
    }

    void advance(Turn turn) {
        Set<Lane> busy = new HashSet<>();
        batches.values().forEach(batch -> busy.add(batch.lane));
        Map<Lane, List<Pending>> byLane = new LinkedHashMap<>();
        for (Pending report : pending.values()) {
            if (report.sent) {
                continue;
            }
            String url = directory.route(report.lease.origin, report.avoid, turn.nowMs);
            Lane lane = new Lane(url, report.failures > 0);
            if (turn.nowMs < report.notBeforeMs) {
                turn.wakeBy(report.notBeforeMs);
            } else if (!busy.contains(lane)) {
                byLane.computeIfAbsent(lane, any -> new ArrayList<>()).add(report);
            }
        }
        byLane.forEach((lane, reports) -> send(turn, lane, reports));
    }

    private void send(Turn turn, Lane lane, List<Pending> reports) {
        List<Pending> batch = new ArrayList<>();
        int bytes = 0;
        for (Pending report : reports) {
            bytes += report.bytes();
            boolean full = batch.size() == Limits.MAX_LEASES_PER_REQUEST || bytes > MOST_BATCH_BYTES || report.alone;
            if (full && !batch.isEmpty()) {
                break;
            }
            batch.add(report);
            report.sent = true;
            if (report.alone) {
                break;
            }
        }
        long ticket = tickets.next();
        batches.put(ticket, new Batch(lane, batch));
        List<ReportRequest.Entry> entries =
                batch.stream().map(report -> report.entry).toList();
        turn.add(new Action.SendReport(ticket, lane.url, new ReportRequest(worker, entries), pace.requestMs()));
    }

    private void again(Turn turn, Pending report) {
        report.sent = false;
        report.failures++;
        report.notBeforeMs = turn.nowMs + pace.again().delayMs(report.failures, chance);
    }

    private void refused(Turn turn, Pending report, Failure failure, int together) {
        if (together > 1) {
            report.sent = false;
            report.alone = true;
        } else {
            settled(report);
            turn.add(new Action.ReportRefused(report.entry.lease(), failure.status()));
        }
    }

    private void settled(Pending report) {
        pending.remove(report.entry.lease());
        leases.drop(report.entry.lease());
    }
}
