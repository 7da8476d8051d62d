package io.leasehold.server.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The edge's own figures. Thread-safe. */
final class RequestMeters {
    /** HTTP's own, each a label: whatever else clients write must not become one, for labels are kept. */
    static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

    private static final String OTHER_METHOD = "other";

    private record Key(String route, String method, int status) {}

    /** What a status says, few enough to be there from the start: alerts need a figure that begins at 0. */
    private enum Verdict {
        OK,
        /** The request cannot be answered as it is. */
        INVALID,
        /** Too many wait already (429). */
        OVERLOADED,
        /** Not now, or nobody knows what came of it (503). */
        UNAVAILABLE,
        /** A fault of this coordinator, or of the one that it asked. */
        ERROR;

        static Verdict of(int status) {
            return switch (status) {
                case 429 -> OVERLOADED;
                case 503 -> UNAVAILABLE;
                default -> status >= 500 ? ERROR : status >= 400 ? INVALID : OK;
            };
        }
    }

    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Map<Verdict, Counter> answers = new EnumMap<>(Verdict.class);
    private final Map<EdgeRefusal, Counter> refusals = new EnumMap<>(EdgeRefusal.class);
    private final Counter gone;

    RequestMeters(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("leasehold.http.connections", connections, AtomicInteger::get)
                .description("open connections")
                .register(registry);
        for (Verdict verdict : Verdict.values()) {
            answers.put(
                    verdict,
                    Counter.builder("leasehold.http.answers")
                            .description("answers, by what they say of the request or of this coordinator")
                            .tag("verdict", verdict.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        for (EdgeRefusal why : EdgeRefusal.values()) {
            refusals.put(
                    why,
                    Counter.builder("leasehold.http.refused")
                            .description("requests and connections that the edge refused or ended, by reason")
                            .tag("reason", why.word())
                            .register(registry));
        }
        gone = Counter.builder("leasehold.http.gone")
                .description("requests whose client went away before it was answered")
                .register(registry);
    }

    AtomicInteger connections() {
        return connections;
    }

    /**
     * @param route its template, never what a client wrote
     * @param method as a client wrote it; one that is none of HTTP's is counted as {@value #OTHER_METHOD}
     */
    void answered(String route, HttpMethod method, int status, long nanos) {
        answers.get(Verdict.of(status)).increment();
        String label = METHODS.contains(method.name()) ? method.name() : OTHER_METHOD;
        timers.computeIfAbsent(new Key(route, label, status), this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** @param of what the bytes are of, as a label */
    void watch(String of, ByteBudget budget) {
        Gauge.builder("leasehold.http.held.bytes", budget, ByteBudget::used)
                .description("memory that requests hold at the edge")
                .tag("of", of)
                .register(registry);
        Gauge.builder("leasehold.http.held.bytes.limit", budget, ByteBudget::limit)
                .description("how much memory requests may hold at the edge")
                .tag("of", of)
                .register(registry);
    }

    void refused(EdgeRefusal why) {
        refusals.get(why).increment();
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
