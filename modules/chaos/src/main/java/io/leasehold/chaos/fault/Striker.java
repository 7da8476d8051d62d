package io.leasehold.chaos.fault;

import io.leasehold.chaos.cluster.ChaosCluster;
import io.leasehold.chaos.cluster.CoordinatorNode;
import io.leasehold.chaos.load.Workers;
import io.leasehold.chaos.net.Proxy;
import java.io.IOException;
import java.time.Duration;

/** Does what a fault says. Different targets may be struck from different threads at once. */
final class Striker {
    private static final Duration OFF = Duration.ofMinutes(10);

    private final ChaosCluster cluster;
    private final Workers workers;
    private final KafkaFaults kafka;
    private final ZooKeeperFaults zooKeeper;

    Striker(ChaosCluster cluster, Workers workers) {
        this.cluster = cluster;
        this.workers = workers;
        this.kafka = new KafkaFaults(cluster.brokers());
        this.zooKeeper = new ZooKeeperFaults(cluster.zooKeepers());
    }

    /** Begins the fault. */
    Healing strike(Fault fault) throws Exception {
        return switch (fault.kind().place) {
            case COORDINATOR -> coordinator(fault, cluster.coordinators().get(fault.target()));
            case WORKERS -> workers(fault);
            case KAFKA -> kafka.strike(fault);
            case ZOOKEEPER -> zooKeeper.strike(fault);
            case TOPICS ->
                new RetentionFault(
                                cluster.brokers().bootstrapServers(),
                                cluster.coordinators().stream()
                                        .map(CoordinatorNode::directUrl)
                                        .toList())
                        .strike();
            case END -> throw new IllegalArgumentException(fault.kind() + ": ends the cluster's life");
        };
    }

    private static Healing coordinator(Fault fault, CoordinatorNode node) throws IOException {
        boolean half = fault.variant() % 2 == 0;
        return switch (fault.kind()) {
            case COORDINATOR_KILL -> {
                node.kill();
                yield started(node);
            }
            case COORDINATOR_TERM -> {
                boolean inOrder = node.stop();
                Healing start = started(node);
                yield () -> {
                    start.heal();
                    return inOrder ? null : "did not end in order within 30 s";
                };
            }
            case COORDINATOR_PAUSE, COORDINATOR_FREEZE -> {
                node.pause();
                yield () -> {
                    node.resume();
                    return null;
                };
            }
            case CLOCK_JUMP -> {
                node.clock().set(half ? OFF : OFF.negated());
                yield () -> {
                    node.clock().set(Duration.ZERO);
                    return half ? "ahead" : "behind";
                };
            }
            case KAFKA_CUT -> network(node::kafka, Proxy.Mode.CUT);
            case KAFKA_STALL -> network(node::kafka, half ? Proxy.Mode.STALL : Proxy.Mode.STALL_ANSWERS);
            case ZOOKEEPER_CUT -> network(node::zooKeeper, Proxy.Mode.CUT);
            case ZOOKEEPER_STALL -> network(node::zooKeeper, half ? Proxy.Mode.STALL : Proxy.Mode.STALL_ANSWERS);
            case WORKERS_CUT -> network(node::http, Proxy.Mode.CUT);
            case WORKERS_STALL -> network(node::http, stall(fault.variant()));
            default -> throw new IllegalArgumentException(fault.kind() + ": not of a coordinator");
        };
    }

    private static Proxy.Mode stall(int variant) {
        return switch (variant % 3) {
            case 0 -> Proxy.Mode.STALL;
            case 1 -> Proxy.Mode.STALL_ANSWERS;
            default -> Proxy.Mode.DELAY;
        };
    }

    private interface Modes {
        void set(Proxy.Mode mode);
    }

    private static Healing network(Modes proxies, Proxy.Mode mode) {
        proxies.set(mode);
        return () -> {
            proxies.set(Proxy.Mode.PASS);
            return mode.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        };
    }

    private static Healing started(CoordinatorNode node) {
        return () -> {
            node.start();
            return null;
        };
    }

    private Healing workers(Fault fault) throws IOException {
        if (fault.kind() == FaultKind.WORKER_KILL) {
            workers.kill(fault.target());
            return () -> {
                workers.start(fault.target());
                return null;
            };
        }
        workers.pause(fault.target());
        return () -> {
            workers.resume(fault.target());
            return null;
        };
    }
}
