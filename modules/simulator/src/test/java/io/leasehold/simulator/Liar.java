package io.leasehold.simulator;

import io.leasehold.api.HeartbeatAnswer;
import io.leasehold.api.HeartbeatRequest;
import io.leasehold.api.Outcome;
import io.leasehold.api.ReportAnswer;
import io.leasehold.api.ReportRequest;
import io.leasehold.simulator.Said.Hold;
import java.util.List;

/** Reports and heartbeats leases that it once saw, whatever became of them; for their holders nothing is promised any more. */
final class Liar extends SimulatedProcess {
    Liar(World world, String name) {
        super(world, name);
    }

    @Override
    void begin() {
        next();
    }

    @Override
    void ended() {}

    private void next() {
        after(world.dice.upTo(2_000_000), "lie", () -> {
            String token = world.leases.any();
            if (token != null && !world.faults.isCalm()) {
                lie(token);
            }
            next();
        });
    }

    private void lie(String token) {
        Coordinator server = world.anyCoordinator();
        if (world.dice.below(3) == 0) {
            world.network.<HeartbeatAnswer>call(
                    this,
                    server,
                    "false heartbeat",
                    5_000_000,
                    (edge, reply) -> edge.heartbeat(new HeartbeatRequest(name(), List.of(token)), false, reply),
                    answer -> {},
                    status -> {});
            return;
        }
        Outcome outcome = Outcome.values()[world.dice.below(3)];
        ReportRequest.Entry entry = new ReportRequest.Entry(
                token, outcome, null, "a lie", world.dice.half() ? null : Boolean.TRUE, world.dice.small(3_000));
        Hold hold = World.holdOf(token);
        world.said.reports(hold.shard(), hold.fence(), entry);
        world.beliefs.spoil(hold);
        world.network.<ReportAnswer>call(
                this,
                server,
                "false report",
                5_000_000,
                (edge, reply) -> edge.report(new ReportRequest(name(), List.of(entry)), false, reply),
                answer -> {},
                status -> {});
    }
}
