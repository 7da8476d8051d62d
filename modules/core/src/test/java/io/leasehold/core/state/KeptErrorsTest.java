package io.leasehold.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.decide.Policy;
import io.leasehold.core.decide.Report;
import io.leasehold.core.kit.Lived;
import io.leasehold.core.kit.Tasks;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task's last failure said is kept whole while somebody may act on it, and cut once the task is only remembered. */
class KeptErrorsTest {
    private static final String LONG = "x".repeat(64 << 10);

    private final Lived lived = new Lived();

    private static void failThenSucceed(Lived lived, String id, String error) {
        lived.accept(Tasks.id(id).task());
        lived.report(lived.leaseNext(), new Report(Report.Outcome.FAILURE, new byte[0], error, true, 0));
        lived.succeed(lived.leaseNext());
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
    void errorIsCutOnceTheEndIsPublic() {
        failThenSucceed(lived, "a", LONG);
        assertThat(lived.entry("a").lastError()).isEqualTo(LONG);

        lived.fact().endsPublished(1);

        assertThat(lived.entry("a").lastError()).isEqualTo("x".repeat(1_024));
        Recount.check(lived.state());
    }

    @Test
    void noCharacterIsSplit() {
        failThenSucceed(lived, "a", "x" + "\uD83D\uDE00".repeat(1_000));

        lived.fact().endsPublished(1);

        String kept = lived.entry("a").lastError();
        assertThat(kept.getBytes(StandardCharsets.UTF_8)).hasSize(1 + 255 * 4);
        assertThat(kept).isEqualTo("x" + "\uD83D\uDE00".repeat(255));
        Recount.check(lived.state());
    }

    @Test
    void deadLetterKeepsItsErrorWhole() {
        long fence = lived.lease("a");
        lived.report(fence, new Report(Report.Outcome.FAILURE, new byte[0], LONG, false, -1));

        lived.fact().endsPublished(1);

        assertThat(lived.entry("a").lastError()).isEqualTo(LONG);
    }

    @Test
    void longErrorsOfEndedTasksDoNotFillTheShard() {
        for (int i = 0; i < 2_000; i++) {
            failThenSucceed(lived, "t" + i, LONG);
            lived.fact().endsPublished(i + 1);
            if (i % 100 == 0) {
                lived.turn(1);
            }
        }

        assertThat(lived.state().bytes()).isLessThan(2_000L * 2_048);
        assertThat(lived.state().endBytes()).isLessThan(2_000L * 2_048);
    }

    @Test
    void copyThatReadsFromABaseKeepsAsMuch() {
        failThenSucceed(lived, "public", LONG);
        lived.fact().endsPublished(1);
        failThenSucceed(lived, "unpublished", LONG);
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
            assertThat(state.byId("public").lastError()).hasSize(1_024);
            assertThat(state.byId("unpublished").lastError()).hasSize(1_024);
            assertThat(state.bytes()).isEqualTo(lived.state().bytes());
            Recount.check(state);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void underOlderRulesNothingIsCut(int version) {
        Lived older = new Lived(Policy.DEFAULT, bound -> 0, version);
        failThenSucceed(older, "a", LONG);

        older.fact().endsPublished(1);
        older.decider().digest();

        assertThat(older.entry("a").lastError()).isEqualTo(LONG);
        assertThat(replayed(older.records(), 0).byId("a").lastError()).isEqualTo(LONG);
    }
}
