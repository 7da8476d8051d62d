package io.leasehold.server;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.port.ClusterMap;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The registry of a process, with the figures that belong to no shard and no request. */
final class ProcessMeters implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final JvmHeapPressureMetrics pressure = new JvmHeapPressureMetrics();

    ProcessMeters() {
        garbage.bindTo(registry);
        pressure.bindTo(registry);
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

    /** @param mostParked how many polls may wait at one time */
    void watch(FrontDesk desk, int mostParked) {
        gauge(
                "leasehold.polls.parked",
                "polls that wait for work",
                desk,
                one -> one.lines().waiting());
        gauge("leasehold.polls.parked.limit", "how many polls may wait at one time", desk, one -> mostParked);
        for (ShardStatus status : ShardStatus.values()) {
            Gauge.builder("leasehold.shards", desk, one -> count(one, status))
                    .description("this process's copies of shards")
                    .tag("status", status.word())
                    .register(registry);
        }
    }

    /** @param map the cluster as this process sees it */
    void watch(Supplier<ClusterMap> map) {
        gauge(
                "leasehold.zookeeper.connected",
                "1 while ZooKeeper can be reached",
                map,
                now -> now.get().connected() ? 1 : 0);
        gauge(
                "leasehold.cluster.shards",
                "shards of the cluster; 0 before ZooKeeper was reached",
                map,
                now -> now.get().shards().size());
        gauge(
                "leasehold.cluster.coordinators",
                "live coordinators as seen from here",
                map,
                now -> now.get().members().size());
    }

    private <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private static long count(FrontDesk desk, ShardStatus status) {
        return desk.shards().stream().filter(shard -> shard.status() == status).count();
    }

    @Override
    public void close() {
        pressure.close();
        garbage.close();
        registry.close();
    }
}
