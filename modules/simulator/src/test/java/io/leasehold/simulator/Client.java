package io.leasehold.simulator;

import io.leasehold.coordinator.desk.Cancelled;
import io.leasehold.coordinator.desk.Redrive;
import io.leasehold.coordinator.desk.TaskView;
import io.leasehold.core.decide.Accepted;
import io.leasehold.core.task.Backoff;
import io.leasehold.core.task.Home;
import io.leasehold.core.task.Submission;
import io.leasehold.core.task.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everyone who submits, asks, cancels and redrives; over HTTP and through the inbox. Never dies. */
final class Client extends SimulatedProcess {
    private static final byte[] PAYLOAD = {'{', '}'};
    private static final long PATIENCE_US = 5_000_000;

    private final List<String> ids = new ArrayList<>();
    private final Map<String, Long> inInbox = new HashMap<>();
    private int openTransactions;

    Client(World world) {
        super(world, "client");
    }

    @Override
    void begin() {
        next();
        redriveAll();
    }

    @Override
    void ended() {}

    private void next() {
        after(world.dice.upTo(2_000_000 / world.setup.ratePerSecond()), "client", () -> {
            if (!world.faults.isCalm()) {
                act();
                next();
            }
        });
    }

    private void act() {
        int roll = world.dice.below(20);
        if (roll < 8) {
            submit(task(), world.dice.below(4) == 0 ? world.dice.small(10_000) : 0, 0);
        } else if (roll < 13) {
            put(task());
        } else if (roll < 17) {
            find(anyId());
        } else if (roll < 19) {
            cancel(anyId());
        } else {
            redrive(world.dice.below(world.setup.shards()));
        }
    }

    private String anyId() {
        return ids.isEmpty() || world.dice.below(20) == 0 ? "unknown" : world.dice.of(ids);
    }

    private Task task() {
        boolean again = !ids.isEmpty() && world.dice.below(8) == 0;
        String id = again ? world.dice.of(ids) : "t" + ids.size();
        if (!again) {
            ids.add(id);
        }
        long nowMs = world.wallMs();
        long notBeforeMs = world.dice.below(6) == 0 ? nowMs + world.dice.small(10_000) : 0;
        long deadlineMs = world.dice.below(6) == 0 ? nowMs + 1_000 + world.dice.small(20_000) : Task.NO_DEADLINE;
        return new Task(
                id,
                world.dice.half() ? "a" : "b",
                null,
                world.dice.below(3),
                deadlineMs,
                notBeforeMs,
                PAYLOAD,
                1 + world.dice.below(4),
                1_000 + world.dice.small(8_000),
                new Backoff(1 + world.dice.small(2_000), 2.0, 4_000),
                null);
    }

    private int home(String id) {
        return Home.of(id, world.setup.shards());
    }

    private void submit(Task task, long delayMs, int attempt) {
        long startsMs = delayMs == 0 ? task.notBeforeMs() : world.wallMs() + delayMs;
        world.said.submits(task.id(), startsMs);
        int shard = home(task.id());
        Submission submission = new Submission(delayMs == 0 ? task : task.startingAt(0), delayMs);
        world.network.<List<Accepted>>call(
                this,
                world.anyCoordinator(),
                "submit",
                PATIENCE_US,
                (edge, reply) -> edge.ask(
                        shard,
                        false,
                        "forwarded submission",
                        (desk, answer) -> desk.submit(
                                shard,
                                List.of(submission),
                                Heard.before(
                                        answer,
                                        outcomes -> world.guarantees.submitted(shard, task.id(), outcomes.get(0)))),
                        reply),
                outcomes -> {
                    if (!Guarantees.isRefused(outcomes.get(0))) {
                        world.promised.add(task.id());
                    }
                },
                status -> {
                    if (attempt < 5) {
                        after(world.dice.upTo(1_000_000), "submit again", () -> submit(task, delayMs, attempt + 1));
                    }
                });
    }

    private void put(Task task) {
        world.said.submits(task.id(), task.notBeforeMs());
        InboxTopic inbox = world.inbox(home(task.id()));
        int copies = world.dice.below(10) == 0 ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (world.dice.below(8) > 0) {
                committed(task.id(), inbox.put(task));
                continue;
            }
            int place = inbox.putInTransaction(task);
            openTransactions++;
            boolean aborted = world.dice.half();
            after(world.dice.small(20_000_000), "transaction ends", () -> {
                openTransactions--;
                inbox.close(place, aborted);
                if (!aborted) {
                    committed(task.id(), place);
                }
            });
        }
    }

    private void committed(String id, long place) {
        world.promised.add(id);
        inInbox.putIfAbsent(id, place);
    }

    /** Of all that was ever submitted. */
    List<String> ids() {
        return ids;
    }

    int openTransactions() {
        return openTransactions;
    }

    private void find(String id) {
        int shard = home(id);
        Expectation then = expectation(shard, id);
        world.network.<TaskView>call(
                this,
                world.anyCoordinator(),
                "find",
                PATIENCE_US * 2,
                (edge, reply) -> edge.ask(
                        shard,
                        false,
                        "forwarded question",
                        (desk, answer) ->
                                desk.find(shard, id, Heard.before(answer, view -> world.guarantees.found(then, view))),
                        reply),
                view -> {},
                status -> {});
    }

    private Expectation expectation(int shard, String id) {
        Long place = inInbox.get(id);
        return new Expectation(
                shard,
                id,
                world.ledger(shard).byId(id),
                place != null && place < world.inbox(shard).end());
    }

    private void cancel(String id) {
        int shard = home(id);
        Expectation then = expectation(shard, id);
        world.said.cancels(id);
        world.network.<Cancelled>call(
                this,
                world.anyCoordinator(),
                "cancel",
                PATIENCE_US * 2,
                (edge, reply) -> edge.ask(
                        shard,
                        false,
                        "forwarded cancellation",
                        (desk, answer) -> desk.cancel(
                                shard, id, Heard.before(answer, outcome -> world.guarantees.cancelled(then, outcome))),
                        reply),
                outcome -> {},
                status -> {});
    }

    private void redrive(int shard) {
        world.network.<Integer>call(
                this,
                world.anyCoordinator(),
                "redrive",
                PATIENCE_US,
                (edge, reply) -> edge.ask(
                        shard,
                        false,
                        "forwarded redrive",
                        (desk, answer) ->
                                desk.redrive(shard, new Redrive(null, null, 1 + world.dice.below(20)), answer),
                        reply),
                number -> {},
                status -> {});
    }

    /** Dead letters take up room: in the end they would keep others out for ever. */
    private void redriveAll() {
        after(2_000_000, "client redrives", () -> {
            if (world.faults.isCalm()) {
                for (int shard = 0; shard < world.setup.shards(); shard++) {
                    redrive(shard);
                }
            }
            redriveAll();
        });
    }
}
