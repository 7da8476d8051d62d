package io.leasehold.client.logic;

import io.leasehold.api.ClusterView.Coordinator;
import io.leasehold.api.HeartbeatAnswer;
import io.leasehold.api.Outcome;
import io.leasehold.api.PollAnswer;
import io.leasehold.api.ReportAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/** Coordinators that do as the test says, under a clock that the test holds. One thread, no sockets. */
final class ScriptedCluster {
    static final long LEASE_MS = ScriptedNode.LEASE_MS;

    private record Event(long atMs, long seq, Runnable run) {}

    private record Parked(Action.SendPoll poll, long arrivedMs) {}

    final ScriptedNode.Shared shared = new ScriptedNode.Shared();
    final Map<String, ScriptedNode> nodes = new LinkedHashMap<>();
    final List<Coordinator> map = new ArrayList<>();
    final List<Action> actions = new ArrayList<>();
    private final Map<Action, Long> actionTimes = new IdentityHashMap<>();
    final Map<String, Long> started = new LinkedHashMap<>();
    final Map<String, Long> lost = new LinkedHashMap<>();
    final List<String> cancelled = new ArrayList<>();
    final List<String> stoppingTold = new ArrayList<>();
    final Map<String, Long> believed = new HashMap<>();
    final Map<String, Outcome> reported = shared.reported;
    int running;
    int mostRunning;
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
    private long wakeMs = Long.MAX_VALUE;

    ScriptedCluster(int coordinators) {
        for (int i = 1; i <= coordinators; i++) {
            String url = "http://c" + i + ":8470";
            nodes.put(url, new ScriptedNode(url, shared));
            map.add(new Coordinator("c-" + i, url));
        }
    }

    ScriptedCluster start(WorkerSettings settings, long seed) {
        List<String> seeds = List.of(nodes.keySet().iterator().next());
        logic = new WorkerLogic(settings, Pace.DEFAULT, seeds, Chance.seeded(seed));
        perform(logic.start(nowMs));
        return this;
    }

    ScriptedNode node(String url) {
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
        ScriptedNode node = nodes.get(url);
        node.add(id);
        servePolls(node);
    }

    private void servePolls(ScriptedNode node) {
        for (Parked waiting : List.copyOf(parked)) {
            if (!node.ready.isEmpty() && waiting.poll.url().equals(node.url) && parked.remove(waiting)) {
                answerPoll(node, waiting);
            }
        }
    }

    void finish(String lease, TaskResult result) {
        running--;
        perform(logic.onFinished(lease, result, nowMs));
    }

    /** All at once. */
    void finishAll(List<String> leases) {
        running -= leases.size();
        List<Finished> all = leases.stream()
                .map(lease -> new Finished(lease, TaskResult.success(null)))
                .toList();
        perform(logic.onFinished(all, nowMs));
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
        return actionTimes.get(action);
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
            actionTimes.put(action, nowMs);
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
            mostRunning = Math.max(mostRunning, ++running);
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
        ScriptedNode node = nodes.get(url);
        Failure failure = node == null || node.down ? Failure.NO_ANSWER : node.failNext.poll();
        if (failure != null) {
            at(1, () -> perform(logic.onFailed(ticket, failure, nowMs)));
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
        ScriptedNode node = nodes.get(poll.url());
        Parked waiting = new Parked(poll, nowMs);
        if (node.answersAtOnce(poll.body())) {
            return answerTo(node, waiting);
        }
        parked.add(waiting);
        at(poll.body().waitMs(), () -> {
            if (parked.remove(waiting)) {
                answerPoll(node, waiting);
            }
        });
        return null;
    }

    private void answerPoll(ScriptedNode node, Parked waiting) {
        Runnable answer = answerTo(node, waiting);
        if (answer != null && !node.hung && !node.down) {
            at(node.latencyMs, answer);
        }
    }

    /** Null if the answer gets lost. */
    private Runnable answerTo(ScriptedNode node, Parked waiting) {
        PollAnswer answer = node.grant(waiting.poll.body(), waiting.arrivedMs, nowMs);
        if (!answer.leases().isEmpty() && Boolean.TRUE.equals(node.loseGrants.poll())) {
            return null;
        }
        return () -> perform(logic.onPoll(waiting.poll.ticket(), answer, nowMs));
    }

    private Runnable answerBeat(Action.SendHeartbeat beat) {
        HeartbeatAnswer answer = nodes.get(beat.url()).answer(beat.body().leases(), nowMs);
        return () -> perform(logic.onHeartbeat(beat.ticket(), answer, nowMs));
    }

    private Runnable answerReport(Action.SendReport report) {
        ScriptedNode node = nodes.get(report.url());
        ReportAnswer answer = node.answer(report.body());
        long heldUpMs = node.heldUpMs(report.body());
        return () -> at(heldUpMs, () -> perform(logic.onReport(report.ticket(), answer, nowMs)));
    }

    /** Leases that were not renewed in time go back to their heaps. */
    void expireLeases() {
        for (String lease : List.copyOf(shared.heldUntil.keySet())) {
            if (shared.heldUntil.get(lease) <= nowMs) {
                ScriptedNode origin = shared.origin.get(lease);
                origin.expire(lease);
                servePolls(origin);
            }
        }
    }

    private void at(long inMs, Runnable run) {
        events.add(new Event(nowMs + inMs, seq++, run));
    }
}
