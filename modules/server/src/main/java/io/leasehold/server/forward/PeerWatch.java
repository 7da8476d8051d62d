package io.leasehold.server.forward;

import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.Peers;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Watches other coordinators over one idle TCP connection to each, on a thread each. Thread-safe. */
public final class PeerWatch implements Peers {
    /** One life of one process; that it leaves makes no other of it. */
    private record Life(String id, String url, long startedMs) {
        static Life of(Member member) {
            return new Life(member.id(), member.url(), member.startedMs());
        }
    }

    private final Map<Life, PeerLink> links = new ConcurrentHashMap<>();
    private boolean closed;

    @Override
    public synchronized void watch(Collection<Member> others, Runnable news) {
        if (closed) {
            return;
        }
        Set<Life> lives = others.stream().map(Life::of).collect(Collectors.toSet());
        links.entrySet().removeIf(link -> {
            boolean unwanted = !lives.contains(link.getKey());
            if (unwanted) {
                link.getValue().stop();
            }
            return unwanted;
        });
        for (Life life : lives) {
            links.computeIfAbsent(life, one -> {
                PeerLink link = new PeerLink(one.id(), one.url(), news);
                link.start();
                return link;
            });
        }
    }

    @Override
    public boolean isGone(Member member) {
        PeerLink link = links.get(Life.of(member));
        return link != null && link.isGone();
    }

    @Override
    public synchronized void close() {
        closed = true;
        links.values().forEach(PeerLink::stop);
        links.clear();
    }
}
