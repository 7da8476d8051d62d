package io.leasehold.client.logic;

import io.leasehold.api.ClusterView.Coordinator;
import io.leasehold.api.Grant;
import io.leasehold.api.GrantedTask;
import io.leasehold.api.HeartbeatAnswer;
import io.leasehold.api.LeaseStatus;
import io.leasehold.api.Outcome;
import io.leasehold.api.PollAnswer;
import io.leasehold.api.ReportAnswer;
import io.leasehold.api.ReportRequest;
import io.leasehold.api.ReportStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/** Coordinators that do as the test says, under a clock that the test holds. One thread, no sockets. */
final class ScriptedCluster {
    static final long LEASE_MS = 30_000;
    private static final byte[] NOTHING = {};

    /** One coordinator: its tasks, and how it behaves. */
    static final class Node {
        final String url;
        final Deque<GrantedTask> ready = new ArrayDeque<>();
        /** Answers nothing and refuses no connection. */
        boolean hung;
        /** Refuses connections at once. */
        boolean down;
        /** Answers every request with this failure, if set. */
        Failure failing;

        String see;
        boolean answersEarly;
        long latencyMs = 1;
        long decidedAfterMs;
        long leaseMs = LEASE_MS;
        Map<String, List<Grant>> granted = new HashMap<>();
        Map<String, LeaseStatus> beats = new HashMap<>();
        Map<String, ReportStatus> reports = new HashMap<>();
        Deque<Failure> failNext = new ArrayDeque<>();
        /** Whether each of the next answers with grants gets lost on its way. */
        Deque<Boolean> loseGrants = new ArrayDeque<>();

        Node(String url) {
            this.url = url;
        }
    }

    private record Event(long atMs, long seq, Runnable run) {}

    record Parked(Action.SendPoll poll, long untilMs) {}

    final Map<String, Node> nodes = new LinkedHashMap<>();
    final List<Coordinator> map = new ArrayList<>();
    final List<Action> actions = new ArrayList<>();
    final Map<Long, Long> actionTimes = new HashMap<>();
    final Map<String, Long> started = new LinkedHashMap<>();
    final Map<String, Long> lost = new LinkedHashMap<>();
    final List<String> cancelled = new ArrayList<>();
    final List<String> stoppingTold = new ArrayList<>();
    final Map<String, Long> believed = new HashMap<>();
    final Map<String, Outcome> reported = new LinkedHashMap<>();
    boolean stopped;
    boolean cancelsReachTheServer = true;
    long nowMs = 1_000;
    /** How long a handler runs; negative: until the test says so. */
    long handlerMs = -1;

