package io.leasehold.chaos.fault;

import io.leasehold.chaos.cluster.Brokers;
import io.leasehold.embedded.ForkedBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartitionInfo;

/** Faults of brokers, one at a time. */
final class KafkaFaults {
    private static final long ADMIN_SECONDS = 10;

    private final Brokers brokers;

    KafkaFaults(Brokers brokers) {
        this.brokers = brokers;
    }

    Healing strike(Fault fault) throws Exception {
        return switch (fault.kind()) {
            case BROKER_KILL -> {
                int victim = leader(fault);
                brokers.broker(victim).kill();
                yield started("broker " + (victim + 1));
            }
            case BROKER_PAUSE -> {
                ForkedBroker paused = brokers.broker(leader(fault));
                paused.pause();
                yield () -> {
                    paused.resume();
                    return null;
                };
            }
            case BROKERS_RESTART -> all(fault.variant() % 2 == 0);
            case DISK_FULL -> full(fault.target());
            default -> throw new IllegalArgumentException(fault.kind() + ": not of a broker");
        };
    }

    /** Who leads one of the journal's partitions now; the planned broker if nobody can be asked. */
    private int leader(Fault fault) {
        if (brokers.count() == 1) {
            return 0;
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers.bootstrapServers()))) {
            TopicPartitionInfo partition = admin.describeTopics(java.util.List.of(Journal.TOPIC))
                    .allTopicNames()
                    .get(ADMIN_SECONDS, TimeUnit.SECONDS)
                    .get(Journal.TOPIC)
                    .partitions()
                    .get(fault.target());
            return partition.leader() == null
                    ? fault.target()
                    : partition.leader().id() - 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fault.target();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            return fault.target();
        }
    }

    private Healing all(boolean inOrder) throws InterruptedException {
        Thread[] stops = new Thread[brokers.count()];
        for (int i = 0; i < stops.length; i++) {
            ForkedBroker broker = brokers.broker(i);
            stops[i] = new Thread(inOrder ? broker::stop : broker::kill);
            stops[i].start();
        }
        for (Thread stop : stops) {
            stop.join();
        }
        return started(inOrder ? "SIGTERM" : "kill -9");
    }

    /** A broker whose only disk is full ends by itself, or stays and refuses; either way it is started on a disk with room. */
    private Healing full(int target) throws IOException {
        ForkedBroker broker = brokers.broker(target);
        brokers.disk(target).fill();
        return () -> {
            boolean ended = !broker.isAlive();
            if (!ended) {
                broker.kill();
            }
            brokers.disk(target).free();
            brokers.startAll();
            return ended ? "the broker ended by itself" : "the broker went on";
        };
    }

    private Healing started(String note) {
        return () -> {
            long from = System.nanoTime();
            brokers.startAll();
            return note + ", started in "
                    + Duration.ofNanos(System.nanoTime() - from).toMillis() + " ms";
        };
    }
}
