package io.leasehold.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EndedTest {
    private final List<EndedCopy> copies = new ArrayList<>();
    private long start;
    private long certainEnd = Long.MAX_VALUE;

    EndedTest() {
        copy(1, "b", "succeeded");
        copy(2, "a", "attempts-exhausted");
        copy(3, "d", "cancelled");
        copy(3, "d", "cancelled");
        copy(4, "e", "deadline-passed");
        copy(5, "a", "succeeded");
    }

    private void copy(long number, String id, String cause) {
        copies.add(new EndedCopy(copies.size(), number, id, cause));
    }

    @Test
    void allEndsAreThereOnceOrMore() {
        ShardVerdict verdict = verdict(From.BEGINNING);

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.count(Count.ENDED_CHECKED)).isEqualTo(5);
        assertThat(verdict.count(Count.ENDED_COPIES)).isEqualTo(1);
    }

    @Test
    void publishedEndThatIsNotThereIsFound() {
        copies.remove(1);

        assertBroken(SoundJournal.DEAD, "end 2, attempts-exhausted: not in the topic of ended tasks");
    }

    @Test
    void endWithAnotherCauseIsFound() {
        copies.set(2, new EndedCopy(2, 3, "d", "succeeded"));

        assertBroken(SoundJournal.CANCELLED, "expected: cancelled");
    }

    @Test
    void endOfAnotherTaskIsFound() {
        copies.set(2, new EndedCopy(2, 3, "x", "cancelled"));

        assertBroken(SoundJournal.CANCELLED, "task x");
    }

    @Test
    void endThatTheJournalDoesNotTellOfIsFoundUnlessItMayBeYounger() {
        copy(6, "c", "succeeded");
        assertBroken(-1, "end 6");

        certainEnd = 6;
        assertThat(verdict(From.BEGINNING).broken()).isEmpty();
    }

    @Test
    void endsThatWereDeletedFromTheTopicAreNotMissed() {
        copies.remove(0);
        start = 1;

        assertThat(verdict(From.BEGINNING).broken()).isEmpty();
    }

    @Test
    void endsBeforeTheBaseAreNotJudged() {
        ShardVerdict verdict = verdict(From.NEWEST_BASE);

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.count(Count.ENDED_NOT_JUDGED)).isEqualTo(5);
        assertThat(verdict.count(Count.ENDED_CHECKED)).isEqualTo(1);
    }

    private void assertBroken(long offset, String what) {
        ShardVerdict verdict = verdict(From.BEGINNING);

        assertThat(verdict.broken()).hasSize(1);
        assertThat(verdict.broken().get(0).guarantee()).isEqualTo(Guarantee.ENDED);
        assertThat(verdict.broken().get(0).offset()).isEqualTo(offset);
        assertThat(verdict.broken().get(0).what()).contains(what);
    }

    private ShardVerdict verdict(From from) {
        EndedTape tape = new EndedTape() {
            @Override
            public long start() {
                return start;
            }

            @Override
            public long certainEnd() {
                return certainEnd;
            }

            @Override
            public void all(Consumer<EndedCopy> to) {
                copies.forEach(to);
            }
        };
        return ShardVerification.run(0, Rules.DEFAULT, from, SoundJournal.draft(), null, tape);
    }
}
