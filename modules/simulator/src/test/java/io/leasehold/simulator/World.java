package io.leasehold.simulator;

import io.leasehold.simulator.Said.Hold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything there is in one run. */
final class World {
    private static final int DEEPEST_INTERRUPTION = 2;

    final long seed;
    final Trace trace;
    final Timeline timeline;
    final Dice dice;
    final Setup setup;
    final Faults faults;
    final Network network;
    final Ensemble ensemble;
    final Said said = new Said();
    final Beliefs beliefs;
    final Guarantees guarantees;
    final Leaked leases;
    final Client client;
    /** Ids of tasks whose submission was acknowledged. */
    final Set<String> promised = new LinkedHashSet<>();

    private final List<JournalTopic> journals = new ArrayList<>();
    private final List<InboxTopic> inboxes = new ArrayList<>();
    private final List<Ledger> ledgers = new ArrayList<>();
    private final List<Coordinator> coordinators = new ArrayList<>();
    private final Map<String, Coordinator> byName = new HashMap<>();
    private final List<Worker> workers = new ArrayList<>();
    private final boolean[] harmed;
    private Violation violation;
    private int depth;
    private long interruptedUntilUs = Long.MAX_VALUE / 2;
    private long sessions;
    private long longestStandstillMs;
    private long commonOffMs;
    private long mostCommonOffMs;

    World(long seed, boolean traced) {
        this.seed = seed;
        trace = new Trace(traced);
        timeline = new Timeline(trace);
        dice = new Dice(seed);
        setup = Setup.draw(dice, new Dice(seed ^ 0x5bd1e9955bd1e995L));
        faults = new Faults(dice);
        network = new Network(this);
        ensemble = new Ensemble(this, setup.shards());
        beliefs = new Beliefs(this);
        leases = new Leaked(dice);
        harmed = new boolean[setup.shards()];
        for (int shard = 0; shard < setup.shards(); shard++) {
            journals.add(new JournalTopic(this, shard));
            inboxes.add(new InboxTopic());
            ledgers.add(new Ledger(this, shard));
        }
        guarantees = new Guarantees(this);
        for (int i = 0; i < setup.coordinators(); i++) {
            Coordinator coordinator = new Coordinator(this, "c" + i);
            coordinators.add(coordinator);
            byName.put(coordinator.name(), coordinator);
        }
        for (int i = 0; i < setup.workers(); i++) {
            workers.add(new Worker(this, "w" + i, i % 3 == 1 ? List.of("a") : List.of("a", "b")));
        }
        client = new Client(this);
    }

    void begin() {
        coordinators.forEach(SimulatedProcess::start);
        workers.forEach(SimulatedProcess::start);
        client.start();
        if (setup.purges()) {
            new Purger(this, new Dice(seed ^ 0x2545f4914f6cdd1dL)).start();
        }
        for (int i = 0; i < setup.liars(); i++) {
            new Liar(this, "liar" + i).start();
        }
        new Mischief(this);
    }

    /** True time of day, which no process knows. */
    long wallMs() {
        return ProcessClock.EPOCH_MS + timeline.nowUs() / 1_000;
    }

    /** The brokers' time of day. */
    long brokerMs() {
        return wallMs() + commonOffMs;
    }

    /** From now on all clocks of brokers and coordinators are off by this: they follow one source of time. */
    void allClocksOff(long ms) {
        commonOffMs = ms;
        mostCommonOffMs = Math.max(mostCommonOffMs, Math.abs(ms));
    }

    long commonOffMs() {
        return commonOffMs;
    }

    /** By how much all of them were ever off. */
    long mostCommonOffMs() {
        return mostCommonOffMs;
    }

    long nextSession() {
        return ++sessions;
    }

    JournalTopic journal(int shard) {
        return journals.get(shard);
    }

    InboxTopic inbox(int shard) {
        return inboxes.get(shard);
    }

    Ledger ledger(int shard) {
        return ledgers.get(shard);
    }

    List<Ledger> ledgers() {
        return ledgers;
    }

    List<Coordinator> coordinators() {
        return coordinators;
    }

    List<Worker> workers() {
        return workers;
    }

    List<String> coordinatorNames() {
        return coordinators.stream().map(SimulatedProcess::name).toList();
    }

    Coordinator coordinator(String name) {
        return byName.get(name);
    }

    Coordinator anyCoordinator() {
        return dice.of(coordinators);
    }

    Worker anyWorker() {
        return dice.of(workers);
    }

    /** A machine is going to be suspended: nobody there can tell that from a clock that jumps. */
    void standsStill(long us) {
        longestStandstillMs = Math.max(longestStandstillMs, us / 1_000);
    }

    long longestStandstillMs() {
        return longestStandstillMs;
    }

    /** Somebody deleted from the shard's journal what he should not have. */
    void harm(int shard) {
        harmed[shard] = true;
    }

    boolean isHarmed(int shard) {
        return harmed[shard];
    }

    static Hold holdOf(String token) {
        String[] parts = token.split("\\.", 4);
        return new Hold(Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
    }

    boolean canInterrupt() {
        return depth < DEEPEST_INTERRUPTION;
    }

    /**
     * Who is stopped within somebody else's interruption goes on before that one does, or that one would be found in the
     * middle of something when its time has come.
     */
    long leftOfOuterInterruptionUs() {
        return Math.max(1, interruptedUntilUs - timeline.nowUs() - 1);
    }

    /** Others go on while a process is stopped for so long in the middle of something. */
    void interrupted(long us, Runnable others) {
        long outerUs = interruptedUntilUs;
        interruptedUntilUs = timeline.nowUs() + us;
        depth++;
        try {
            others.run();
        } finally {
            depth--;
            interruptedUntilUs = outerUs;
        }
    }

    Violation violation(String guarantee, String what) {
        if (violation == null) {
            violation = new Violation(guarantee, "after " + timeline.nowUs() / 1_000 + " ms, " + what);
        }
        return violation;
    }

    /** What was broken first, or null. */
    Violation violation() {
        return violation;
    }
}
