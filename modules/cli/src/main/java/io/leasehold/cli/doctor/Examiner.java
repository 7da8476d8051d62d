package io.leasehold.cli.doctor;

import io.leasehold.api.ClusterView;
import io.leasehold.cluster.ClusterExamination;
import io.leasehold.cluster.ClusterException;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.LogIdentity;
import io.leasehold.log.KafkaUnreachable;
import io.leasehold.log.LogExamination;
import io.leasehold.log.LogExamination.InboxSample;
import io.leasehold.log.LogOptions;
import io.leasehold.server.Surroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Asks ZooKeeper, Kafka and the coordinators, in that order, and tells each finding as it is made. */
final class Examiner {
    private static final int SAMPLE = 500;
    private static final double SLOW_MS = 100;

    private final Surroundings surroundings;
    private final boolean replicationSet;
    private final String url;
    private final Duration patience;
    private final Consumer<Finding> findings;
    private LogIdentity pin;
    private ClusterMap map;
    private InboxSample sample;

    /**
     * @param replicationSet whether somebody said how many replicas there should be
     * @param url a coordinator to ask if ZooKeeper does not tell where they are
     */
    Examiner(
            Surroundings surroundings,
            boolean replicationSet,
            String url,
            Duration patience,
            Consumer<Finding> findings) {
        this.surroundings = surroundings;
        this.replicationSet = replicationSet;
        this.url = url;
        this.patience = patience;
        this.findings = findings;
    }

    void run() {
        zooKeeper();
        kafka();
        coordinators();
    }

    private void zooKeeper() {
        String connect =
                surroundings.cluster().connect() + surroundings.cluster().root();
        try (ClusterExamination zooKeeper = ClusterExamination.open(surroundings.cluster(), patience)) {
            pin = zooKeeper.pin().orElse(null);
            double latency = zooKeeper.latencyMs();
            String found = String.format(
                    Locale.ROOT, "%s answers in %.1f ms, session %d ms", connect, latency, zooKeeper.sessionMs());
            findings.accept(
                    latency <= SLOW_MS
                            ? Finding.ok("zookeeper", found)
                            : Finding.note(
                                    "zookeeper", found, "it should answer in a few ms: look at its disk and load"));
            findings.accept(
                    pin != null
                            ? Finding.ok("pinned cluster", pin.shards() + " shards on Kafka cluster " + pin.clusterId())
                            : Finding.wrong(
                                    "pinned cluster",
                                    "nothing is pinned under "
                                            + surroundings.cluster().root(),
                                    "start a coordinator, which makes the cluster; or correct zookeeper.root"));
            map = zooKeeper.map(pin == null ? 0 : pin.shards());
        } catch (ClusterException e) {
            findings.accept(
                    Finding.wrong(
                            "zookeeper",
                            e.getMessage(),
                            "start it, or correct zookeeper.connect (--zookeeper); owned shards go on meanwhile, but nothing moves"));
            findings.accept(Finding.skipped("pinned cluster", "ZooKeeper is not reached"));
        }
    }

    private void kafka() {
        LogOptions options = surroundings.log();
        try (LogExamination kafka = LogExamination.open(options)) {
            LogExamination.Brokers brokers = kafka.brokers();
            findings.accept(KafkaVerdicts.brokers(brokers));
            check("transactions", () -> KafkaVerdicts.transactions(kafka.transactionTimeoutsMs()));
            boolean single = brokers.addresses().size() == 1 && !replicationSet;
            topics(options.withTopics(
                    pin == null ? options.shards() : pin.shards(), single ? 1 : options.replicationFactor()));
        } catch (KafkaUnreachable e) {
            findings.accept(Finding.wrong(
                    "brokers",
                    e.getMessage(),
                    "start Kafka, or correct bootstrap.servers (--bootstrap-servers) and the admin. settings"));
            for (String check : List.of("transactions", "topics", "rejected", "replicas", "journal access")) {
                findings.accept(Finding.skipped(check, "Kafka is not reached"));
            }
        }
    }

    private void topics(LogOptions options) {
        String prefix = options.topicPrefix();
        try (LogExamination kafka = LogExamination.open(options)) {
            check("topics", () -> KafkaVerdicts.topics(kafka.topicProblems(pin), prefix, options.shards()));
            check("rejected", () -> KafkaVerdicts.rejected(kafka.topicAdvice(), prefix));
            check("replicas", () -> KafkaVerdicts.copies(kafka.shortPartitions()));
            check("journal access", () -> KafkaVerdicts.journalWriters(kafka.journalWriters(), prefix + ".journal"));
            try {
                sample = kafka.inbox(SAMPLE);
            } catch (RuntimeException e) {
                findings.accept(Finding.note("inbox", message(e), "it is read to see where producers write"));
            }
        }
    }

