package io.leasehold.server.http;

import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.server.forward.Whereabouts;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * From where other coordinators of the cluster forward requests. They speak for many clients, and so may hold more; this is
 * no proof of anything, and nothing but limits may depend on it. Whoever shares an address with one has its limits. Thread-safe.
 */
final class PeerAddresses {
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Whereabouts whereabouts;
    private volatile Set<InetAddress> addresses = Set.of();
    private List<Member> resolved;
    private long resolvedNanos;

    PeerAddresses(Whereabouts whereabouts) {
        this.whereabouts = whereabouts;
    }

    boolean isPeer(InetAddress address) {
        return addresses.contains(address);
    }

    /** Looks the members' names up where they changed, or may have. Blocks. */
    synchronized void refresh() {
        List<Member> members = whereabouts.map().members();
        long now = System.nanoTime();
        if (members == resolved && now - resolvedNanos < KEPT_NANOS) {
            return;
        }
        resolved = members;
        resolvedNanos = now;
        Set<InetAddress> found = new HashSet<>();
        for (Member member : members) {
            if (!member.id().equals(whereabouts.self())) {
                resolve(member, found);
            }
        }
        addresses = found;
    }

    private static void resolve(Member member, Set<InetAddress> found) {
        try {
            String host = URI.create(member.url()).getHost();
            if (host != null) {
                found.addAll(List.of(InetAddress.getAllByName(host)));
            }
        } catch (IllegalArgumentException | UnknownHostException e) {
            // It has a client's limits until its address is known.
        }
    }
}
