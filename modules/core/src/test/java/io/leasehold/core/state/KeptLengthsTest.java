package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.decide.Policy;
import io.leasehold.core.decide.Report;
import io.leasehold.core.kit.Lived;
import io.leasehold.core.kit.Tasks;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is not kept whole of a task that has ended leaves its length behind, in every copy. */
class KeptLengthsTest {
    private static final String ERROR = "é".repeat(2_000);

    private static void failThenSucceed(Lived lived, String id) {
        lived.accept(Tasks.id(id).task());
        lived.report(lived.leaseNext(), new Report(Report.Outcome.FAILURE, new byte[0], ERROR, true, 0));
        lived.report(lived.leaseNext(), new Report(Report.Outcome.SUCCESS, new byte[3_000], null, true, -1));
    }

    private static void assertLengths(ShardState state, String id) {
        TaskEntry entry = state.byId(id);
        assertThat(entry.end().result()).isNull();
        assertThat(entry.end().resultBytes()).isEqualTo(3_000);
        assertThat(entry.lastError()).isEqualTo("é".repeat(512));
        assertThat(entry.end().errorBytes()).isEqualTo(4_000);
        Recount.check(state);
    }

    private static ShardState replayed(List<byte[]> records, int from) {
        ShardState state = new ShardState();
        Replay replay = new Replay(state);
        if (from > 0) {
            replay.start(records.get(from));
        }
        for (int i = from > 0 ? from + 1 : 0; i < records.size(); i++) {
            replay.apply(records.get(i));
        }
        return state;
    }

    @Test
    void lengthsAreKeptFromTheWriterToACopyThatReadsFromABase() {
        Lived lived = new Lived();
        failThenSucceed(lived, "public");
        assertThat(lived.entry("public").end().saysLengths()).isFalse();
        lived.fact().endsPublished(1);
        assertLengths(lived.state(), "public");
        failThenSucceed(lived, "unpublished");
        lived.turn(1);
        int base = lived.offset();
        lived.decider().base();
        for (TaskEntry entry : lived.state().tasks()) {
            lived.decider().carry(entry);
        }
        lived.turn(1);
        lived.decider().trim(base, 0, 0);
        lived.fact().endsPublished(2);
        lived.decider().digest();
        List<byte[]> records = lived.records();

        for (int from : new int[] {0, base}) {
            ShardState state = replayed(records, from);
            assertLengths(state, "public");
            assertLengths(state, "unpublished");
        }
    }

    @Test
    void whatIsKeptWholeHasNoLength() {
        Lived lived = new Lived();
        lived.accept(Tasks.id("a").task());
        lived.report(lived.leaseNext(), new Report(Report.Outcome.SUCCESS, new byte[1_024], null, true, -1));

        lived.fact().endsPublished(1);

        assertThat(lived.entry("a").end().saysLengths()).isFalse();
        assertThat(lived.entry("a").end().result()).hasSize(1_024);
    }

    @Test
    void underTheOlderRulesNoLengthIsKept() {
        Lived older = new Lived(Policy.DEFAULT, bound -> 0, 3);
        failThenSucceed(older, "a");

        older.fact().endsPublished(1);

        assertThat(older.entry("a").end().result()).isNull();
        assertThat(older.entry("a").end().saysLengths()).isFalse();
        assertThat(older.entry("a").lastError()).isEqualTo(ERROR);
    }
}
