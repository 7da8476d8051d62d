package io.leasehold.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.core.task.Home;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final Submitted[] LETTERS = {
        new Submitted(0, "a"),
        new Submitted(1, "b"),
        new Submitted(2, "c"),
        new Submitted(3, "d"),
        new Submitted(4, "e"),
        new Submitted(6, "c"),
        new Submitted(7, "g"),
        new Submitted(8, "not yet")
    };

    @Test
    void whatIsSettledAndKnownIsProven() {
        ShardVerdict verdict = verdict(From.BEGINNING, LETTERS);

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.count(Count.INBOX_CHECKED)).isEqualTo(7);
    }

    @Test
    void submissionThatWasPassedAndNotAdmittedIsFound() {
        Submitted[] letters = Arrays.copyOf(LETTERS, LETTERS.length);
        letters[5] = new Submitted(5, "lost");

        ShardVerdict verdict = verdict(From.BEGINNING, letters);

        assertThat(verdict.broken()).extracting(CounterExample::guarantee).containsExactly(Guarantee.INBOX);
        assertThat(verdict.broken().get(0).offset()).isEqualTo(SoundJournal.NAMED);
        assertThat(verdict.broken().get(0).what()).startsWith("task lost at inbox offset 5");
    }

    @Test
    void submissionThatWasRejectedNeedNotBeAdmitted() {
        Submitted[] letters = Arrays.copyOf(LETTERS, LETTERS.length);
        letters[5] = new Submitted(5, "of one queue too many", 0, shards -> 0, true);

        ShardVerdict verdict = verdict(From.BEGINNING, letters);

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.count(Count.INBOX_REJECTED)).isEqualTo(1);
    }

    @Test
    void submissionThatWasAtHomeElsewhereWhenThereWereFewerShardsWasSentOn() {
        Submitted[] letters = Arrays.copyOf(LETTERS, LETTERS.length);
        letters[5] = submitted(idAtHome(0, 6, 2, 4));
        assertThat(verdict(From.BEGINNING, letters).broken()).isEmpty();

        letters[5] = submitted(idAtHome(0, 6, 0, 4));
        assertThat(verdict(From.BEGINNING, letters).broken()).hasSize(1);
    }

    private static Submitted submitted(String id) {
        return new Submitted(5, id, 6, count -> Home.of(id, count), false);
    }

    private static String idAtHome(int home, int shards, int before, int fewer) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "id-" + i)
                .filter(id -> Home.of(id, shards) == home && Home.of(id, fewer) == before)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatWasSettledBeforeTheBaseIsNotJudged() {
        ShardVerdict verdict = verdict(From.NEWEST_BASE, LETTERS);

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.count(Count.INBOX_NOT_JUDGED)).isEqualTo(5);
        assertThat(verdict.count(Count.INBOX_CHECKED)).isEqualTo(2);
    }

    private static ShardVerdict verdict(From from, Submitted... letters) {
        Deque<Submitted> left = new ArrayDeque<>(List.of(letters));
        InboxTape inbox = (offset, to) -> {
            while (!left.isEmpty() && left.peek().offset() < offset) {
                to.accept(left.poll());
            }
        };
        return ShardVerification.run(0, Rules.DEFAULT, from, SoundJournal.draft(), inbox, null);
    }
}
