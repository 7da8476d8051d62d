package io.leasehold.cli.bench;

import io.leasehold.api.ClusterView;
import io.leasehold.cli.Failure;
import io.leasehold.cli.local.CoordinatorChild;
import io.leasehold.cli.output.Screen;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** One run, from empty directory to figures. */
final class FailoverBench implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final long AFTERMATH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final OperatingSystemMXBean SYSTEM = ManagementFactory.getOperatingSystemMXBean();
    private static final int WARM_UP_MS = 2_000;

    /** @param stops rounds with SIGTERM */
    record Plan(int kills, int stops, int tasks, int coordinators, int shards, String heap) {}

    private final Plan plan;
    private final Screen screen;
    private final BenchCluster cluster;
    private final List<Probe> grants = new ArrayList<>();
    private final List<Probe> submissions = new ArrayList<>();
    private final List<SubmitQuestion> submitted = new ArrayList<>();
    private final List<Pause> pauses = new ArrayList<>();
    private final List<Double> loads = new ArrayList<>();

    FailoverBench(Path directory, Plan plan, Screen screen) throws IOException {
        this.plan = plan;
        this.screen = screen;
        Map<String, String> settings = Map.of(
                "shards", Integer.toString(plan.shards()),
                "shard.max.tasks", Integer.toString(Math.max(1_000_000, 2 * plan.tasks())));
        this.cluster = new BenchCluster(directory, settings, plan.heap());
    }

    FailoverFigures run() throws IOException, InterruptedException {
        cluster.start(plan.coordinators());
        screen.news(plan.coordinators() + " coordinators, " + plan.shards() + " shards, one broker, one ZooKeeper");
        fill();
        startProbes();
        for (int round = 1; round <= plan.kills(); round++) {
            round(round, plan.kills(), Pause.KILL);
        }
        for (int round = 1; round <= plan.stops(); round++) {
            round(round, plan.stops(), Pause.STOP);
        }
        int refused =
                submitted.stream().mapToInt(SubmitQuestion::refusedForGood).sum();
        return new FailoverFigures(
                plan.tasks(),
                plan.coordinators(),
                plan.shards(),
                List.copyOf(pauses),
                refused,
                SYSTEM.getAvailableProcessors(),
                loads.stream().mapToDouble(Double::doubleValue).average().orElse(-1));
    }

    private void fill() throws InterruptedException {
        QueuedTasks.enqueue(
                cluster.bootstrapServers(),
                plan.tasks(),
                plan.shards(),
                done -> screen.show(List.of(Progress.bar("queued over Kafka", done, plan.tasks()))));
        ClusterView calm = awaitAdmitted();
        screen.news(live(calm) + " tasks are queued and admitted; each shard has an owner and a standby that is ready");
    }

    private ClusterView awaitAdmitted() throws InterruptedException {
        while (true) {
            ClusterView view =
                    cluster.awaitCalm(now -> screen.show(List.of(Progress.bar("admitted", live(now), plan.tasks()))));
            if (live(view) >= plan.tasks()) {
                return view;
            }
        }
    }

    private void startProbes() throws InterruptedException {
        for (int shard = 0; shard < plan.shards(); shard++) {
            SubmitQuestion submit = new SubmitQuestion(shard, plan.shards());
            submitted.add(submit);
            grants.add(new Probe("grants-" + shard, new GrantQuestion(shard), cluster::alive, true).start());
            submissions.add(new Probe("submissions-" + shard, submit, cluster::alive, false).start());
        }
        TimeUnit.MILLISECONDS.sleep(WARM_UP_MS);
    }

    private void round(int round, int rounds, String kind) throws IOException, InterruptedException {
        ClusterView before = cluster.awaitCalm(view -> {});
        CoordinatorChild victim = cluster.busiest(before);
        List<Integer> away = shardsOf(before, victim.id());
        long struckNanos = System.nanoTime();
        forgetBefore(struckNanos - TimeUnit.SECONDS.toNanos(1));
        List<Pause> measured = kind.equals(Pause.KILL) ? kill(round, victim, away) : stop(round, victim, away);
        pauses.addAll(measured);
        List<Pause> moved = comeBack(round, victim);
        pauses.addAll(moved);
        loads.add(SYSTEM.getSystemLoadAverage());
        screen.news(String.format(
                Locale.ROOT,
                "%s %d of %d: %s had shards %s; granted again after %s ms, submissions after %s ms; moves back %s ms",
                kind,
                round,
                rounds,
                victim.id(),
                away,
                measured.stream().map(Pause::grantMs).toList(),
                measured.stream().map(Pause::submitMs).toList(),
                moved.stream().map(Pause::grantMs).toList()));
    }

    private List<Pause> kill(int round, CoordinatorChild victim, List<Integer> away) throws InterruptedException {
        long killedNanos = System.nanoTime();
        victim.jvm().process().destroyForcibly();
        cluster.forget(victim);
        List<Pause> measured = new ArrayList<>();
        for (int shard : away) {
            long deadline = killedNanos + PATIENCE_NANOS;
            long granted = grants.get(shard).firstAfter(killedNanos, victim.id(), deadline);
            // A survivor may still pass on what the victim answered with its last breath: here the longest pause
            // counts.
            long settled = Math.max(granted, killedNanos) + AFTERMATH_NANOS;
            boolean taken = submissions.get(shard).firstAfter(settled, victim.id(), deadline) >= 0;
            measured.add(new Pause(
                    round,
                    Pause.KILL,
                    shard,
                    victim.id(),
                    granted < 0 ? -1 : ms(granted - killedNanos),
                    taken ? ms(submissions.get(shard).longestGapNanos(killedNanos, settled)) : -1));
        }
        return measured;
    }

    private List<Pause> stop(int round, CoordinatorChild victim, List<Integer> away) throws InterruptedException {
        long fromNanos = System.nanoTime();
        victim.jvm().terminate();
        if (!victim.jvm().awaitExit(STOP_PATIENCE)) {
            throw new Failure(victim.id() + " has not stopped within " + STOP_PATIENCE.toSeconds() + " s");
        }
        cluster.forget(victim);
        List<Pause> measured = new ArrayList<>();
        for (int shard : away) {
            measured.add(longest(round, Pause.STOP, shard, victim.id(), fromNanos));
        }
        return measured;
    }

    /** Starts it again; the shards that it then gets are planned moves. */
    private List<Pause> comeBack(int round, CoordinatorChild victim) throws IOException, InterruptedException {
        ClusterView without = cluster.view();
        long fromNanos = System.nanoTime();
        cluster.join(cluster.restart(victim));
        ClusterView with = cluster.awaitCalm(view -> {});
        List<Pause> moved = new ArrayList<>();
        for (int shard = 0; shard < plan.shards(); shard++) {
            String from = without.shards().get(shard).owner();
            if (!Objects.equals(from, with.shards().get(shard).owner())) {
                moved.add(longest(round, Pause.MOVE, shard, from, fromNanos));
            }
        }
        return moved;
    }

    private Pause longest(int round, String kind, int shard, String from, long fromNanos) throws InterruptedException {
        long now = System.nanoTime();
        long deadline = now + PATIENCE_NANOS;
        boolean isBack = grants.get(shard).firstAfter(now, "", deadline) >= 0
                && submissions.get(shard).firstAfter(now, "", deadline) >= 0;
        return new Pause(
                round,
                kind,
                shard,
                from,
                isBack ? ms(grants.get(shard).longestGapNanos(fromNanos, now)) : -1,
                isBack ? ms(submissions.get(shard).longestGapNanos(fromNanos, now)) : -1);
    }

    private void forgetBefore(long nanos) {
        grants.forEach(probe -> probe.forgetBefore(nanos));
        submissions.forEach(probe -> probe.forgetBefore(nanos));
    }

    private static long ms(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private static List<Integer> shardsOf(ClusterView view, String id) {
        return view.shards().stream()
                .filter(shard -> id.equals(shard.owner()))
                .map(ClusterView.ShardView::shard)
                .toList();
    }

    private static long live(ClusterView view) {
        return view.shards().stream()
                .mapToLong(shard -> shard.live() == null ? 0 : shard.live())
                .sum();
    }

    @Override
    public void close() {
        grants.forEach(Probe::close);
        submissions.forEach(Probe::close);
        cluster.close();
    }
}
