package io.leasehold.coordinator.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.testkit.Answered;
import io.leasehold.core.decide.Wanted;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollLinesTest {
    private final PollLines lines = new PollLines();

    @Test
    void theLongestWaitingIsTakenFirst() {
        PollTicket first = parked("a");
        PollTicket second = parked("a");

        assertThat(lines.take("a")).isSameAs(first);
        assertThat(lines.take("a")).isSameAs(second);
        assertThat(lines.take("a")).isNull();
        assertThat(lines.waiting()).isZero();
    }

    @Test
    void aTicketInTwoLinesIsTakenOnce() {
        PollTicket both = parked("a", "b");

        assertThat(lines.take("b")).isSameAs(both);
        assertThat(lines.take("a")).isNull();
    }

    @Test
    void namesOfQueuesThatNobodyPollsAnyMoreAreForgotten() {
        for (int i = 0; i < 1_000; i++) {
            PollTicket ticket = parked("invented-" + i, "also-" + i);
            assertThat(i % 2 == 0 ? lines.timeOut(ticket) : lines.abandon(ticket))
                    .isTrue();
        }

        assertThat(lines.waiting()).isZero();
        assertThat(lines.size()).isZero();
    }

    @Test
    void pollOfSeveralQueuesLeavesNoLineBehindOnceItIsServed() {
        for (int i = 0; i < 1_000; i++) {
            PollTicket ticket = parked("common", "invented-" + i, "also-" + i);
            if (i % 2 == 0) {
                assertThat(lines.take("common")).isSameAs(ticket);
            } else {
                assertThat(lines.take(ticket)).isTrue();
            }
        }

        assertThat(lines.waiting()).isZero();
        assertThat(lines.size()).isZero();
    }

    @Test
    void aLineThatMostHaveLeftIsSwept() {
        PollTicket staying = parked("a");
        for (int i = 0; i < 10_000; i++) {
            lines.take(parked("b", "a"));
        }

        assertThat(lines.isAwaited("a")).isTrue();
        assertThat(lines.take("a")).isSameAs(staying);
    }

    private PollTicket parked(String... queues) {
        PollTicket ticket =
                new PollTicket(new Wanted("w", List.of(queues), 1, 1, 0, null), 0, new Answered<List<LeasedTask>>());
        lines.park(ticket);
        return ticket;
    }
}
