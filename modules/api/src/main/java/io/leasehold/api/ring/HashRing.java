package io.leasehold.api.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A consistent-hash ring of members named by strings. Immutable.
 *
 * <p>Each member has virtual points at the hashes of {@code <member>#0}, {@code <member>#1} and so on; a key belongs to the
 * first point at or after its own hash, going round. A member that joins takes keys to itself only, and one that leaves
 * gives up only its own.
 */
public final class HashRing {
    /** The name of the hash, as {@code /v1/cluster} states it. */
    public static final String HASH = "sha256-64";
    /** Virtual points for each member: with 128, loads of members differ by about a tenth. */
    public static final int POINTS = 128;
    /** How much more than the average a member may be given by {@link #assign}. */
    public static final double LOAD_FACTOR = 1.25;

    private record Point(long hash, String member) {}

    private final Point[] points;
    private final List<String> members;

    private HashRing(Point[] points, List<String> members) {
        this.points = points;
        this.members = members;
    }

    public static HashRing of(Collection<String> members) {
        return of(members, POINTS);
    }

    /** @param pointsEach virtual points for each member; all who share a ring must use the same number */
    public static HashRing of(Collection<String> members, int pointsEach) {
        if (pointsEach < 1) {
            throw new IllegalArgumentException("pointsEach: " + pointsEach + " (expected: at least 1)");
        }
        Set<String> distinct = new TreeSet<>(members);
        Point[] points = new Point[distinct.size() * pointsEach];
        int next = 0;
        for (String member : distinct) {
            for (int i = 0; i < pointsEach; i++) {
                points[next++] = new Point(RingHash.of(member + "#" + i), member);
            }
        }
        Arrays.sort(
                points,
                Comparator.comparingLong((Point point) -> point.hash + Long.MIN_VALUE)
                        .thenComparing(Point::member));
        return new HashRing(points, List.copyOf(distinct));
    }

    /** All members, sorted. */
    public List<String> members() {
        return members;
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** The member that the key belongs to; null if the ring is empty. */
    public String home(String key) {
        return isEmpty() ? null : points[firstPoint(key)].member;
    }

    /** Every member once, in the order in which the ring is met from the key on; the first is its home. */
    public List<String> order(String key) {
        Set<String> met = new LinkedHashSet<>();
        int at = isEmpty() ? 0 : firstPoint(key);
        while (met.size() < members.size()) {
            met.add(points[at].member);
            at = at + 1 == points.length ? 0 : at + 1;
        }
        return new ArrayList<>(met);
    }

    /**
     * Spreads keys over the members so that no member has much more than the average, and none much less; few keys move
     * when a member joins or leaves. The outcome depends on the sets of keys and members alone, not on their order.
     *
     * @param loadFactor at least 1; {@link #LOAD_FACTOR} is a good choice. Lower is more even and moves more keys
     * @return key to member, one entry for each key, in the order of the keys; empty if the ring is
     */
    public Map<String, String> assign(Collection<String> keys, double loadFactor) {
        return new BoundedLoads(this, keys, loadFactor).assign();
    }

    private int firstPoint(String key) {
        long wanted = RingHash.of(key);
        int low = 0;
        int high = points.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(points[middle].hash, wanted) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == points.length ? 0 : low;
    }
}
