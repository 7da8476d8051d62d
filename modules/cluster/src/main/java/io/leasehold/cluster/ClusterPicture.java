package io.leasehold.cluster;

import io.leasehold.cluster.TreeReader.Node;
import io.leasehold.coordinator.port.ClusterMap;
import io.leasehold.coordinator.port.ClusterMap.Member;
import io.leasehold.coordinator.port.ClusterMap.Place;
import io.leasehold.coordinator.port.Directives;
import io.leasehold.coordinator.port.Witness;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The map, and beside it what the assigner needs for its compare-and-set.
 *
 * @param assignmentVersion of the assignment's node, or {@link #ABSENT}
 */
record ClusterPicture(ClusterMap map, AssignmentNode assignment, int assignmentVersion) {
    static final int ABSENT = -1;
    static final ClusterPicture EMPTY = new ClusterPicture(ClusterMap.EMPTY, AssignmentNode.NONE, ABSENT);

    private static final Logger LOG = LoggerFactory.getLogger(ClusterPicture.class);

    /** The store is out of reach: nobody is gone, but all of it may be old. */
    ClusterPicture disconnected() {
        return new ClusterPicture(map.disconnected(), assignment, assignmentVersion);
    }

    /**
     * @param nodes all there are, by path
     * @param counts of shards, as known so far; what is pinned only adds to them
     */
    static ClusterPicture of(Map<String, Node> nodes, ClusterPaths paths, Member self, List<Integer> counts) {
        Pin pin = read(paths.pin(), nodes.get(paths.pin()), Pin.class, null);
        List<Integer> known = pin == null || pin.shards() < last(counts) ? counts : pin.counts();
        int shards = last(known);
        Directives directives =
                read(paths.directives(), nodes.get(paths.directives()), Directives.class, Directives.NONE);
        List<Member> members = members(nodes, paths);
        Node node = nodes.get(paths.assignment());
        AssignmentNode assignment = read(paths.assignment(), node, AssignmentNode.class, AssignmentNode.NONE);
        boolean impostor = members.stream().anyMatch(member -> isImpostor(member, self));
        List<Place> places = new ArrayList<>(shards);
        for (int shard = 0; shard < shards; shard++) {
            // What is assigned to our id is not for us while somebody else goes by it.
            String nobody = impostor ? self.id() : null;
            String assigned = except(nobody, assignment.shards().get(shard));
            String standby = except(nobody, assignment.standbys().get(shard));
            places.add(place(nodes, paths, shard, assigned, standby));
        }
        int version = node == null ? ABSENT : node.version();
        return new ClusterPicture(
                new ClusterMap(members, List.copyOf(places), true, List.copyOf(known), directives),
                assignment,
                version);
    }

    private static int last(List<Integer> counts) {
        return counts.get(counts.size() - 1);
    }

    /** Whether this is another process, or an earlier life of ours, under our id. */
    static boolean isImpostor(Member member, Member self) {
        boolean same = member.startedMs() == self.startedMs() && member.url().equals(self.url());
        return member.id().equals(self.id()) && !same;
    }

    private static List<Member> members(Map<String, Node> nodes, ClusterPaths paths) {
        String under = paths.coordinators() + "/";
        List<Member> members = new ArrayList<>();
        nodes.forEach((path, node) -> {
            if (path.startsWith(under)) {
                Member member = read(path, node, Member.class, null);
                if (member != null && member.url() != null && path.equals(paths.coordinator(member.id()))) {
                    members.add(member);
                }
            }
        });
        members.sort(Comparator.comparing(Member::id));
        return List.copyOf(members);
    }

    private static String except(String nobody, String id) {
        return id == null || id.equals(nobody) ? null : id;
    }

    private static Place place(
            Map<String, Node> nodes, ClusterPaths paths, int shard, String assigned, String standby) {
        String path = paths.owner(shard);
        OwnerNode owner = read(path, nodes.get(path), OwnerNode.class, new OwnerNode(null, null, 0));
        Node mark = nodes.get(paths.caughtUp(shard));
        String waiting = mark == null ? null : new String(mark.content(), StandardCharsets.UTF_8);
        Witness witness = read(paths.witness(shard), nodes.get(paths.witness(shard)), Witness.class, null);
        return new Place(shard, assigned, standby, owner.owner(), owner.url(), owner.epoch(), waiting, witness);
    }

    private static <T> T read(String path, Node node, Class<T> type, T otherwise) {
        if (node == null) {
            return otherwise;
        }
        try {
            return NodeJson.read(path, node.content(), type);
        } catch (ClusterException e) {
            LOG.warn("{}; passed over", e.getMessage());
            return otherwise;
        }
    }
}
