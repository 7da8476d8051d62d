package io.leasehold.coordinator.port;

import io.leasehold.coordinator.port.ClusterMap.Member;
import java.util.Collection;

/**
 * What connections to the other coordinators tell of their processes, faster than the cluster's store can. A hint, as
 * everything here: who is taken for dead and is not loses its shards in good order, since the log decides.
 */
public interface Peers extends AutoCloseable {

    /** Nobody is watched, and nobody is ever known to be gone. */
    Peers UNWATCHED = new Peers() {
        @Override
        public void watch(Collection<Member> others, Runnable news) {}

        @Override
        public boolean isGone(Member member) {
            return false;
        }

        @Override
        public void close() {}
    };

    /**
     * Watches exactly these from now on; returns at once.
     *
     * @param news run, from any thread, whenever one of them is found to be gone
     */
    void watch(Collection<Member> others, Runnable news);

    /**
     * Whether this process has ended: there was a connection to it, it was closed, and nothing listens at its address any
     * more. May be called from any thread; false for members that are not watched.
     */
    boolean isGone(Member member);

    @Override
    void close();
}
