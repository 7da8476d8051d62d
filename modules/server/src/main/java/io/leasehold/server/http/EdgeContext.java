package io.leasehold.server.http;

import io.leasehold.coordinator.desk.FrontDesk;
import io.leasehold.coordinator.lease.LeaseTokens;
import io.leasehold.server.forward.ForwardOptions;
import io.leasehold.server.forward.Whereabouts;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the edge needs of the process around it; the same for all event loops, so everything in it is thread-safe.
 *
 * @param tokens makes a reader of lease tokens, one for each event loop
 * @param maxTaskBytes how large one task may be
 * @param readiness what keeps this coordinator from being ready
 * @param operations what operators may ask of the cluster
 * @param problems what is wrong with the topics, empty if nothing is
 */
public record EdgeContext(
        FrontDesk desk,
        Whereabouts whereabouts,
        Supplier<LeaseTokens> tokens,
        int maxTaskBytes,
        ForwardOptions forwarding,
        Readiness readiness,
        Supplier<List<String>> problems,
        Operations operations,
        PrometheusMeterRegistry metrics) {}
