package io.leasehold.simulator;

import io.leasehold.api.ClusterView;
import io.leasehold.api.Grant;
import io.leasehold.api.HeartbeatAnswer;
import io.leasehold.api.LeaseStatus;
import io.leasehold.api.PollAnswer;
import io.leasehold.api.RawJson;
import io.leasehold.api.ReportAnswer;
import io.leasehold.api.ReportRequest;
import io.leasehold.client.logic.Action;
import io.leasehold.client.logic.Failure;
import io.leasehold.client.logic.Pace;
import io.leasehold.client.logic.TaskResult;
import io.leasehold.client.logic.WorkerClock;
import io.leasehold.client.logic.WorkerLogic;
import io.leasehold.client.logic.WorkerSettings;
import io.leasehold.simulator.Said.Hold;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A worker's process: the SDK's mind, and handlers that take their time, fail, or hang. */
final class Worker extends SimulatedProcess {
    private static final RawJson RESULT = RawJson.of("1");

    /** @param untilMs until when it is believed in, by the worker's clock */
    private record Held(Hold hold, long untilMs) {}

    private final ProcessClock clock;
    private final List<String> queues;
    private final int concurrency;
    private final Map<String, Held> held = new HashMap<>();
    private WorkerLogic logic;
    private WorkerClock counted;
    private Happening wake;
    private int lives;

    Worker(World world, String name, List<String> queues) {
        super(world, name);
        this.queues = queues;
        this.concurrency = 1 + world.dice.below(4);
        this.clock = new ProcessClock(
                this, world.timeline, world.dice.upTo(1_000_000_000L), (int) world.dice.between(-400, 400));
    }

    @Override
    void begin() {
        lives++;
        wake = null;
        counted = new WorkerClock(clock::peekNs, clock::peekWallMs);
        String id = world.dice.half() ? name() : name() + "-" + lives;
        WorkerSettings settings = new WorkerSettings(id, queues, concurrency, null, true);
        logic = new WorkerLogic(settings, Pace.DEFAULT, world.coordinatorNames(), world.dice::fraction);
        after(0, "worker starts", () -> perform(logic.start(nowMs())));
    }

    @Override
    void ended() {
        held.values().forEach(one -> world.beliefs.ends(one.hold));
        held.clear();
    }

    private long nowMs() {
        return counted.nowMs();
    }

    /** When, in true time, the worker's clock shows this, if its machine does not sleep until then. */
    private long trueUs(long localMs) {
        return clock.trueUs(-Math.floorDiv(counted.sleptNs() - localMs * 1_000_000, 1_000L));
    }

    @Override
    void resume() {
        super.resume();
        clock.goesOn();
    }

    /** Its machine sleeps for so long: a clock that does not count that makes it believe for longer. */
    void suspend(long us) {
        if (isUp() && !isPaused()) {
            pause(us);
            clock.standsStill(us);
            after(us, "machine wakes", () -> {
                long now = nowMs();
                held.values().stream()
                        .filter(one -> now < one.untilMs)
                        .forEach(one -> world.beliefs.believes(one.hold, trueUs(one.untilMs)));
            });
        }
    }

    /** Its time of day is set while it runs; a clock that is set back while the machine sleeps hides the sleep. */
    void setWall(long offsetMs) {
        if (isUp() && !isPaused()) {
            clock.setWall(offsetMs);
            nowMs();
        }
    }

    private void perform(List<Action> actions) {
        actions.forEach(this::perform);
    }

