package io.leasehold.client.logic;

import io.leasehold.api.Grant;
import io.leasehold.api.GrantedTask;
import io.leasehold.api.HeartbeatAnswer;
import io.leasehold.api.LeaseStatus;
import io.leasehold.api.Outcome;
import io.leasehold.api.PollAnswer;
import io.leasehold.api.PollRequest;
import io.leasehold.api.ReportAnswer;
import io.leasehold.api.ReportRequest;
import io.leasehold.api.ReportStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One coordinator: its tasks, and how it behaves. Any of them knows the leases of all, as if it forwarded. */
final class ScriptedNode {
    static final long LEASE_MS = 30_000;
    /** How long a coordinator waits for an owner that hangs before it answers for the others. */
    private static final long HUNG_MS = 1_000;

    private static final byte[] NOTHING = {};

    /** What the coordinators know together. */
    static final class Shared {
        /** Until when each lease holds, as its coordinator promised. */
        final Map<String, Long> heldUntil = new LinkedHashMap<>();

        final Map<String, ScriptedNode> origin = new HashMap<>();
        final Map<String, GrantedTask> tasks = new HashMap<>();
        final Map<String, Outcome> reported = new LinkedHashMap<>();
        final List<String> ended = new ArrayList<>();
        long fence = 100;
    }

    final String url;
    final Deque<GrantedTask> ready = new ArrayDeque<>();
    /** Answers nothing and refuses no connection. */
    boolean hung;
    /** Refuses connections at once. */
    boolean down;

    String see;
    /** What it says of the map; null as by one that cannot tell. */
    String tag;

    boolean answersEarly;
    /** Of answers, each way. */
    long latencyMs = 1;

    long leaseMs = LEASE_MS;
    final Map<String, LeaseStatus> beats = new HashMap<>();
    final Map<String, ReportStatus> reports = new HashMap<>();
    /** Their owner hangs: reports on them are answered {@code retry}, and only after a while. */
    final Set<String> hungLeases = new HashSet<>();

    final Deque<Failure> failNext = new ArrayDeque<>();
    /** Whether each of the next answers with grants gets lost on its way. */
    final Deque<Boolean> loseGrants = new ArrayDeque<>();

    private final Shared shared;
    private final Map<String, List<Grant>> granted = new HashMap<>();

    ScriptedNode(String url, Shared shared) {
        this.url = url;
        this.shared = shared;
    }

    void add(String id) {
        ready.add(new GrantedTask(id, "q", "t", 0, null, 5, NOTHING, null));
    }

    boolean answersAtOnce(PollRequest poll) {
        return granted.containsKey(poll.pollId())
                || !ready.isEmpty()
                || answersEarly
                || see != null
                || poll.waitMs() == 0;
    }

    PollAnswer grant(PollRequest poll, long arrivedMs, long nowMs) {
        List<Grant> grants = granted.computeIfAbsent(poll.pollId(), any -> new ArrayList<>());
        while (!ready.isEmpty() && grants.size() < poll.max()) {
            GrantedTask task = ready.poll();
            String lease = "k.0." + ++shared.fence + ".m";
            shared.heldUntil.put(lease, nowMs + leaseMs);
            shared.origin.put(lease, this);
            shared.tasks.put(lease, task);
            grants.add(new Grant(task, lease, shared.fence, 1, leaseMs, nowMs - arrivedMs));
        }
        if (grants.isEmpty()) {
            granted.remove(poll.pollId());
            return new PollAnswer(List.of(), see, tag);
        }
        return new PollAnswer(List.copyOf(grants), null, tag);
    }

    HeartbeatAnswer answer(List<String> leases, long nowMs) {
        List<HeartbeatAnswer.Entry> entries = new ArrayList<>();
        for (String lease : leases) {
            LeaseStatus status =
                    beats.getOrDefault(lease, shared.heldUntil.containsKey(lease) ? LeaseStatus.OK : LeaseStatus.LOST);
            if (status == LeaseStatus.OK) {
                shared.heldUntil.put(lease, nowMs + leaseMs);
            }
            entries.add(new HeartbeatAnswer.Entry(lease, status, leaseMs));
        }
        return new HeartbeatAnswer(entries);
    }

    ReportAnswer answer(ReportRequest request) {
        List<ReportAnswer.Entry> entries = new ArrayList<>();
        for (ReportRequest.Entry entry : request.reports()) {
            ReportStatus status = hungLeases.contains(entry.lease())
                    ? ReportStatus.RETRY
                    : reports.getOrDefault(entry.lease(), ReportStatus.OK);
            entries.add(new ReportAnswer.Entry(entry.lease(), status));
            if (status == ReportStatus.OK) {
                shared.reported.putIfAbsent(entry.lease(), entry.outcome());
                settle(entry);
            }
        }
        return new ReportAnswer(entries);
    }

    /** How long an answer to these reports is held up. */
    long heldUpMs(ReportRequest request) {
        return request.reports().stream().anyMatch(entry -> hungLeases.contains(entry.lease())) ? HUNG_MS : 0;
    }

    /** The lease was not renewed in time. */
    void expire(String lease) {
        if (shared.heldUntil.remove(lease) != null) {
            ready.add(shared.tasks.get(lease));
        }
    }

    private void settle(ReportRequest.Entry entry) {
        if (shared.heldUntil.remove(entry.lease()) == null) {
            return;
        }
        GrantedTask task = shared.tasks.get(entry.lease());
        if (entry.outcome() == Outcome.RELEASE) {
            shared.origin.get(entry.lease()).ready.add(task);
        } else {
            shared.ended.add(task.id());
        }
    }
}
