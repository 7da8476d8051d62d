package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.decide.Policy;
import io.leasehold.core.kit.Lived;
import io.leasehold.core.kit.Seeds;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wished between, a copy that reads from any base there ever was holds what the owner holds. */
class TrimPropertyTest {
    private static final int WISHES = 3_000;

    static LongStream seeds() {
        return Seeds.of(60);
    }

    @ParameterizedTest(name = "-Dleasehold.seed={0}")
    @MethodSource("seeds")
    void replayFromABaseEqualsLive(long seed) {
        Random random = new Random(seed);
        Policy policy = new Policy(1 + random.nextInt(3), 100 + random.nextInt(500), 1 << 20, 10_000);
        Lived lived = new Lived(policy, bound -> random.nextLong(bound + 1));
        Wishes wishes = new Wishes(lived, random);
        Trims trims = new Trims(lived, random);
        int often = 5 + random.nextInt(30);
        for (int i = 1; i <= WISHES; i++) {
            if (random.nextInt(often) == 0) {
                trims.next();
            } else {
                wishes.next();
            }
            if (i % 750 == 0) {
                List<byte[]> records = lived.records();
                compare(lived, new Follow().from(0, records));
                for (int base : trims.bases()) {
                    compare(lived, new Follow().from(base, records));
                }
            }
        }
        assertThat(trims.bases()).as("the run must get somewhere").isNotEmpty();
    }

    private static final class Follow {
        private final ShardState state = new ShardState();
        private final Replay replay = new Replay(state);

        ShardState from(int base, List<byte[]> records) {
            int next = base;
            if (base > 0) {
                replay.start(records.get(next++));
            }
            for (; next < records.size(); next++) {
                replay.apply(records.get(next));
            }
            return state;
        }
    }

    /** The live copy has begun a turn since, in the same moment, which told nothing yet. */
    private static void compare(Lived lived, ShardState replayed) {
        ShardState live = lived.state();
        assertThat(live.seq).isEqualTo(replayed.seq + 1);
        assertThat(replayed.isPartial()).isFalse();
        live.seq--;
        try {
            assertThat(Structure.sorted(replayed)).isEqualTo(Structure.sorted(live));
            assertThat(StateDigest.of(replayed)).isEqualTo(StateDigest.of(live));
            Recount.check(live);
            Recount.check(replayed);
        } finally {
            live.seq++;
        }
    }
}
