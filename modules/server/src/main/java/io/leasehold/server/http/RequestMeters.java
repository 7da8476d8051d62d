package io.leasehold.server.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The edge's own figures. Thread-safe. */
final class RequestMeters {
    private record Key(String route, String method, int status) {}

    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Counter gone;

    RequestMeters(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("leasehold.http.connections", connections);
        gone = Counter.builder("leasehold.http.gone")
                .description("requests whose client went away before it was answered")
                .register(registry);
    }

    AtomicInteger connections() {
        return connections;
    }

    /** @param route its template, never what a client wrote */
    void answered(String route, String method, int status, long nanos) {
        timers.computeIfAbsent(new Key(route, method, status), this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    void gone() {
        gone.increment();
    }

    private Timer timer(Key key) {
        return Timer.builder("leasehold.http.requests")
                .description("from a request's first byte to its answer")
                .tag("route", key.route())
                .tag("method", key.method())
                .tag("status", Integer.toString(key.status()))
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30))
                .register(registry);
    }
}
