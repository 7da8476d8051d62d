package io.leasehold.server.http;

import io.leasehold.api.HintAnswer;
import io.leasehold.api.HintRequest;
import io.leasehold.api.InvalidRequest;
import io.leasehold.api.RequestReader;
import io.leasehold.coordinator.desk.Hint;
import io.leasehold.coordinator.port.ClusterMap.Member;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code POST /v1/hint}: another coordinator has tasks that nobody takes there, so polls that wait here go to it.
 *
 * <p>Coordinators cannot prove who they are. So a hint only names a member of the map, and a poll is sent nowhere but to the
 * address that the map has for it: at worst a stranger's hint has polls forwarded in vain, as many as the desk allows, and one
 * at a time if it comes from an address that is no coordinator's.
 */
final class HintRoute {
    private final Loop loop;
    private final PeerAddresses peers;
    private final Callers callers;

    HintRoute(Loop loop, PeerAddresses peers, Callers callers) {
        this.loop = loop;
        this.peers = peers;
        this.callers = callers;
    }

    void handle(Exchange exchange) throws InvalidRequest {
        HintRequest request = RequestReader.hint(exchange.body());
        Member from = loop.whereabouts().other(request.from());
        InetAddress address = callers.of(exchange.connection()).address();
        int most = address != null && peers.isPeer(address) ? Integer.MAX_VALUE : 1;
        List<String> awaited = new ArrayList<>();
        for (HintRequest.Entry entry : request.queues()) {
            // Who is not in the map yet says it again soon.
            Hint hint = new Hint(entry.queue(), Math.min(entry.ready(), most));
            if (from != null && loop.desk().hinted(from.id(), hint)) {
                awaited.add(entry.queue());
            }
        }
        exchange.answer(200, new HintAnswer(awaited));
    }
}
