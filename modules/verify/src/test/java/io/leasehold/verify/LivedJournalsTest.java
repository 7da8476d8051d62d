package io.leasehold.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.decide.Policy;
import io.leasehold.core.kit.Lived;
import io.leasehold.core.kit.Seeds;
import io.leasehold.core.state.Trims;
import io.leasehold.core.state.Wishes;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the real core writes is proven, whatever is wished of it; read from the beginning, and from each base there was. */
class LivedJournalsTest {
    private static final int WISHES = 3_000;

    static LongStream seeds() {
        return Seeds.of(200);
    }

    @ParameterizedTest(name = "-Dleasehold.seed={0}")
    @MethodSource("seeds")
    void journalOfTheRealCoreIsProven(long seed) {
        Random random = new Random(seed);
        int maxExpiries = 1 + random.nextInt(3);
        Policy policy = new Policy(maxExpiries, 100 + random.nextInt(500), 1 << 20, 10_000);
        Lived lived = new Lived(policy, bound -> random.nextLong(bound + 1));
        Wishes wishes = Wishes.ofSoundOwners(lived, random);
        Trims trims = new Trims(lived, random);
        int often = 5 + random.nextInt(30);
        for (int i = 1; i <= WISHES; i++) {
            if (random.nextInt(often) == 0) {
                trims.next();
            } else {
                wishes.next();
            }
        }
        while (lived.decider().expireNext(lived.nowMs())) {
            lived.turn(0);
        }
        List<byte[]> records = lived.records();
        Rules rules = Rules.DEFAULT.withMaxExpiries(maxExpiries);

        ShardVerdict whole = verdict(records, 0, rules);
        assertThat(whole.broken()).isEmpty();
        assertThat(whole.count(Count.LIVE)).isEqualTo(lived.state().live());
        assertThat(whole.count(Count.REMEMBERED_ENDS)).isEqualTo(lived.state().ends());
        assertThat(trims.bases()).as("the run must get somewhere").isNotEmpty();
        for (int base : trims.bases()) {
            ShardVerdict part = verdict(records, base, rules);
            assertThat(part.broken()).as("from the base at " + base).isEmpty();
            assertThat(part.count(Count.LIVE)).isEqualTo(lived.state().live());
            assertThat(part.count(Count.LIVE_BYTES)).isEqualTo(whole.count(Count.LIVE_BYTES));
        }
    }

    private static ShardVerdict verdict(List<byte[]> records, int from, Rules rules) {
        ShardVerifier verifier = new ShardVerifier(0, rules, from, null, false);
        for (int offset = from; offset < records.size(); offset++) {
            verifier.record(offset, records.get(offset));
        }
        return verifier.verdict();
    }
}
