package io.leasehold.chaos.fault;

import java.util.Locale;

/** What can be done to a cluster. */
public enum FaultKind {
    COORDINATOR_KILL(6, 0, 3_000, Place.COORDINATOR, "kill -9 of a coordinator, started again"),
    COORDINATOR_TERM(5, 0, 2_000, Place.COORDINATOR, "SIGTERM to a coordinator, started again"),
    COORDINATOR_PAUSE(4, 300, 4_000, Place.COORDINATOR, "SIGSTOP of a coordinator, shorter than its session"),
    COORDINATOR_FREEZE(3, 7_500, 12_000, Place.COORDINATOR, "SIGSTOP of a coordinator, longer than its session"),
    CLOCK_JUMP(2, 2_000, 8_000, Place.COORDINATOR, "a coordinator's clock 10 minutes off (libfaketime)"),
    KAFKA_CUT(3, 500, 6_000, Place.COORDINATOR, "connections of a coordinator to Kafka cut"),
    KAFKA_STALL(3, 500, 12_000, Place.COORDINATOR, "connections of a coordinator to Kafka half-open"),
    ZOOKEEPER_CUT(2, 500, 9_000, Place.COORDINATOR, "connections of a coordinator to ZooKeeper cut"),
    ZOOKEEPER_STALL(2, 500, 9_000, Place.COORDINATOR, "connections of a coordinator to ZooKeeper half-open"),
    WORKERS_CUT(3, 500, 6_000, Place.COORDINATOR, "connections of workers, clients and others to a coordinator cut"),
    WORKERS_STALL(3, 500, 8_000, Place.COORDINATOR, "the same half-open, or answers alone held back, or slow"),
    WORKER_KILL(5, 0, 500, Place.WORKERS, "kill -9 of a process with workers, started again"),
    WORKER_FREEZE(3, 1_000, 9_000, Place.WORKERS, "SIGSTOP of a process with workers, also longer than their leases"),
    BROKER_KILL(4, 0, 3_000, Place.KAFKA, "kill -9 of a broker (a leader of a journal), started again"),
    BROKER_PAUSE(2, 500, 5_000, Place.KAFKA, "SIGSTOP of a broker"),
    BROKERS_RESTART(1, 0, 1_000, Place.KAFKA, "all brokers down at once, by SIGTERM or kill -9, started again"),
    DISK_FULL(1, 2_000, 5_000, Place.KAFKA, "the disk of a broker full (needs root)"),
    ZOOKEEPER_DOWN(2, 1_000, 20_000, Place.ZOOKEEPER, "ZooKeeper down; one time in six for a minute and a half"),
    ZOOKEEPER_WIPED(1, 0, 3_000, Place.ZOOKEEPER, "ZooKeeper down, and all that it has stored removed"),
    RETENTION_SET(1, 4_000, 6_000, Place.TOPICS, "retention set on the journal: must raise an alarm; set back"),
    RECORDS_DELETED(0, 0, 0, Place.END, "records of the journal deleted from outside: loud stop, or nothing lost"),
    TOPIC_RECREATED(0, 0, 0, Place.END, "the journal deleted and made anew: loud stop");

    /** What a fault is done to: two faults at the same thing at once would be one. */
    enum Place {
        COORDINATOR,
        WORKERS,
        KAFKA,
        ZOOKEEPER,
        TOPICS,
        /** It ends the cluster's life, and so comes last. */
        END
    }

    final int weight;
    final int leastMs;
    final int mostMs;
    final Place place;
    private final String what;

    FaultKind(int weight, int leastMs, int mostMs, Place place, String what) {
        this.weight = weight;
        this.leastMs = leastMs;
        this.mostMs = mostMs;
        this.place = place;
        this.what = what;
    }

    /** As written: {@code coordinator-kill}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String what() {
        return what;
    }

    /** Whether the cluster may be expected to serve no more after it. */
    public boolean isLast() {
        return place == Place.END;
    }

    public static FaultKind of(String word) {
        for (FaultKind kind : values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("fault: " + word + " (expected: one of those that --help lists)");
    }
}
