package io.leasehold.coordinator.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HintsHeardTest {
    private static final List<String> Q = List.of("other", "q");

    private final HintsHeard heard = new HintsHeard();

    @Test
    void hintIsRememberedForPollsThatComeAMomentLater() {
        assertThat(heard.hear("q", "c2", 7, 1_000)).isEqualTo(7);

        assertThat(heard.whoHas(Q, 1_000 + HintsHeard.GOOD_FOR_MS)).isEqualTo("c2");
        assertThat(heard.whoHas(Q, 1_001 + HintsHeard.GOOD_FOR_MS)).isNull();
        assertThat(heard.whoHas(List.of("other"), 1_000)).isNull();
    }

    @Test
    void coordinatorThatHadNothingIsNotAskedBeforeItSaysSoAgainAndThenWithOnePoll() {
        heard.hear("q", "c2", 7, 1_000);
        heard.turnedOut(Q, "c2", false);
        assertThat(heard.whoHas(Q, 1_001)).isNull();

        assertThat(heard.hear("q", "c2", 7, 1_000 + HintsHeard.DOUBT_MS)).isEqualTo(1);
        assertThat(heard.whoHas(Q, 1_100)).isEqualTo("c2");
        heard.turnedOut(Q, "c2", true);
        assertThat(heard.hear("q", "c2", 7, 1_200)).isEqualTo(7);
    }

    @Test
    void hintsInQuickSuccessionSendPollsAwayOnce() {
        assertThat(heard.hear("q", "c2", 7, 1_000)).isEqualTo(7);
        assertThat(heard.hear("q", "c2", 7, 1_001)).isZero();
        assertThat(heard.hear("q", "c3", 7, 1_001)).isEqualTo(7);
    }

    @Test
    void oneHintSendsABoundedNumberOfPollsAway() {
        assertThat(heard.hear("q", "c2", Integer.MAX_VALUE, 1_000)).isEqualTo(HintsHeard.MOST_POLLS);
    }

    @Test
    void coordinatorsThatHaveTasksAreAskedByTurns() {
        heard.hear("q", "c2", 7, 1_000);
        heard.hear("q", "c3", 7, 1_000);

        String first = heard.whoHas(Q, 1_001);
        String second = heard.whoHas(Q, 1_002);

        assertThat(List.of(first, second)).containsExactlyInAnyOrder("c2", "c3");
        assertThat(heard.whoHas(Q, 1_003)).isEqualTo(first);
    }

    @Test
    void clientsThatAreSentThereThemselvesUseTheHintUp() {
        heard.hear("q", "c2", 3, 1_000);
        heard.used(Q, "c2", 2);
        assertThat(heard.whoHas(Q, 1_001)).isEqualTo("c2");

        heard.used(Q, "c2", 2);

        assertThat(heard.whoHas(Q, 1_002)).isNull();
    }

    @Test
    void namesOfQueuesAreBoundedAndOldOnesMakeRoom() {
        for (int i = 0; i < 30_000; i++) {
            heard.hear("q" + i, "c2", 1, 1_000);
        }
        assertThat(heard.size()).isEqualTo(10_000);

        assertThat(heard.hear("late", "c2", 1, 1_001 + HintsHeard.GOOD_FOR_MS)).isEqualTo(1);
        assertThat(heard.size()).isEqualTo(1);
    }
}
