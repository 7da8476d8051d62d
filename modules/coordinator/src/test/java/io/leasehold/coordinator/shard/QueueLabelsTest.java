package io.leasehold.coordinator.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueLabelsTest {
    private static final long NOW_MS = 1_800_000_000_000L;

    private final QueueLabels labels = new QueueLabels(List.of("orders"));

    /** Each has had as many events. */
    private void takeAll(long events, boolean areEmpty, long nowMs) {
        for (int i = 0; i < QueueLabels.MOST; i++) {
            labels.of("junk-" + i);
            labels.used("junk-" + i, events, areEmpty, nowMs);
        }
    }

    private long junk() {
        return IntStream.range(0, QueueLabels.MOST)
                .filter(i -> labels.isOwn("junk-" + i))
                .count();
    }

    @Test
    void firstHundredHaveLabelsAndNamedOnesBesideThem() {
        takeAll(1, false, NOW_MS);

        assertThat(junk()).isEqualTo(100);
        assertThat(labels.of("late")).isEqualTo("other");
        assertThat(labels.of("orders")).isEqualTo("orders");
        assertThat(labels.isOwn("orders")).isTrue();
    }

    @Test
    void queueWithMoreTrafficTakesTheLabelOfOneWithLess() {
        takeAll(1, false, NOW_MS);

        labels.wanted("busy", 12, NOW_MS);
        assertThat(labels.of("busy")).isEqualTo("other");
        labels.wanted("busy", 1, NOW_MS);

        assertThat(labels.of("busy")).isEqualTo("busy");
        assertThat(junk()).isEqualTo(99);
    }

    @Test
    void queueWithAsMuchTrafficDoesNot() {
        takeAll(1_000, false, NOW_MS);

        labels.wanted("as busy", 1_000, NOW_MS);

        assertThat(labels.of("as busy")).isEqualTo("other");
        assertThat(junk()).isEqualTo(100);
    }

    @Test
    void queueThatHasBeenEmptyForFiveMinutesGivesItsLabelToAnyOther() {
        takeAll(1, false, NOW_MS);
        labels.used("junk-7", 1_000, true, NOW_MS);
        takeAll(0, true, NOW_MS + QueueLabels.EMPTY_MS - 1);
        labels.wanted("late", 1, NOW_MS + QueueLabels.EMPTY_MS - 1);
        assertThat(labels.of("late")).isEqualTo("other");

        labels.wanted("late", 1, NOW_MS + QueueLabels.EMPTY_MS);

        assertThat(labels.of("late")).isEqualTo("late");
        assertThat(labels.isOwn("junk-7")).as("the one with the most traffic").isTrue();
        assertThat(junk()).isEqualTo(99);
    }

    @Test
    void queueThatWaitsToBeServedKeepsItsLabelWhereAnotherIsEmpty() {
        takeAll(50, true, NOW_MS);
        labels.used("junk-3", 0, false, NOW_MS + QueueLabels.EMPTY_MS);

        for (int i = 0; i < 99; i++) {
            labels.wanted("late-" + i, 1, NOW_MS + QueueLabels.EMPTY_MS);
        }

        assertThat(labels.isOwn("junk-3")).isTrue();
        assertThat(junk()).isEqualTo(1);
    }

    @Test
    void trafficOfLongAgoCountsForLittle() {
        takeAll(1_000, false, NOW_MS);

        labels.wanted("busy", 20, NOW_MS + 10 * QueueLabels.HALF_LIFE_MS);

        assertThat(labels.of("busy")).isEqualTo("busy");
    }

    @Test
    void namesThatWantALabelAreBoundedAndDoNotHideTheBusyOneAmongThem() {
        takeAll(100, false, NOW_MS);

        for (int i = 0; i < 20_000; i++) {
            labels.wanted("made-up-" + i, 1, NOW_MS);
            if (i % 50 == 0) {
                labels.wanted("busy", 1, NOW_MS);
            }
            assertThat(labels.watched()).isLessThanOrEqualTo(QueueLabels.MOST_WANTING);
        }

        assertThat(labels.of("busy")).isEqualTo("busy");
        assertThat(junk()).isEqualTo(99);
    }
}
