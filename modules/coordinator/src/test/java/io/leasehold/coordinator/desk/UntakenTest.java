package io.leasehold.coordinator.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UntakenTest {
    private final Untaken untaken = new Untaken();
    private final Map<String, Head> heads = new HashMap<>();
    private final Set<String> awaited = new HashSet<>();
    private int woken;
    private long nowMs = 5_000;

    UntakenTest() {
        untaken.onNews(() -> woken++);
    }

    @Test
    void headThatStaysIsToldOnceAndAgainEachSecond() {
        ready("a", 1, 3);
        assertThat(woken).isEqualTo(1);

        assertThat(look()).isEmpty();
        nowMs += Untaken.LOOK_MS;
        assertThat(look()).containsExactly(new Hint("a", 3));
        assertThat(hintsWithin(Untaken.AGAIN_MS - 1)).isEmpty();
        assertThat(hintsWithin(2)).containsExactly(new Hint("a", 3));
    }

    @Test
    void headThatIsTakenBetweenTwoLooksIsNotTold() {
        for (int i = 0; i < 100; i++) {
            ready("a", i, 1);
            assertThat(look()).isEmpty();
            nowMs += Untaken.LOOK_MS;
        }
    }

    @Test
    void headThatPollsWaitForHereIsNotTold() {
        awaited.add("a");
        ready("a", 1, 1);

        assertThat(hintsWithin(3_000)).isEmpty();
        awaited.clear();
        assertThat(hintsWithin(2 * Untaken.LOOK_MS)).hasSize(1);
    }

    @Test
    void headThatIsWantedElsewhereIsToldAgainSoon() {
        ready("a", 1, 1);
        assertThat(hintsWithin(Untaken.LOOK_MS)).hasSize(1);
        untaken.answered("a", true);

        assertThat(hintsWithin(Untaken.LOOK_MS)).hasSize(1);
    }

    @Test
    void whatComesAfterTheQueueWasEmptyIsNews() {
        ready("a", 1, 1);
        assertThat(hintsWithin(Untaken.LOOK_MS)).hasSize(1);
        heads.remove("a");
        untaken.empty("a");

        ready("a", 2, 1);

        assertThat(hintsWithin(2 * Untaken.LOOK_MS)).hasSize(1);
    }

    @Test
    void nobodyIsWokenWhileNothingIsReadyAndOnceWhenSomethingIs() {
        assertThat(look()).isEmpty();
        assertThat(untaken.restMs(nowMs)).isNegative();

        ready("a", 1, 1);
        ready("a", 2, 2);
        assertThat(woken).isEqualTo(1);
        look();
        assertThat(untaken.restMs(nowMs)).isEqualTo(Untaken.LOOK_MS);
        ready("b", 1, 1);
        assertThat(woken).as("it is looked soon anyway").isEqualTo(1);
    }

    @Test
    void queueThatAppearsWhileTheLookerLooksAwayWakesIt() {
        ready("a", 1, 1);
        hintsWithin(Untaken.LOOK_MS);
        assertThat(untaken.restMs(nowMs)).isGreaterThan(Untaken.LOOK_MS);

        ready("b", 1, 1);

        assertThat(woken).isEqualTo(2);
    }

    @Test
    void namesOfQueuesAreBounded() {
        for (int i = 0; i < 30_000; i++) {
            ready("q" + i, 1, 1);
        }

        look();
        nowMs += Untaken.LOOK_MS;
        assertThat(look()).hasSize(100);
    }

    private void ready(String queue, long number, int ready) {
        heads.put(queue, new Head(0, Long.MAX_VALUE, number, ready));
        untaken.ready(queue);
    }

    private List<Hint> look() {
        return untaken.due(nowMs, heads::get, awaited::contains);
    }

    /** Looks every millisecond. */
    private List<Hint> hintsWithin(long ms) {
        List<Hint> hints = new java.util.ArrayList<>(look());
        for (long i = 0; i < ms; i++) {
            nowMs++;
            hints.addAll(look());
        }
        return hints;
    }
}
