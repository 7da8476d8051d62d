package io.leasehold.simulator;

import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.Peers;
import java.util.Collection;

/** What one coordinator knows of the others' deaths; now and then it is wrong. */
final class Neighbours implements Peers {
    private final World world;
    private Runnable news = () -> {};
    private String suspected;
    private long suspectedUntilUs;

    Neighbours(World world) {
        this.world = world;
    }

    @Override
    public void watch(Collection<Member> others, Runnable news) {
        this.news = news;
    }

    @Override
    public boolean isGone(Member member) {
        boolean wrongly = member.id().equals(suspected) && world.timeline.nowUs() < suspectedUntilUs;
        return wrongly || !world.coordinator(member.id()).isUp();
    }

    void suspect(String id, long us) {
        suspected = id;
        suspectedUntilUs = world.timeline.nowUs() + us;
        news.run();
    }

    /** One of them has died. */
    void died() {
        news.run();
    }

    @Override
    public void close() {
        news = () -> {};
    }
}