    WorkerLogic logic;
    private final List<Parked> parked = new ArrayList<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atMs).thenComparingLong(Event::seq));
    private long seq;
    private long fence = 100;
    private long wakeMs = Long.MAX_VALUE;

    ScriptedCluster(int coordinators) {
        for (int i = 1; i <= coordinators; i++) {
            String url = "http://c" + i + ":8470";
            nodes.put(url, new Node(url));
            map.add(new Coordinator("c-" + i, url));
        }
    }

    ScriptedCluster start(WorkerSettings settings, long seed) {
        List<String> seeds = List.of(nodes.keySet().iterator().next());
        logic = new WorkerLogic(settings, Pace.DEFAULT, seeds, Chance.seeded(seed));
        perform(logic.start(nowMs));
        return this;
    }

    Node node(String url) {
        return nodes.get(url);
    }

    void runFor(long ms) {
        long until = nowMs + ms;
        while (true) {
            Event next = events.peek();
            long at = Math.min(next == null ? Long.MAX_VALUE : next.atMs, wakeMs);
            if (at > until) {
                break;
            }
            nowMs = Math.max(nowMs, at);
            if (next != null && next.atMs <= at) {
                events.poll().run.run();
            } else {
                wakeMs = Long.MAX_VALUE;
                perform(logic.onTick(nowMs));
            }
        }
        nowMs = until;
    }

    /** Time passes and nothing is told: the process was paused. */
    void pauseFor(long ms) {
        nowMs += ms;
    }

    void submit(String url, String id) {
        Node node = nodes.get(url);
        node.ready.add(new GrantedTask(id, "q", "t", 0, null, 5, NOTHING, null));
        for (Parked waiting : List.copyOf(parked)) {
            if (waiting.poll.url().equals(url) && parked.remove(waiting)) {
                answerPoll(node, waiting.poll);
                return;
            }
        }
    }

    void finish(String lease, TaskResult result) {
        perform(logic.onFinished(lease, result, nowMs));
    }

    void stop(long graceMs) {
        perform(logic.stop(nowMs, graceMs));
    }

    void tellMap() {
        perform(logic.onCoordinators(map, nowMs));
    }

    <T extends Action> List<T> sent(Class<T> type) {
        return actions.stream().filter(type::isInstance).map(type::cast).toList();
    }

    long timeOf(Action action) {
        return actionTimes.get((long) System.identityHashCode(action));
    }

    String leaseOf(String task) {
        return sent(Action.StartHandler.class).stream()
                .map(Action.StartHandler::grant)
                .filter(grant -> grant.task().id().equals(task))
                .reduce((first, last) -> last)
                .orElseThrow()
                .lease();
    }

    private void perform(List<Action> todo) {
        for (Action action : todo) {
            actions.add(action);
            actionTimes.put((long) System.identityHashCode(action), nowMs);
            perform(action);
        }
    }

    private void perform(Action action) {
        if (action instanceof Action.SendPoll poll) {
            deliver(poll.ticket(), poll.url(), poll.timeoutMs(), () -> park(poll));
        } else if (action instanceof Action.SendHeartbeat beat) {
            deliver(beat.ticket(), beat.url(), beat.timeoutMs(), () -> answerBeat(beat));
        } else if (action instanceof Action.SendReport report) {
            deliver(report.ticket(), report.url(), report.timeoutMs(), () -> answerReport(report));
        } else if (action instanceof Action.AskCluster ask) {
            deliver(ask.ticket(), ask.url(), ask.timeoutMs(), () -> {
                List<Coordinator> told = List.copyOf(map);
                return () -> perform(logic.onCluster(ask.ticket(), told, nowMs));
            });
        } else if (action instanceof Action.CancelPoll cancel) {
            if (!cancelsReachTheServer) {
                return;
            }
            parked.removeIf(waiting -> waiting.poll.ticket() == cancel.ticket());
            at(0, () -> perform(logic.onFailed(cancel.ticket(), Failure.NO_ANSWER, nowMs)));
        } else if (action instanceof Action.WakeAt wake) {
            wakeMs = wake.atMs();
        } else {
            note(action);
        }
    }

    private void note(Action action) {
        if (action instanceof Action.StartHandler start) {
            String lease = start.grant().lease();
            started.put(start.grant().task().id(), nowMs);
            believed.put(lease, start.believedUntilMs());
            if (handlerMs >= 0) {
                at(handlerMs, () -> finish(lease, TaskResult.success(null)));
            }
        } else if (action instanceof Action.Believe believe) {
            believed.put(believe.lease(), believe.untilMs());
        } else if (action instanceof Action.TellLeaseLost told) {
            lost.put(told.lease(), nowMs);
        } else if (action instanceof Action.TellCancelled told) {
            cancelled.add(told.lease());
        } else if (action instanceof Action.TellStopping told) {
            stoppingTold.add(told.lease());
        } else if (action instanceof Action.Stopped) {
            stopped = true;
        }
    }

    /** @param handle what the coordinator does when the request arrives; gives what happens when the answer does, or null */
    private void deliver(long ticket, String url, long timeoutMs, Supplier<Runnable> handle) {
        Node node = nodes.get(url);
        Failure failure = node == null || node.down ? Failure.NO_ANSWER : node.failing;
        failure = failure == null && node != null ? node.failNext.poll() : failure;
        if (failure != null) {
            Failure told = failure;
            at(1, () -> perform(logic.onFailed(ticket, told, nowMs)));
            return;
        }
        at(timeoutMs, () -> perform(logic.onFailed(ticket, Failure.NO_ANSWER, nowMs)));
        at(node.latencyMs, () -> {
            if (!node.hung && !node.down) {
                Runnable answer = handle.get();
                if (answer != null) {
                    at(node.latencyMs, answer);
                }
            }
        });
    }

    private Runnable park(Action.SendPoll poll) {
        Node node = nodes.get(poll.url());
        if (node.granted.containsKey(poll.body().pollId())
                || !node.ready.isEmpty()
                || node.answersEarly
                || node.see != null
                || poll.body().waitMs() == 0) {
            PollAnswer answer = grant(node, poll);
            if (!answer.leases().isEmpty() && Boolean.TRUE.equals(node.loseGrants.poll())) {
                return null;
            }
            return () -> perform(logic.onPoll(poll.ticket(), answer, nowMs));
        }
        Parked waiting = new Parked(poll, nowMs + poll.body().waitMs());
        parked.add(waiting);
        at(poll.body().waitMs(), () -> {
            if (parked.remove(waiting)) {
                answerPoll(node, poll);
            }
        });
        return null;
    }

    private void answerPoll(Node node, Action.SendPoll poll) {
        PollAnswer answer = grant(node, poll);
        boolean lost = !answer.leases().isEmpty() && Boolean.TRUE.equals(node.loseGrants.poll());
        if (!lost && !node.hung && !node.down) {
            at(node.latencyMs, () -> perform(logic.onPoll(poll.ticket(), answer, nowMs)));
        }
    }

    private PollAnswer grant(Node node, Action.SendPoll poll) {
        List<Grant> grants = node.granted.computeIfAbsent(poll.body().pollId(), any -> new ArrayList<>());
        while (!node.ready.isEmpty() && grants.size() < poll.body().max()) {
            grants.add(
                    new Grant(node.ready.poll(), "k.0." + ++fence + ".m", fence, 1, node.leaseMs, node.decidedAfterMs));
        }
        if (grants.isEmpty()) {
            node.granted.remove(poll.body().pollId());
            return new PollAnswer(List.of(), node.see);
        }
        return new PollAnswer(List.copyOf(grants), null);
    }

    private Runnable answerBeat(Action.SendHeartbeat beat) {
        Node node = nodes.get(beat.url());
        List<HeartbeatAnswer.Entry> entries = beat.body().leases().stream()
                .map(lease ->
                        new HeartbeatAnswer.Entry(lease, node.beats.getOrDefault(lease, LeaseStatus.OK), node.leaseMs))
                .toList();
        return () -> perform(logic.onHeartbeat(beat.ticket(), new HeartbeatAnswer(entries), nowMs));
    }

    private Runnable answerReport(Action.SendReport report) {
        Node node = nodes.get(report.url());
        List<ReportAnswer.Entry> entries = new ArrayList<>();
        for (ReportRequest.Entry entry : report.body().reports()) {
            ReportStatus status = node.reports.getOrDefault(entry.lease(), ReportStatus.OK);
            entries.add(new ReportAnswer.Entry(entry.lease(), status));
            if (status == ReportStatus.OK) {
                reported.put(entry.lease(), entry.outcome());
            }
        }
        return () -> perform(logic.onReport(report.ticket(), new ReportAnswer(entries), nowMs));
    }

    private void at(long inMs, Runnable run) {
        events.add(new Event(nowMs + inMs, seq++, run));
    }
}
