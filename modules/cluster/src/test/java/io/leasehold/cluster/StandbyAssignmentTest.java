package io.leasehold.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandbyAssignmentTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shardsOfAnOwnerThatLeavesGoToTheirStandbysAndNoOtherMoves(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            String where = "seed %d round %d".formatted(seed, round);
            int shards = 1 + random.nextInt(64);
            List<String> members = new ArrayList<>(names(2 + random.nextInt(8)));
            Map<Integer, String> owners = BalancedAssignment.next(Map.of(), members, shards);
            Map<Integer, String> standbys = StandbyAssignment.of(owners, members, shards);
            assertThat(standbys.keySet()).isEqualTo(owners.keySet());
            String leaves = members.remove(random.nextInt(members.size()));

            Map<Integer, String> after = BalancedAssignment.next(owners, members, shards);

            owners.forEach((shard, owner) -> assertThat(after.get(shard))
                    .as("%s shard %d", where, shard)
                    .isEqualTo(owner.equals(leaves) ? standbys.get(shard) : owner));
        }
    }

    @Test
    void standbysOfOneOwnerAreSpreadOverTheOthers() {
        Map<Integer, String> owners = BalancedAssignment.next(Map.of(), names(4), 36);

        Map<Integer, String> standbys = StandbyAssignment.of(owners, names(4), 36);

        for (String owner : names(4)) {
            Map<String, Integer> heirs = new HashMap<>();
            owners.forEach((shard, one) -> {
                if (one.equals(owner)) {
                    heirs.merge(standbys.get(shard), 1, Integer::sum);
                }
            });
            assertThat(heirs)
                    .as(owner)
                    .doesNotContainKey(owner)
                    .hasSize(3)
                    .allSatisfy((heir, count) -> assertThat(count).isEqualTo(3));
        }
    }

    @Test
    void theOnlyMemberHasNobodyToStandBy() {
        Map<Integer, String> owners = BalancedAssignment.next(Map.of(), List.of("c0"), 4);

        assertThat(StandbyAssignment.of(owners, List.of("c0"), 4)).isEmpty();
    }

    @Test
    void theSameAssignmentHasTheSameStandbys() {
        Map<Integer, String> owners = BalancedAssignment.next(Map.of(), names(5), 64);
        List<String> shuffled = new ArrayList<>(names(5));
        Collections.reverse(shuffled);

        assertThat(StandbyAssignment.of(owners, shuffled, 64)).isEqualTo(StandbyAssignment.of(owners, names(5), 64));
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i).toList();
    }
}
