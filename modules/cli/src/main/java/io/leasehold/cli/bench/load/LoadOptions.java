package io.leasehold.cli.bench.load;

import io.leasehold.api.Limits;
import io.leasehold.cli.bench.Stage;
import io.leasehold.cli.bench.system.Knobs;
import io.leasehold.cli.bench.system.Work;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What all loads can be told: how much of what, on which cluster. */
public final class LoadOptions {
    private static final int ONE_BY_ONE = 20;

    @Option(
            names = "--payload",
            paramLabel = "BYTES",
            defaultValue = "100",
            description = "Of each task (default: ${DEFAULT-VALUE}).")
    int payload;

    @Option(
            names = "--priorities",
            paramLabel = "N",
            defaultValue = "10",
            description = "0 to N - 1, evenly (default: ${DEFAULT-VALUE}).")
    int priorities;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "Tasks a request, and at once a worker, where the mode leaves it open (default: ${DEFAULT-VALUE}).")
    int batch;

    @Option(
            names = "--producers",
            paramLabel = "N",
            defaultValue = "2",
            description = "Threads that hand tasks in (default: ${DEFAULT-VALUE}).")
    int producers;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "4",
            description = "Requests under way a producer (default: ${DEFAULT-VALUE}).")
    int window;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "How often it is measured, on the same cluster; shown are median, lowest and highest (default: "
                            + "${DEFAULT-VALUE}).")
    int runs;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "200000",
            description =
                    "Tasks that go beforehand through what is measured, in the same way, and are not counted: code is "
                            + "compiled meanwhile. Where tasks go one at a time, a twentieth of it (default: "
                            + "${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--verify",
            description = "Ask the verifier about the journal at the end; exit code 1 if it is refuted.")
    boolean verify;

    @Option(
            names = "--url",
            paramLabel = "URL",
            split = ",",
            description = "Coordinators of a cluster that is there already (default: one is started).")
    List<URI> urls = new ArrayList<>();

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Where that cluster's Kafka is, if it is needed: for --via kafka and --verify.")
    String bootstrapServers;

    @Option(
            names = "--shards",
            paramLabel = "N",
            defaultValue = "4",
            description = "Of the cluster that is started (default: ${DEFAULT-VALUE}).")
    int shards;

    @Option(
            names = "--coordinators",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processes of it (default: ${DEFAULT-VALUE}).")
    int coordinators;

    @Option(
            names = "--brokers",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processes of it; from three on topics have three replicas (default: ${DEFAULT-VALUE}).")
    int brokers;

    @Option(
            names = "--flush-each-batch",
            description = "Its brokers write to the disk itself before they acknowledge (flush.messages=1).")
    boolean flushEachBatch;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "2g",
            description = "Of each of its coordinators, as in -Xmx (default: ${DEFAULT-VALUE}).")
    String heap;

    @Option(
            names = "--broker-heap",
            paramLabel = "MIB",
            defaultValue = "1024",
            description = "Of each of its brokers (default: ${DEFAULT-VALUE}).")
    int brokerHeapMiB;

    @Option(
            names = "--coordinator-jvm",
            paramLabel = "OPTION",
            description =
                    "One more option of its coordinators' JVMs, such as a profiler's; may be given several times.")
    List<String> coordinatorJvm = new ArrayList<>();

    public Work work() {
        return new Work(payload, priorities);
    }

    Knobs knobs() {
        return new Knobs(batch, window);
    }

    public int producers() {
        return producers;
    }

    public int runs() {
        return runs;
    }

    /** Tasks of each phase whose tasks go in batches. */
    public int warmUp() {
        return warmUp;
    }

    /** Tasks of each phase whose tasks go one at a time, which takes longer; 0 only if there is to be no warm-up. */
    public int warmUpOneByOne() {
        return (warmUp + ONE_BY_ONE - 1) / ONE_BY_ONE;
    }

    public int shards() {
        return shards;
    }

    public int brokers() {
        return brokers;
    }

    /** Whether the journal is to be verified in the end. */
    public boolean verifies() {
        return verify;
    }

    public boolean flushesEachBatch() {
        return flushEachBatch;
    }

    public boolean isOwnCluster() {
        return urls.isEmpty();
    }

    public void check(Stage stage) {
        stage.require("--payload", payload, Work.LEAST_BYTES, 1_000_000);
        stage.require("--priorities", priorities, 1, 1_000);
        stage.require("--batch", batch, 1, Limits.MAX_TASKS_PER_SUBMIT);
        stage.require("--producers", producers, 1, 256);
        stage.require("--window", window, 1, 64);
        stage.require("--runs", runs, 1, 1_000);
        stage.require("--warm-up", warmUp, 0, 10_000_000);
        stage.require("--shards", shards, 1, 256);
        stage.require("--coordinators", coordinators, 1, 32);
        stage.require("--brokers", brokers, 1, 9);
        stage.require("--broker-heap", brokerHeapMiB, 64, 65_536);
        if (verify && !isOwnCluster() && bootstrapServers == null) {
            throw stage.wrong("--verify: needs the cluster's Kafka (expected: --bootstrap-servers HOST:PORT as well)");
        }
        if (flushEachBatch && !isOwnCluster()) {
            throw stage.wrong(
                    "--flush-each-batch: cannot be set for a cluster that is there already (expected: no --url)");
        }
    }

    /** For the document. */
    public Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("payload_bytes", payload);
        settings.put("priorities", priorities);
        settings.put("batch", batch);
        settings.put("producers", producers);
        settings.put("window", window);
        if (isOwnCluster()) {
            settings.put("shards", shards);
            settings.put("coordinators", coordinators);
            settings.put("brokers", brokers);
            settings.put("flush_each_batch", flushEachBatch);
            settings.put("coordinator_heap", heap);
            settings.put("broker_heap_mib", brokerHeapMiB);
        } else {
            settings.put("urls", urls.toString());
        }
        return settings;
    }

    public String durability() {
        if (!isOwnCluster()) {
            return "as that cluster's topics are set";
        }
        String copies =
                brokers >= 3 ? "three replicas, two of them in sync at least, acks=all; " : "one replica, acks=all; ";
        return copies
                + (flushEachBatch
                        ? "an fsync for each batch, before it is acknowledged"
                        : "no fsync: survives the death of every process, not of the machine");
    }
}
