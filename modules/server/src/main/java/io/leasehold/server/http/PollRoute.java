package io.leasehold.server.http;

import io.leasehold.api.InvalidRequest;
import io.leasehold.api.PollRequest;
import io.leasehold.api.ProblemCode;
import io.leasehold.api.RequestReader;
import io.leasehold.coordinator.port.ClusterMap.Member;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code POST /v1/poll}: served from all shards of this process. A coordinator that serves none forwards to one that does,
 * or its workers would wait for ever.
 */
final class PollRoute {
    private static final long LOOK_MS = 250;

    private final Loop loop;
    private final AddressShares shares;
    private final RequestMeters meters;
    private final Callers callers;
    private final Set<ParkedPoll> parked = new HashSet<>();
    private String seenTag;
    private boolean draining;

    PollRoute(Loop loop, EdgeState state, Callers callers) {
        this.loop = loop;
        this.shares = state.polls();
        this.meters = state.meters();
        this.callers = callers;
        loop.vertx().setPeriodic(LOOK_MS, ignored -> lookAtMap());
    }

    /** Workers that wait here would not hear of a change of the map otherwise. */
    private void lookAtMap() {
        String tag = loop.mapTag();
        if (tag != null && !tag.equals(seenTag)) {
            seenTag = tag;
            parked.forEach(ParkedPoll::lookAtMap);
        }
    }

    void handle(Exchange exchange) throws InvalidRequest {
        PollRequest request = RequestReader.poll(exchange.body());
        if (draining) {
            throw new ProblemException(ProblemCode.SHUTTING_DOWN, "poll another coordinator");
        }
        Runnable share = shares.take(callers.of(exchange.connection()).address());
        if (share == null) {
            meters.refused(EdgeRefusal.POLLS);
            throw new ProblemException(
                    ProblemCode.OVERLOADED, "this address: as many polls wait for it as may; nothing was done");
        }
        exchange.whenOver(share);
        Member other = otherFor(exchange, request);
        if (other == null) {
            new ParkedPoll(loop, exchange, request, parked).start();
        } else {
            new RelayedPoll(loop, exchange, request, other).start();
        }
        exchange.dropBody();
    }

    private Member otherFor(Exchange exchange, PollRequest request) {
        boolean stays = exchange.isForwarded()
                || exchange.refusesForward()
                || !loop.whereabouts().here().isEmpty();
        return stays ? null : loop.whereabouts().anyOwner(request.worker());
    }

    /** Answers all who wait, with nothing, and refuses those who come. */
    void drain() {
        draining = true;
        List.copyOf(parked).forEach(ParkedPoll::timeOut);
    }
}