    private void perform(Action action) {
        if (action instanceof Action.SendPoll poll) {
            world.network.<PollAnswer>call(
                    this,
                    world.coordinator(poll.url()),
                    "poll",
                    poll.timeoutMs() * 1_000,
                    (edge, reply) -> edge.poll(poll.body(), 0, false, reply),
                    answer -> perform(logic.onPoll(poll.ticket(), answer, nowMs())),
                    status -> failed(poll.ticket(), status));
        } else if (action instanceof Action.SendHeartbeat beat) {
            world.network.<HeartbeatAnswer>call(
                    this,
                    world.coordinator(beat.url()),
                    "heartbeat",
                    beat.timeoutMs() * 1_000,
                    (edge, reply) -> edge.heartbeat(beat.body(), false, reply),
                    answer -> heard(beat.ticket(), answer),
                    status -> failed(beat.ticket(), status));
        } else if (action instanceof Action.SendReport report) {
            report.body().reports().forEach(this::says);
            world.network.<ReportAnswer>call(
                    this,
                    world.coordinator(report.url()),
                    "report",
                    report.timeoutMs() * 1_000,
                    (edge, reply) -> edge.report(report.body(), false, reply),
                    answer -> perform(logic.onReport(report.ticket(), answer, nowMs())),
                    status -> failed(report.ticket(), status));
        } else if (action instanceof Action.AskCluster ask) {
            world.network.<List<ClusterView.Coordinator>>call(
                    this,
                    world.coordinator(ask.url()),
                    "ask for the map",
                    ask.timeoutMs() * 1_000,
                    (edge, reply) -> reply.ok(edge.cluster()),
                    answer -> perform(logic.onCluster(ask.ticket(), answer, nowMs())),
                    status -> failed(ask.ticket(), status));
        } else if (action instanceof Action.StartHandler start) {
            startHandler(start.grant(), start.believedUntilMs());
        } else if (action instanceof Action.Believe believe) {
            Held one = held.get(believe.lease());
            if (one != null) {
                held.put(believe.lease(), new Held(one.hold, believe.untilMs()));
                world.beliefs.believes(one.hold, trueUs(believe.untilMs()));
            }
        } else if (action instanceof Action.WakeAt at) {
            wakeAt(at.atMs());
        } else if (action instanceof Action.TellLeaseLost told) {
            ends(told.lease());
        } else if (action instanceof Action.TellCancelled told) {
            ends(told.lease());
        } else if (action instanceof Action.TellStopping told) {
            ends(told.lease());
        }
    }

    private void failed(long ticket, int status) {
        perform(logic.onFailed(ticket, new Failure(status, 0), nowMs()));
    }

    private void heard(long ticket, HeartbeatAnswer answer) {
        for (HeartbeatAnswer.Entry entry : answer.leases()) {
            Held one = held.get(entry.lease());
            if (one != null && entry.status() == LeaseStatus.LOST) {
                world.beliefs.lost(one.hold);
            }
        }
        perform(logic.onHeartbeat(ticket, answer, nowMs()));
    }

    private void says(ReportRequest.Entry entry) {
        Hold hold = World.holdOf(entry.lease());
        world.said.reports(hold.shard(), hold.fence(), entry);
        world.beliefs.ends(hold);
        held.remove(entry.lease());
    }

    private void wakeAt(long localMs) {
        long atUs = trueUs(localMs);
        if (wake != null) {
            wake.callOff();
        }
        wake = atTrue(atUs, "worker wakes", () -> perform(logic.onTick(nowMs())));
    }

    private void startHandler(Grant grant, long untilMs) {
        Hold hold = World.holdOf(grant.lease());
        held.put(grant.lease(), new Held(hold, untilMs));
        world.beliefs.begins(hold, grant.task().id(), name(), trueUs(untilMs));
        world.leases.seen(grant.lease());
        boolean calm = world.faults.isCalm();
        long workUs = calm
                ? world.dice.upTo(200_000)
                : world.dice.below(4) == 0
                        ? world.dice.upTo(40_000_000)
                        : world.dice.small(4 * grant.leaseMs() * 1_000);
        after(workUs, "handler ends", () -> {
            ends(grant.lease());
            perform(logic.onFinished(grant.lease(), result(), nowMs()));
        });
    }

    private TaskResult result() {
        int roll = world.dice.below(10);
        if (world.faults.isCalm() || roll < 6) {
            return TaskResult.success(RESULT);
        }
        Long retryAfterMs = world.dice.half() ? null : (Long) world.dice.small(5_000);
        return TaskResult.failure("did not work", roll < 9, retryAfterMs);
    }

    private void ends(String token) {
        Held one = held.remove(token);
        if (one != null) {
            world.beliefs.ends(one.hold);
        }
    }
}
