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
import java.util.function.Function;

/**
 * The map, and beside it what the assigner needs for its compare-and-set.
 *
 * @param assignmentVersion of the assignment's node, or {@link #ABSENT}
 * @param pin what is pinned, believed or not; null if there is nothing, or nothing readable
 */
record ClusterPicture(ClusterMap map, AssignmentNode assignment, int assignmentVersion, Pin pin) {
    static final int ABSENT = -1;
    static final ClusterPicture EMPTY = new ClusterPicture(ClusterMap.EMPTY, AssignmentNode.NONE, ABSENT, null);

    /** The store is out of reach: nobody is gone, but all of it may be old. */
    ClusterPicture disconnected() {
        return new ClusterPicture(map.disconnected(), assignment, assignmentVersion, pin);
    }

    /**
     * @param nodes all there are, by path; one that is not what it should be is left out
     * @param counts of shards, as known so far; what is pinned only adds to them
     * @param most shards that can be, since there are partitions for no more: a pin that says more is not believed
     * @param odd told what is left out
     */
    static ClusterPicture of(
            Map<String, Node> nodes, ClusterPaths paths, Member self, List<Integer> counts, int most, OddNodes odd) {
        return new Reading(nodes, paths, odd).picture(self, counts, most);
    }

    /** One look at all nodes. */
    private record Reading(Map<String, Node> nodes, ClusterPaths paths, OddNodes odd) {

        ClusterPicture picture(Member self, List<Integer> counts, int most) {
            Pin pin = read(paths.pin(), Pin.class, NodeRules::pin, null);
            boolean believed = pin != null && pin.shards() >= last(counts) && pin.shards() <= most;
            List<Integer> known = believed ? pin.counts() : counts;
            Directives directives = read(paths.directives(), Directives.class, NodeRules::directives, Directives.NONE);
            List<Member> members = members();
            AssignmentNode assignment =
                    read(paths.assignment(), AssignmentNode.class, NodeRules::assignment, AssignmentNode.NONE);
            // What is assigned to our id is not for us while somebody else goes by it.
            boolean impostor = members.stream().anyMatch(member -> isImpostor(member, self));
            String nobody = impostor ? self.id() : null;
            int shards = last(known);
            List<Place> places = new ArrayList<>(shards);
            for (int shard = 0; shard < shards; shard++) {
                String assigned = except(nobody, assignment.shards().get(shard));
                String standby = except(nobody, assignment.standbys().get(shard));
                places.add(place(shard, assigned, standby));
            }
            Node node = nodes.get(paths.assignment());
            return new ClusterPicture(
                    new ClusterMap(members, List.copyOf(places), true, List.copyOf(known), directives),
                    assignment,
                    node == null ? ABSENT : node.version(),
                    pin);
        }

        private List<Member> members() {
            String under = paths.coordinators() + "/";
            List<Member> members = new ArrayList<>();
            for (String path : nodes.keySet()) {
                if (path.startsWith(under)) {
                    String name = path.substring(under.length());
                    Member member = read(path, Member.class, found -> memberOf(name, found), null);
                    if (member != null) {
                        members.add(member);
                    }
                }
            }
            members.sort(Comparator.comparing(Member::id));
            return List.copyOf(members);
        }

        private static String memberOf(String name, Member found) {
            return name.equals(found.id()) || NodeRules.id("id", found.id()) != null
                    ? NodeRules.member(found)
                    : "id: " + found.id() + " (expected: the node's name)";
        }

        private Place place(int shard, String assigned, String standby) {
            OwnerNode owner = read(paths.owner(shard), OwnerNode.class, NodeRules::owner, new OwnerNode(null, null, 0));
            Witness witness = read(paths.witness(shard), Witness.class, NodeRules::witness, null);
            return new Place(
                    shard, assigned, standby, owner.owner(), owner.url(), owner.epoch(), waiting(shard), witness);
        }

        private String waiting(int shard) {
            String path = paths.caughtUp(shard);
            Node mark = nodes.get(path);
            if (mark == null) {
                return null;
            }
            String id = mark.content() == null ? null : new String(mark.content(), StandardCharsets.UTF_8);
            String wrong = NodeRules.id("id", id);
            if (wrong != null) {
                odd.leftOut(path, mark, "zookeeper node " + path + ": " + wrong);
                return null;
            }
            return id;
        }

        private <T> T read(String path, Class<T> type, Function<T, String> rule, T otherwise) {
            Node node = nodes.get(path);
            if (node == null) {
                return otherwise;
            }
            try {
                return NodeJson.read(path, node.content(), type, rule);
            } catch (ClusterException e) {
                odd.leftOut(path, node, e.getMessage());
                return otherwise;
            }
        }
    }

    private static int last(List<Integer> counts) {
        return counts.get(counts.size() - 1);
    }

    /** Whether this is another process, or an earlier life of ours, under our id. */
    static boolean isImpostor(Member member, Member self) {
        boolean same = member.startedMs() == self.startedMs() && member.url().equals(self.url());
        return member.id().equals(self.id()) && !same;
    }

    private static String except(String nobody, String id) {
        return id == null || id.equals(nobody) ? null : id;
    }
}
