package io.leasehold.client.logic;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.api.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A worker among coordinators that hang, refuse, answer late or lose answers, at random; the seed is printed. */
class WorkerFaultsTest {
    private static final int HISTORIES = 150;
    private static final int TASKS = 40;

    @Test
    void noBeliefOutlivesItsPromiseAndEveryTaskEndsOnceFaultsHeal() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < HISTORIES; i++) {
            history(random, "seed " + seed + ", history " + i);
        }
    }

    private static void history(Random random, String name) {
        int concurrency = 1 + random.nextInt(5);
        ScriptedCluster cluster = new ScriptedCluster(1 + random.nextInt(4));
        List<ScriptedNode> nodes = List.copyOf(cluster.nodes.values());
        long leaseMs = 2_000 + random.nextInt(20_000);
        nodes.forEach(node -> node.leaseMs = leaseMs);
        cluster.handlerMs = random.nextInt(6_000);
        cluster.start(new WorkerSettings("w-1", List.of("q"), concurrency, null, true), random.nextLong());
        for (int i = 0; i < TASKS; i++) {
            cluster.submit(nodes.get(random.nextInt(nodes.size())).url, "t" + i);
        }

        for (int step = 0; step < 300; step++) {
            disturb(nodes.get(random.nextInt(nodes.size())), random);
            run(cluster, random.nextInt(300), concurrency, name);
        }
        nodes.forEach(WorkerFaultsTest::heal);
        for (int step = 0; step < 3_000 && cluster.shared.ended.size() < TASKS; step++) {
            run(cluster, 500, concurrency, name);
        }

        assertThat(new HashSet<>(cluster.shared.ended)).as(name).hasSize(TASKS);
        assertThat(cluster.shared.ended).as(name).hasSize(TASKS);
    }

    private static void run(ScriptedCluster cluster, long ms, int concurrency, String name) {
        cluster.runFor(ms);
        cluster.believed.forEach((lease, until) -> {
            Long held = cluster.shared.heldUntil.get(lease);
            if (held != null && !cluster.lost.containsKey(lease)) {
                assertThat(until).as("%s, belief in %s", name, lease).isLessThanOrEqualTo(held);
            }
        });
        assertThat(cluster.mostRunning).as(name).isLessThanOrEqualTo(concurrency);
        assertThat(cluster.shared.reported.values()).as(name).doesNotContain(Outcome.FAILURE);
        cluster.expireLeases();
    }

    private static void disturb(ScriptedNode node, Random random) {
        switch (random.nextInt(8)) {
            case 0 -> node.hung = true;
            case 1 -> node.down = true;
            case 2 -> node.latencyMs = random.nextInt(1_500);
            case 3 -> node.loseGrants.add(true);
            case 4 -> node.failNext.add(new Failure(503, random.nextInt(3) * 1_000L));
            default -> heal(node);
        }
    }

    private static void heal(ScriptedNode node) {
        node.hung = false;
        node.down = false;
        node.latencyMs = 1;
        node.failNext.clear();
        node.loseGrants.clear();
    }
}
