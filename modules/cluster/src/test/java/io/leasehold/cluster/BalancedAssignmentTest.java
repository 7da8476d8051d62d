package io.leasehold.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BalancedAssignmentTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void everyHistoryOfJoinsAndLeavesStaysBalancedAndMovesTheFewestShards(long seed) {
        Random random = new Random(seed);
        int shards = 1 + random.nextInt(64);
        Set<String> members = new LinkedHashSet<>(Set.of("c0"));
        Map<Integer, String> present = Map.of();

        for (int step = 0; step < 200; step++) {
            change(members, random);
            Map<Integer, String> next = BalancedAssignment.next(present, members, shards);

            assertThat(next.keySet())
                    .containsExactlyElementsOf(
                            IntStream.range(0, shards).boxed().toList());
            assertBalanced(next, members, shards);
            assertThat(moved(present, next, members))
                    .as("seed %d step %d", seed, step)
                    .isEqualTo(fewest(present, members, shards));
            present = next;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24})
    void anyPresentAssignmentHoweverUnevenIsMendedWithTheFewestMoves(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int shards = 1 + random.nextInt(40);
            List<String> members = names(1 + random.nextInt(9));
            Map<Integer, String> present = new HashMap<>();
            for (int shard = 0; shard < shards + 3; shard++) {
                present.put(shard, "c" + random.nextInt(1 + random.nextInt(12)));
            }

            Map<Integer, String> next = BalancedAssignment.next(present, members, shards);

            assertBalanced(next, members, shards);
            assertThat(moved(present, next, members))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(fewest(present, members, shards));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33, 34})
    void placedShardsAreInTheirPlacesAndTheRestFillsUpEvenly(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int shards = 1 + random.nextInt(40);
            List<String> members = names(1 + random.nextInt(9));
            Map<Integer, String> present = new HashMap<>();
            Map<Integer, String> placed = new HashMap<>();
            for (int shard = 0; shard < shards + 3; shard++) {
                present.put(shard, "c" + random.nextInt(12));
                if (random.nextInt(3) == 0) {
                    placed.put(shard, "c" + random.nextInt(1 + random.nextInt(12)));
                }
            }

            Map<Integer, String> next = BalancedAssignment.next(present, members, shards, placed);

            String as = "seed " + seed + " round " + round;
            assertThat(next.keySet())
                    .as(as)
                    .containsExactlyElementsOf(
                            IntStream.range(0, shards).boxed().toList());
            Set<Integer> free = new HashSet<>(next.keySet());
            placed.forEach((shard, member) -> {
                if (shard < shards && members.contains(member)) {
                    assertThat(next).as(as).containsEntry(shard, member);
                    free.remove(shard);
                }
            });
            // Nobody who has a free shard has two more than anybody: that shard would be better off there.
            int fewest = members.stream()
                    .mapToInt(member -> loads(next).getOrDefault(member, 0))
                    .min()
                    .orElseThrow();
            free.forEach(
                    shard -> assertThat(loads(next).get(next.get(shard))).as(as).isLessThanOrEqualTo(fewest + 1));
            assertThat(BalancedAssignment.next(next, members, shards, placed))
                    .as(as)
                    .isEqualTo(next);
        }
    }

    @Test
    void newcomerGetsItsFairShareAndNobodyElseGetsAnything() {
        Map<Integer, String> three = BalancedAssignment.next(Map.of(), names(3), 12);

        Map<Integer, String> four = BalancedAssignment.next(three, names(4), 12);

        assertThat(loads(four))
                .containsOnly(Map.entry("c0", 3), Map.entry("c1", 3), Map.entry("c2", 3), Map.entry("c3", 3));
        four.forEach((shard, member) -> assertThat(member).isIn(three.get(shard), "c3"));
    }

    @Test
    void onlyTheShardsOfTheOneThatLeftMove() {
        Map<Integer, String> four = BalancedAssignment.next(Map.of(), names(4), 16);

        Map<Integer, String> three = BalancedAssignment.next(four, names(3), 16);

        four.forEach((shard, member) -> {
            if (!member.equals("c3")) {
                assertThat(three.get(shard)).isEqualTo(member);
            }
        });
    }

    @Test
    void oneMemberHoldsAll() {
        assertThat(loads(BalancedAssignment.next(Map.of(0, "gone"), List.of("c1"), 4)))
                .isEqualTo(Map.of("c1", 4));
    }

    @Test
    void moreMembersThanShardsLeaveSomeWithNone() {
        Map<Integer, String> one = BalancedAssignment.next(Map.of(), List.of("c1"), 2);

        Map<Integer, String> next = BalancedAssignment.next(one, names(5), 2);

        assertThat(next.values()).doesNotHaveDuplicates();
        assertThat(next).containsValue("c1");
    }

    @Test
    void outcomeDoesNotDependOnTheOrderOfTheMembers() {
        List<String> members = names(7);
        List<String> shuffled = new ArrayList<>(members);
        Collections.shuffle(shuffled, new Random(5));

        assertThat(BalancedAssignment.next(Map.of(), shuffled, 33))
                .isEqualTo(BalancedAssignment.next(Map.of(), members, 33));
    }

    @Test
    void settledAssignmentStaysAsItIs() {
        Map<Integer, String> settled = BalancedAssignment.next(Map.of(), names(5), 64);

        assertThat(BalancedAssignment.next(settled, names(5), 64)).isEqualTo(settled);
    }

    @Test
    void nobodyToAssignToIsRefused() {
        assertThatThrownBy(() -> BalancedAssignment.next(Map.of(), List.of(), 4))
                .hasMessage("members: none (expected: at least one)");
    }

    private static void change(Set<String> members, Random random) {
        if (members.size() > 1 && random.nextBoolean()) {
            members.remove(List.copyOf(members).get(random.nextInt(members.size())));
        } else {
            members.add("c" + random.nextInt(20));
        }
    }

    private static void assertBalanced(Map<Integer, String> next, Collection<String> members, int shards) {
        Map<String, Integer> loads = loads(next);
        assertThat(members).containsAll(loads.keySet());
        for (String member : members) {
            assertThat(loads.getOrDefault(member, 0))
                    .isBetween(shards / members.size(), (shards + members.size() - 1) / members.size());
        }
    }

    /** Of the shards that were with somebody who is still there. */
    private static long moved(Map<Integer, String> before, Map<Integer, String> after, Collection<String> members) {
        return after.keySet().stream()
                .filter(shard -> members.contains(before.get(shard)))
                .filter(shard -> !before.get(shard).equals(after.get(shard)))
                .count();
    }

    /** What is above the most must move; what is missing below the least must come from somewhere. */
    private static long fewest(Map<Integer, String> before, Collection<String> members, int shards) {
        int least = shards / members.size();
        int most = (shards + members.size() - 1) / members.size();
        Map<String, Integer> loads = new HashMap<>();
        int orphans = 0;
        for (int shard = 0; shard < shards; shard++) {
            if (members.contains(before.get(shard))) {
                loads.merge(before.get(shard), 1, Integer::sum);
            } else {
                orphans++;
            }
        }
        int above = 0;
        int missing = 0;
        for (String member : members) {
            above += Math.max(0, loads.getOrDefault(member, 0) - most);
            missing += Math.max(0, least - loads.getOrDefault(member, 0));
        }
        return Math.max(above, missing - orphans);
    }

    private static Map<String, Integer> loads(Map<Integer, String> assignment) {
        Map<String, Integer> loads = new HashMap<>();
        assignment.values().forEach(member -> loads.merge(member, 1, Integer::sum));
        return loads;
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i).toList();
    }
}
