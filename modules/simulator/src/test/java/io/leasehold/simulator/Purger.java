package io.leasehold.simulator;

import io.leasehold.coordinator.desk.Purge;
import io.leasehold.coordinator.desk.Purged;
import io.leasehold.core.task.Home;
import java.util.List;

/** An operator who purges dead letters now and then, by id, or all of a shard. Never dies. */
final class Purger extends SimulatedProcess {
    private static final long PATIENCE_US = 5_000_000;

    private final Dice chance;

    /** @param chance of its own, so that the rest of a seed stays as it was until the first purge */
    Purger(World world, Dice chance) {
        super(world, "purger");
        this.chance = chance;
    }

    @Override
    void begin() {
        next();
    }

    @Override
    void ended() {}

    private void next() {
        after(chance.upTo(40_000_000 / world.setup.ratePerSecond()), "purger", () -> {
            if (!world.faults.isCalm()) {
                act();
                next();
            }
        });
    }

    /** What is expected is now and then not what there is. */
    private void act() {
        List<String> ids = world.client.ids();
        if (chance.half() && !ids.isEmpty()) {
            String id = chance.of(ids);
            world.said.purges(id);
            purge(Home.of(id, world.setup.shards()), new Purge(List.of(id), null, 1, 0));
        } else {
            int shard = chance.below(world.setup.shards());
            world.said.purgesAll(shard);
            long expected = world.ledger(shard).deadLetters() + (chance.below(4) == 0 ? 1 : 0);
            purge(shard, new Purge(null, null, 1 + chance.below(20), expected));
        }
    }

    private void purge(int shard, Purge purge) {
        world.network.<Purged>call(
                this,
                world.anyCoordinator(),
                "purge",
                PATIENCE_US,
                (edge, reply) -> edge.ask(
                        shard,
                        false,
                        "forwarded purge",
                        (desk, answer) -> desk.purge(
                                shard,
                                purge,
                                Heard.before(answer, done -> world.guarantees.purged(shard, purge, done))),
                        reply),
                done -> {},
                status -> {});
    }
}
