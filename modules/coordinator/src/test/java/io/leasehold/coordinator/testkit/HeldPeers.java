package io.leasehold.coordinator.testkit;

import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.Peers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Connections of which the test says who is gone. */
public final class HeldPeers implements Peers {
    private final Set<String> gone = new HashSet<>();
    private List<Member> watched = List.of();

    public void gone(String id) {
        gone.add(id);
    }

    public void back(String id) {
        gone.remove(id);
    }

    public List<Member> watched() {
        return watched;
    }

    @Override
    public void watch(Collection<Member> others, Runnable news) {
        watched = new ArrayList<>(others);
    }

    @Override
    public boolean isGone(Member member) {
        return gone.contains(member.id());
    }

    @Override
    public void close() {}
}
