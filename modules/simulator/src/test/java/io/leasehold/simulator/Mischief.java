package io.leasehold.simulator;

import io.leasehold.core.state.Fold;
import java.util.ArrayList;
import java.util.List;

/** What goes wrong by itself, now and then: each seed has its own selection and its own rates. */
final class Mischief {
    private record Kind(String name, long everyUs, Runnable happens) {}

    private static final String SUSPENDED = "a machine is suspended";
    private static final String JUMPS = "a clock jumps";

    private final World world;
    private final Dice dice;
    private final List<Kind> kinds = new ArrayList<>();

    Mischief(World world) {
        this.world = world;
        this.dice = world.dice;
        maybe("a coordinator is killed", this::kill);
        maybe("a coordinator is stopped", () -> world.anyCoordinator().pause(longWhileUs()));
        maybe(SUSPENDED, this::suspend);
        maybe("a coordinator leaves", this::leave);
        maybe("a coordinator is cut off", this::cutOff);
        maybe("a broker crashes", () -> world.journal(anyShard()).crash());
        maybe("the store is away", () -> world.coordinators().forEach(this::disconnect));
        maybe("a session is suspended", () -> disconnect(world.anyCoordinator()));
        maybe("a session expires", this::expire);
        maybe("watches come late", this::blind);
        maybe("the store is wiped", () -> world.ensemble.wipe());
        maybe("a coordinator is deceived", this::deceive);
        maybe("a coordinator is suspected", this::suspect);
        maybe(JUMPS, this::jump);
        maybe("a worker is killed", this::killWorker);
        maybe("a worker is stopped", () -> world.anyWorker().pause(dice.small(15_000_000)));
        maybe("a worker's machine is suspended", () -> world.anyWorker().suspend(dice.small(30_000_000)));
        maybe("a worker's clock jumps", () -> world.anyWorker().setWall(jumpMs()));
        // Who was suspended, and whose time of day is set back meanwhile, cannot know how long it slept: no rule helps
        // then.
        if (kinds.stream().anyMatch(kind -> kind.name.equals(SUSPENDED))) {
            kinds.removeIf(kind -> kind.name.equals(JUMPS));
        } else if (world.setup.hasCommonJumps()) {
            kinds.add(new Kind("all clocks jump", 20_000_000, this::jumpAll));
        }
        if (world.setup.hasDestruction()) {
            kinds.add(new Kind("a stranger deletes records", 30_000_000, this::destroy));
        }
        if (world.setup.upgrades()) {
            kinds.add(new Kind("a coordinator gets another release", 10_000_000, this::upgrade));
        }
        kinds.add(new Kind("log starts are written down", 20_000_000, this::writeDown));
        kinds.forEach(this::schedule);
    }

    private void maybe(String name, Runnable happens) {
        if (dice.below(3) > 0) {
            kinds.add(new Kind(name, dice.of(2_000_000, 8_000_000, 30_000_000, 120_000_000), happens));
        }
    }

    private void schedule(Kind kind) {
        world.timeline.after(dice.upTo(2 * kind.everyUs), null, kind.name, () -> {
            if (!world.faults.isCalm()) {
                kind.happens.run();
                schedule(kind);
            }
        });
    }

    /** Often long enough for others to take over and to give its leases to others. */
    private long longWhileUs() {
        return dice.half() ? dice.small(20_000_000) : dice.upTo(40_000_000);
    }

    private int anyShard() {
        return dice.below(world.setup.shards());
    }

    private void kill() {
        Coordinator victim = world.anyCoordinator();
        if (victim.isUp()) {
            victim.die();
            comesBack(victim, dice.small(15_000_000));
        }
    }

    private void comesBack(SimulatedProcess process, long inUs) {
        world.timeline.after(inUs, null, "comes back", () -> {
            if (!process.isUp()) {
                process.start();
            }
        });
    }

    private void suspend() {
        Coordinator victim = world.anyCoordinator();
        long us = dice.small(30_000_000);
        victim.pause(us);
        world.standsStill(victim.clock().standsStill(us));
    }

    private void leave() {
        Coordinator leaver = world.anyCoordinator();
        if (leaver.isUp()) {
            leaver.leave();
            comesBack(leaver, 10_000_000 + dice.small(20_000_000));
        }
    }

    private void cutOff() {
        world.anyCoordinator().cutOff(anyShard(), longWhileUs());
    }

    private void disconnect(Coordinator one) {
        if (one.isUp()) {
            one.session().suspend(dice.small(30_000_000));
        }
    }

    private void expire() {
        Coordinator one = world.anyCoordinator();
        if (one.isUp()) {
            one.session().expireUnheard(dice.small(10_000_000));
        }
    }

    private void blind() {
        Coordinator one = world.anyCoordinator();
        if (one.isUp()) {
            one.session().blind(dice.small(20_000_000));
        }
    }

    private void deceive() {
        Coordinator one = world.anyCoordinator();
        if (one.isUp()) {
            one.session().deceive(dice.small(20_000_000));
        }
    }

    private void suspect() {
        world.anyCoordinator().suspect(world.anyCoordinator().name(), dice.small(10_000_000));
    }

    private void jump() {
        ProcessClock clock = world.anyCoordinator().clock();
        clock.setWall(jumpMs());
    }

    private long jumpMs() {
        return dice.below(3) == 0 ? 0 : dice.small(600_000) * (dice.half() ? 1 : -1);
    }

    private void jumpAll() {
        long ms = dice.upTo(dice.of(30_000, 120_000, 600_000));
        world.allClocksOff(dice.half() ? 0 : dice.below(3) == 0 ? -ms : ms);
    }

    private void killWorker() {
        Worker victim = world.anyWorker();
        victim.die();
        comesBack(victim, dice.small(10_000_000));
    }

    /** One coordinator after another, and now and then one goes back while there is still another of the older release. */
    private void upgrade() {
        List<Coordinator> older = world.coordinators().stream()
                .filter(one -> one.foldVersion() == world.setup.olderFold())
                .toList();
        Coordinator one = world.anyCoordinator();
        if (older.size() > 1 && one.foldVersion() > world.setup.olderFold() && dice.half()) {
            one.becomes(world.setup.olderFold());
            comesBack(one, dice.small(8_000_000));
        } else if (!older.isEmpty()) {
            older.get(0).becomes(Fold.VERSION);
            comesBack(older.get(0), dice.small(8_000_000));
        }
    }

    private void destroy() {
        int shard = anyShard();
        JournalTopic journal = world.journal(shard);
        if (journal.end() > 0) {
            world.harm(shard);
            journal.deleteByStranger(dice.between(journal.start(), journal.end()));
        }
    }

    private void writeDown() {
        for (int shard = 0; shard < world.setup.shards(); shard++) {
            world.journal(shard).writeDownStart();
        }
    }
}
