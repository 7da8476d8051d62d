package io.leasehold.server.forward;

import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.Peers;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches other coordinators over one idle TCP connection to each, on a thread each. Thread-safe. */
public final class PeerWatch implements Peers {
    /** One life of one process; that it leaves makes no other of it. */
    private record Life(String id, String url, long startedMs) {
        static Life of(Member member) {
            return new Life(member.id(), member.url(), member.startedMs());
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(PeerWatch.class);

    private final Map<Life, PeerLink> links = new ConcurrentHashMap<>();
    /** At addresses that none can be; each is complained of once. */
    private final Set<Life> unwatched = new HashSet<>();

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
        unwatched.retainAll(lives);
        for (Life life : lives) {
            if (!links.containsKey(life) && !unwatched.contains(life)) {
                watch(life, news);
            }
        }
    }

    private void watch(Life life, Runnable news) {
        try {
            PeerLink link = new PeerLink(life.id(), life.url(), news);
            link.start();
            links.put(life, link);
        } catch (IllegalArgumentException e) {
            unwatched.add(life);
            LOG.warn("coordinator {} cannot be watched: {}", life.id(), e.getMessage());
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
