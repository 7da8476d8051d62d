package io.leasehold.simulator;

import io.leasehold.coordinator.port.JournalRecord;
import io.leasehold.core.state.Replay;
import io.leasehold.core.state.ShardState;
import io.leasehold.core.state.StateDigest;
import io.leasehold.core.task.Home;
import java.util.Comparator;
import java.util.List;

/**
 * One run: a cluster lives through its faults for a number of steps; then they stop, and whatever was promised has to come
 * about. Any broken guarantee ends it with a {@link Violation}.
 */
final class Simulation {
    /**
     * Long enough for every delay, retry, grace and pause that a run can have, without anything coming to an end meanwhile:
     * how long it takes in all depends on what has piled up.
     */
    private static final long HEALED_WITHIN_US = 300_000_000;

    /** Clocks that jumped are doubted for as long, shard time is taken back a while later, starts that were asked for stay. */
    private static final long TIME_RIGHT_AFTER = 3;

    /** A generation pays off only after others have written twice as much; these are far fewer than that takes. */
    private static final long STEPS_A_GENERATION = 100;

    private static final long LOOK_US = 500_000;

    private final World world;

    Simulation(long seed, boolean traced) {
        world = new World(seed, traced);
    }

    /** @return what the run came to */
    Outcome run(long steps) {
        world.begin();
        while (world.timeline.steps() < steps) {
            step();
        }
        calm();
        long patienceUs = HEALED_WITHIN_US + TIME_RIGHT_AFTER * world.mostCommonOffMs() * 1_000;
        long progress = -1;
        long untilUs = 0;
        while (!isDone()) {
            if (progress() > progress) {
                progress = progress();
                untilUs = world.timeline.nowUs() + patienceUs;
            } else if (world.timeline.nowUs() >= untilUs) {
                break;
            }
            long lookUs = world.timeline.nowUs() + LOOK_US;
            while (world.timeline.nowUs() < lookUs) {
                step();
            }
        }
        verifyEnd();
        Outcome outcome = outcome();
        if (outcome.trims() * STEPS_A_GENERATION > outcome.steps()) {
            throw world.violation(
                    "P7",
                    outcome.trims() + " generations in " + outcome.steps()
                            + " steps: the same is carried again and again");
        }
        return outcome;
    }

    /** Rises with whatever comes to an end. */
    private long progress() {
        return world.ledgers().stream()
                .mapToLong(ledger -> ledger.ends() + ledger.topPublished() + ledger.inboxOffset())
                .sum();
    }

    private void step() {
        world.timeline.step();
        if (world.violation() != null) {
            throw world.violation();
        }
    }

    private void calm() {
        world.faults.calm();
        world.trace.note(0, () -> "faults stop");
        world.allClocksOff(0);
        for (Coordinator one : world.coordinators()) {
            one.heal();
        }
        world.workers().forEach(worker -> {
            if (!worker.isUp()) {
                worker.start();
            }
            worker.resume();
        });
    }

    private boolean isDone() {
        if (world.client.openTransactions() > 0) {
            return false;
        }
        for (int shard = 0; shard < world.setup.shards(); shard++) {
            if (isDestroyed(shard)) {
                continue;
            }
            Ledger ledger = world.ledger(shard);
            if (lacksRecords(shard)
                    || ledger.live() > 0
                    || ledger.inboxOffset() < world.inbox(shard).end()
                    || ledger.topPublished() < ledger.ends()) {
                return false;
            }
        }
        return true;
    }

    /** Its records were deleted by a stranger before its owner could write them again, and there is no owner left to do it. */
    private boolean isDestroyed(int shard) {
        return lacksRecords(shard) && world.coordinators().stream().noneMatch(one -> one.serves(shard));
    }

    private boolean lacksRecords(int shard) {
        return world.isHarmed(shard)
                && world.journal(shard).start() > world.ledger(shard).namedBase();
    }

    private void verifyEnd() {
        for (int shard = 0; shard < world.setup.shards(); shard++) {
            if (!isDestroyed(shard)) {
                verifyAllEnded(shard);
            }
        }
        if (!isDone()) {
            throw world.violation("P4", "it does not come to an end");
        }
        for (String id : world.promised) {
            boolean known = world.ledgers().stream().anyMatch(ledger -> ledger.byId(id) != null);
            int shard = Home.of(id, world.setup.shards());
            if (!known && !isDestroyed(shard) && !world.inbox(shard).isRejected(id)) {
                throw world.violation("G1", id + " was acknowledged and never accepted");
            }
        }
        for (int shard = 0; shard < world.setup.shards(); shard++) {
            replayFromEveryBase(shard);
            if (!isDestroyed(shard)) {
                new SecondOpinion(world).ask(shard);
            }
        }
    }

    private void verifyAllEnded(int shard) {
        Ledger ledger = world.ledger(shard);
        String wrong = null;
        if (ledger.live() > 0) {
            LedgerTask stuck = ledger.remembered().stream()
                    .filter(task -> !task.hasEnded())
                    .findFirst()
                    .orElseThrow();
            wrong = ledger.live() + " tasks do not end, such as " + stuck;
        } else if (ledger.inboxOffset() < world.inbox(shard).end()) {
            wrong = "nothing is admitted from inbox offset " + ledger.inboxOffset() + " on";
        } else if (ledger.topPublished() < ledger.ends()) {
            wrong = ledger.topPublished() + " of " + ledger.ends() + " ends are public";
        }
        if (lacksRecords(shard)) {
            throw world.violation(
                    "G15",
                    "shard " + shard + ": its journal starts at "
                            + world.journal(shard).start()
                            + ", and its owner has written nothing again since the base at " + ledger.namedBase());
        }
        if (wrong != null) {
            StringBuilder views = new StringBuilder();
            world.coordinators()
                    .forEach(one -> one.views().stream()
                            .filter(view -> view.shard() == shard)
                            .forEach(view -> views.append("; ")
                                    .append(one.name())
                                    .append(": ")
                                    .append(view)));
            throw world.violation("P4", "shard " + shard + ": " + wrong + views);
        }
    }

    private void replayFromEveryBase(int shard) {
        List<JournalRecord> records = world.journal(shard).everything();
        long expected = StateDigest.of(world.ledger(shard).replayed());
        int tried = 0;
        for (long base : world.ledger(shard).bases().stream()
                .sorted(Comparator.reverseOrder())
                .toList()) {
            if (base == 0 || tried++ > 5) {
                continue;
            }
            ShardState state = new ShardState();
            Replay replay = new Replay(state);
            replay.start(records.get((int) base).value());
            for (JournalRecord record : records.subList((int) base + 1, records.size())) {
                replay.apply(record.value());
            }
            if (StateDigest.of(state) != expected) {
                throw world.violation(
                        "G14", "shard " + shard + ": a replay from base " + base + " comes to another state");
            }
        }
    }

    private Outcome outcome() {
        long claims = 0;
        long trims = 0;
        long ends = 0;
        long raises = 0;
        long timesSet = 0;
        long purges = 0;
        for (Ledger ledger : world.ledgers()) {
            claims += ledger.claims();
            trims += ledger.trims();
            ends += ledger.ends();
            raises += ledger.raises();
            timesSet += ledger.timesSet();
            purges += ledger.purges();
        }
        return new Outcome(
                world.timeline.steps(),
                world.timeline.nowUs() / 1_000,
                world.beliefs.begun(),
                ends,
                claims,
                trims,
                raises,
                timesSet,
                purges,
                world.trace.hash());
    }
}
