package io.leasehold.client;

import io.leasehold.api.ClusterView;
import io.leasehold.api.DeadView;
import io.leasehold.api.PurgeAnswer;
import io.leasehold.api.PurgeRequest;
import io.leasehold.api.QueuesView;
import io.leasehold.api.RedriveAnswer;
import io.leasehold.api.RedriveRequest;
import io.leasehold.api.Routes;
import io.leasehold.client.logic.Chance;
import io.leasehold.client.transport.Transport;
import io.leasehold.client.transport.VertxTransport;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;

/** What an operator asks of the cluster as a whole. Repeated like the calls of {@link TaskClient}. Safe for any thread. */
public final class OperatorClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Calls calls;

    private OperatorClient(Calls calls) {
        this.calls = calls;
    }

    public static OperatorClient create(String url, String... more) {
        return create(new VertxTransport(), TIMEOUT, url, more);
    }

    /** @param transport closed with the client */
    public static OperatorClient create(Transport transport, Duration timeout, String url, String... more) {
        Chance chance = new SecureRandom()::nextDouble;
        return new OperatorClient(new Calls(transport, Urls.checked(url, more), timeout.toMillis(), chance));
    }

    public ClusterView cluster() {
        return Calls.join(calls.call("GET", Routes.CLUSTER, null, ClusterView.class));
    }

    /** All queues, asked for page by page: the view has no next. */
    public QueuesView queues() {
        return QueuesView.ofPages(this::queuesAfter);
    }

    /** @param after the next of an earlier page; null for the first one */
    public QueuesView queuesAfter(String after) {
        return Calls.join(calls.call("GET", Routes.queues(after), null, QueuesView.class));
    }

    /** @param queue of this queue only, or null for all */
    public DeadView dead(String queue, int limit) {
        String query =
                "?limit=" + limit + (queue == null ? "" : "&queue=" + URLEncoder.encode(queue, StandardCharsets.UTF_8));
        return Calls.join(calls.call("GET", Routes.DEAD + query, null, DeadView.class));
    }

    /**
     * Gives dead tasks a new life. Repeating it after an outcome that is not known may find fewer to redrive, for some are
     * not dead any more.
     */
    public RedriveAnswer redrive(RedriveRequest request) {
        return Calls.join(calls.call("POST", Routes.REDRIVE, request, RedriveAnswer.class));
    }

    /**
     * Gives dead tasks up for good: they lose their payload and get no new life. Repeating it after an outcome that is not known
     * may find fewer to purge by id, and by queue another number than expected, for some are purged already.
     */
    public PurgeAnswer purge(PurgeRequest request) {
        return Calls.join(calls.call("POST", Routes.PURGE, request, PurgeAnswer.class));
    }

    @Override
    public void close() {
        calls.close();
    }
}
