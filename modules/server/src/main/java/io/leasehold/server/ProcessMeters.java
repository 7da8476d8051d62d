package io.leasehold.server;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.desk.ShardStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The registry of a process, with the figures that belong to no shard and no request. */
final class ProcessMeters implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();

    ProcessMeters() {
        garbage.bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new JvmInfoMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    void watch(FrontDesk desk) {
        Gauge.builder("leasehold.polls.parked", desk, one -> one.lines().waiting())
                .description("polls that wait for work")
                .register(registry);
        for (ShardStatus status : ShardStatus.values()) {
            Gauge.builder("leasehold.shards", desk, one -> count(one, status))
                    .description("this process's copies of shards")
                    .tag("status", status.word())
                    .register(registry);
        }
    }

    private static long count(FrontDesk desk, ShardStatus status) {
        return desk.shards().stream().filter(shard -> shard.status() == status).count();
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
