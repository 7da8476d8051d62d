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

/** Whatever is wished, a copy that reads the log holds what the copy that wrote it holds. */
class ReplayPropertyTest {
    private static final int WISHES = 2_000;
    private static final int WISHES_A_REPLAY = 500;

    static LongStream seeds() {
        return Seeds.of(200);
    }

    @ParameterizedTest(name = "-Dleasehold.seed={0}")
    @MethodSource("seeds")
    void replayEqualsLive(long seed) {
        Random random = new Random(seed);
        Policy policy = new Policy(1 + random.nextInt(3), 100 + random.nextInt(500), 1 << 20, 10_000);
        Lived lived = new Lived(policy, bound -> random.nextLong(bound + 1), seed % 3 == 0 ? 3 : 2);
        Wishes wishes = new Wishes(lived, random);
        Ledger ledger = new Ledger();
        // This copy follows all along; others begin anew at each comparison.
        ShardState followed = new ShardState();
        Replay follower = new Replay(followed);
        int read = 0;
        for (int i = 1; i <= WISHES; i++) {
            wishes.next();
            if (i % WISHES_A_REPLAY == 0) {
                ledger.read(lived.facts());
                List<byte[]> records = lived.records();
                for (; read < records.size(); read++) {
                    follower.apply(records.get(read));
                }
                compare(lived, followed);
                compare(lived, replayed(records));
                ledger.compare(followed);
            }
        }
    }

    private static ShardState replayed(List<byte[]> records) {
        ShardState state = new ShardState();
        Replay replay = new Replay(state);
        records.forEach(replay::apply);
        assertThat(replay.effective() + replay.voided()).isEqualTo(records.size());
        return state;
    }

    /** The live copy has begun a turn since, in the same moment, which told nothing yet. */
    private static void compare(Lived lived, ShardState replayed) {
        ShardState live = lived.state();
        assertThat(live.seq).isEqualTo(replayed.seq + 1);
        live.seq--;
        try {
            assertThat(StateDigest.of(replayed)).isEqualTo(StateDigest.of(live));
            assertThat(Structure.of(replayed)).isEqualTo(Structure.of(live));
            Recount.check(live);
            Recount.check(replayed);
        } finally {
            live.seq++;
        }
    }
}
