package io.leasehold.client;

import io.leasehold.api.Limits;
import io.leasehold.api.Names;
import io.leasehold.api.PayloadCodec;
import io.leasehold.client.logic.WorkerSettings;
import io.leasehold.client.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Builds a {@link LeaseholdWorker}. Every value is checked when it is given. Not thread-safe. */
public final class WorkerBuilder {
    private static final Duration LONGEST_GRACE = Duration.ofHours(1);

    final List<String> urls;
    String id = WorkerNames.generated();
    Duration grace = Duration.ofSeconds(20);
    boolean stopOnSigterm = true;
    CoordinatorSource source;
    Transport transport;
    private final Set<String> queues = new LinkedHashSet<>();
    private final Map<String, Handlers.Typed<?>> byType = new TreeMap<>();
    private RawTaskHandler any;
    private PayloadCodec codec = PayloadCodec.jackson();
    private int concurrency = 1;
    private Long leaseMs;

    WorkerBuilder(String url, String... more) {
        urls = Urls.checked(url, more);
    }

    /** The worker's name, which decides its home and shows in lists; the host's name and a random part unless set. */
    public WorkerBuilder id(String id) {
        this.id = checkedName("id", id);
        return this;
    }

    /** Takes tasks of this queue; may be called several times. {@code default} if never called. */
    public WorkerBuilder queue(String queue) {
        queues.add(checkedName("queue", queue));
        return this;
    }

    public WorkerBuilder queues(String... queues) {
        List.of(queues).forEach(this::queue);
        return this;
    }

    /** How many tasks run at once, each on its own thread; 1 unless set. */
    public WorkerBuilder concurrency(int concurrency) {
        if (concurrency < 1 || concurrency > Limits.MAX_LEASES_PER_REQUEST) {
            throw new IllegalArgumentException(
                    "concurrency: " + concurrency + " (expected: from 1 to " + Limits.MAX_LEASES_PER_REQUEST + ")");
        }
        this.concurrency = concurrency;
        return this;
    }

    /** How long a lease holds without a heartbeat, instead of what each task asks for. */
    public WorkerBuilder lease(Duration lease) {
        long ms = lease.toMillis();
        if (ms < Limits.MIN_LEASE_MS || ms > Limits.MAX_LEASE_MS) {
            throw new IllegalArgumentException("lease: " + lease + " (expected: from " + Limits.MIN_LEASE_MS + " to "
                    + Limits.MAX_LEASE_MS + " ms)");
        }
        this.leaseMs = ms;
        return this;
    }

    /** Runs this handler on tasks of this type. */
    public <I> WorkerBuilder on(String type, Class<I> payload, TaskHandler<I> handler) {
        byType.put(checkedName("type", type), new Handlers.Typed<>(payload, handler));
        return this;
    }

    /** Runs this handler on tasks of all other types, and on those without a type. */
    public WorkerBuilder onAny(RawTaskHandler handler) {
        this.any = handler;
        return this;
    }

    /** How payloads and results are read and written; Jackson unless set. */
    public WorkerBuilder codec(PayloadCodec codec) {
        this.codec = codec;
        return this;
    }

    /** How long tasks that run may take to finish when the worker stops; 20 s unless set. */
    public WorkerBuilder grace(Duration grace) {
        if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
            throw new IllegalArgumentException("grace: " + grace + " (expected: from 0 to " + LONGEST_GRACE + ")");
        }
        this.grace = grace;
        return this;
    }

    /** Whether the worker stops in good order when the process is asked to end; true unless set. */
    public WorkerBuilder stopOnSigterm(boolean stop) {
        this.stopOnSigterm = stop;
        return this;
    }

    /** Learns the coordinators from here instead of from any of them; closed with the worker. */
    public WorkerBuilder coordinators(CoordinatorSource source) {
        this.source = source;
        return this;
    }

    /** Sends requests by this; closed with the worker. */
    public WorkerBuilder transport(Transport transport) {
        this.transport = transport;
        return this;
    }

    /** @throws IllegalArgumentException if there is no handler */
    public LeaseholdWorker build() {
        if (byType.isEmpty() && any == null) {
            throw new IllegalArgumentException("handlers: none (expected: at least one, by on or onAny)");
        }
        if (queues.size() > Limits.MAX_QUEUES_PER_POLL) {
            throw new IllegalArgumentException(
                    "queues: " + queues.size() + " (expected: at most " + Limits.MAX_QUEUES_PER_POLL + ")");
        }
        return new LeaseholdWorker(this);
    }

    WorkerSettings settings() {
        List<String> names = queues.isEmpty() ? List.of(Limits.DEFAULT_QUEUE) : new ArrayList<>(queues);
        return new WorkerSettings(id, names, concurrency, leaseMs, source == null);
    }

    Handlers handlers() {
        return new Handlers(byType, any, codec);
    }

    private static String checkedName(String field, String name) {
        if (name == null || !Names.isValid(name)) {
            throw new IllegalArgumentException(
                    field + ": " + name + " (expected: 1 to " + Limits.MAX_NAME_BYTES + " bytes of printable UTF-8)");
        }
        return name;
    }
}
