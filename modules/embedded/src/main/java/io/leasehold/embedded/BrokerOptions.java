package io.leasehold.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a {@link ForkedBroker} runs.
 *
 * @param directory holds its data, its log and what it chose the first time
 * @param port where clients reach it; 0 takes a free one the first time and keeps it
 * @param controllerPort where the quorum's other members reach it; 0 as above
 * @param nodeId its id in the cluster
 * @param voters the quorum as {@code id@host:port,...}, the same for all its brokers; empty for a cluster of one
 * @param clusterId the cluster's id, the same for all its brokers (22 characters of URL-safe Base64); empty makes one up
 * @param heapMiB the most heap that its JVM may use
 * @param jvmOptions further options of its JVM
 * @param settings broker settings that go over the ones chosen here
 * @param classPath where its classes are found
 * @param startTimeout how long it may take until it answers
 */
public record BrokerOptions(
        Path directory,
        int port,
        int controllerPort,
        int nodeId,
        String voters,
        String clusterId,
        int heapMiB,
        List<String> jvmOptions,
        Map<String, String> settings,
        String classPath,
        Duration startTimeout) {

    /** Compiles less and so starts sooner; for tests, not for what is measured. */
    public static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1");

    private static final int HEAP_MIB = 256;
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    public BrokerOptions {
        jvmOptions = List.copyOf(jvmOptions);
        settings = Map.copyOf(settings);
        require(heapMiB >= 64, "heapMiB", heapMiB, "64 or more");
        require(nodeId >= 0, "nodeId", nodeId, "0 or more");
        require(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
        require(controllerPort >= 0 && controllerPort <= 65_535, "controllerPort", controllerPort, "0 to 65535");
        require(voters.isEmpty() || !clusterId.isEmpty(), "clusterId", "''", "given together with voters");
        require(voters.isEmpty() || controllerPort != 0, "controllerPort", controllerPort, "the one among the voters");
    }

    /** A cluster of one broker that keeps its data in the directory. */
    public static BrokerOptions in(Path directory) {
        return new BrokerOptions(
                directory,
                0,
                0,
                1,
                "",
                "",
                HEAP_MIB,
                List.of(),
                Map.of(),
                System.getProperty("java.class.path"),
                START_TIMEOUT);
    }

    public BrokerOptions withPort(int port) {
        return new BrokerOptions(
                directory,
                port,
                controllerPort,
                nodeId,
                voters,
                clusterId,
                heapMiB,
                jvmOptions,
                settings,
                classPath,
                startTimeout);
    }

    /** One broker of a cluster of several. */
    public BrokerOptions asMember(int nodeId, int controllerPort, String voters, String clusterId) {
        return new BrokerOptions(
                directory,
                port,
                controllerPort,
                nodeId,
                voters,
                clusterId,
                heapMiB,
                jvmOptions,
                settings,
                classPath,
                startTimeout);
    }

    public BrokerOptions withHeapMiB(int heapMiB) {
        return new BrokerOptions(
                directory,
                port,
                controllerPort,
                nodeId,
                voters,
                clusterId,
                heapMiB,
                jvmOptions,
                settings,
                classPath,
                startTimeout);
    }

    public BrokerOptions withJvmOptions(List<String> jvmOptions) {
        return new BrokerOptions(
                directory,
                port,
                controllerPort,
                nodeId,
                voters,
                clusterId,
                heapMiB,
                jvmOptions,
                settings,
                classPath,
                startTimeout);
    }

    public BrokerOptions withSettings(Map<String, String> settings) {
        return new BrokerOptions(
                directory,
                port,
                controllerPort,
                nodeId,
                voters,
                clusterId,
                heapMiB,
                jvmOptions,
                settings,
                classPath,
                startTimeout);
    }

    public BrokerOptions withStartTimeout(Duration startTimeout) {
        return new BrokerOptions(
                directory,
                port,
                controllerPort,
                nodeId,
                voters,
                clusterId,
                heapMiB,
                jvmOptions,
                settings,
                classPath,
                startTimeout);
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