    private void check(String name, Supplier<Finding> check) {
        try {
            findings.accept(check.get());
        } catch (RuntimeException e) {
            findings.accept(
                    Finding.wrong(name, message(e), "see whether these credentials may ask that (admin. settings)"));
        }
    }

    private void coordinators() {
        Map<String, String> addresses = new TreeMap<>();
        if (map != null) {
            map.members().forEach(member -> addresses.put(member.id(), member.url()));
        } else {
            Probe first = Probe.of("at " + url, url, patience);
            if (first.reached()) {
                first.view().coordinators().forEach(each -> addresses.put(each.id(), each.url()));
            } else {
                findings.accept(CoordinatorVerdicts.reached(first));
            }
        }
        if (map != null || !addresses.isEmpty()) {
            findings.accept(CoordinatorVerdicts.registered(addresses));
        }
        List<Probe> reached = new ArrayList<>();
        addresses.forEach((id, address) -> {
            Probe probe = Probe.of(id, address, patience);
            findings.accept(CoordinatorVerdicts.reached(probe));
            if (probe.reached()) {
                reached.add(probe);
            }
        });
        partitioner(reached);
        if (reached.isEmpty()) {
            for (String check : List.of("releases", "shards", "standbys", "inbox lag", "clocks", "memory")) {
                findings.accept(Finding.skipped(check, "no coordinator is reached"));
            }
            return;
        }
        findings.accept(CoordinatorVerdicts.releases(newest(reached)));
        CoordinatorVerdicts.shards(reached.get(0).view()).forEach(findings);
        findings.accept(CoordinatorVerdicts.clocks(clocks(reached)));
        Map<String, long[]> heaps = new LinkedHashMap<>();
        reached.forEach(probe -> heaps.put(probe.id(), probe.figures().heap()));
        findings.accept(CoordinatorVerdicts.memory(heaps));
    }

    /** One of an older release does not tell what the others read. */
    private static ClusterView newest(List<Probe> reached) {
        return reached.stream()
                .map(Probe::view)
                .filter(view -> view.coordinators().stream().anyMatch(each -> each.foldVersion() != null))
                .findFirst()
                .orElse(reached.get(0).view());
    }

    private void partitioner(List<Probe> reached) {
        if (sample == null && reached.isEmpty()) {
            findings.accept(Finding.skipped("partitioner", "neither the inbox nor a coordinator is reached"));
            return;
        }
        findings.accept(KafkaVerdicts.partitioner(
                sample == null ? new InboxSample(0, 0) : sample,
                (long) sum(reached, "leasehold_tasks_accepted_total"),
                (long) sum(reached, "leasehold_inbox_resent_total")));
    }

    private static double sum(List<Probe> reached, String name) {
        return reached.stream().mapToDouble(probe -> probe.figures().sum(name)).sum();
    }

    /** The brokers' clock is known through the coordinators, which compare theirs with it at each append. */
    private static Map<String, long[]> clocks(List<Probe> reached) {
        Map<String, long[]> clocks = new LinkedHashMap<>();
        for (Probe probe : reached) {
            clocks.put(probe.id(), new long[] {probe.aheadMs(), probe.roundTripMs() / 2 + 1});
            Map<String, Double> skews = probe.figures().maxBy("leasehold_clock_skew_seconds", "shard");
            double skew =
                    skews.values().stream().mapToDouble(each -> each).max().orElse(0);
            double opposite =
                    skews.values().stream().mapToDouble(each -> each).min().orElse(0);
            double furthest = Math.abs(opposite) > Math.abs(skew) ? opposite : skew;
            if (!skews.isEmpty()) {
                clocks.put(
                        "brokers by " + probe.id(),
                        new long[] {probe.aheadMs() - Math.round(furthest * 1_000), probe.roundTripMs() / 2 + 1});
            }
        }
        clocks.put("this machine", new long[] {0, 0});
        return clocks;
    }

    private static String message(RuntimeException e) {
        return e instanceof KafkaUnreachable ? e.getMessage() : e.toString();
    }
}
