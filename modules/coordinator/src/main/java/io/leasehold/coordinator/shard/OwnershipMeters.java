package io.leasehold.coordinator.shard;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * How often this process took shards over and lost them. Without a shard's number, and kept when a copy goes: a figure that
 * came and went with its copy would say nothing of what it counts. All copies of a process count into the same meters.
 */
final class OwnershipMeters {
    /** How a shard came to its new owner. */
    enum How {
        /** Nobody had ever owned it. */
        FIRST,
        /** Its last owner had given it up in good order. */
        HANDOVER,
        /** Its last owner had not. */
        FAILOVER
    }

    private final Map<How, Counter> takeovers = new EnumMap<>(How.class);
    private final Counter losses;
    private final Counter failedAppends;
    private final Counter recordsLost;

    OwnershipMeters(MeterRegistry registry) {
        for (How how : How.values()) {
            takeovers.put(
                    how,
                    Counter.builder("leasehold.shard.takeovers")
                            .description("shards that came to this process, by how")
                            .tag("how", how.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        losses = Counter.builder("leasehold.shard.losses")
                .description("shards that this process served and lost without giving them up in good order")
                .register(registry);
        failedAppends = Counter.builder("leasehold.journal.append.failures")
                .description(
                        "appends to a journal that failed or were not acknowledged in time; each costs an owner its shard")
                .register(registry);
        recordsLost = Counter.builder("leasehold.journal.truncations")
                .description("times that this process found a journal to lack records that were acknowledged")
                .register(registry);
    }

    void tookOver(How how) {
        takeovers.get(how).increment();
    }

    void lost() {
        losses.increment();
    }

    void recordsLost() {
        recordsLost.increment();
    }

    void appendFailed() {
        failedAppends.increment();
    }
}
