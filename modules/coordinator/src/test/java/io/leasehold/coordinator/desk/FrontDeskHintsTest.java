package io.leasehold.coordinator.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.coordinator.port.Clock;
import io.leasehold.coordinator.testkit.Answered;
import io.leasehold.core.decide.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hint and a poll find each other, whichever comes first. */
@Timeout(60)
class FrontDeskHintsTest {
    private static final Hint HINT = new Hint("q", 1);

    private final FrontDesk desk = new FrontDesk(Clock.system(), 10_000);
    private final List<String> sentTo = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void pollThatWaitsIsSentToWhomAHintNames() {
        PollTicket ticket = poll();
        assertThat(sentTo).isEmpty();

        assertThat(desk.hinted("c2", HINT)).isTrue();

        assertThat(sentTo).containsExactly("c2");
        assertThat(desk.lines().waiting()).isZero();
        assertThat(ticket.isWaiting()).isFalse();
    }

    @Test
    void pollThatComesAfterTheHintIsSentOnAndWaitsIfThereIsNothing() {
        assertThat(desk.hinted("c2", HINT)).isFalse();
        PollTicket ticket = poll();
        assertThat(sentTo).containsExactly("c2");

        desk.nothingElsewhere(ticket, "c2");

        assertThat(sentTo).containsExactly("c2");
        assertThat(ticket.isWaiting()).isTrue();
    }

    @Test
    void oneTaskSendsOnePollAway() {
        poll();
        poll();

        desk.hinted("c2", HINT);

        assertThat(sentTo).hasSize(1);
        assertThat(desk.lines().waiting()).isEqualTo(1);
    }

    @Test
    void pollThatMustBeAnsweredHereStays() {
        desk.poll(wanted(), 0, new Answered<>());

        desk.hinted("c2", HINT);

        assertThat(desk.lines().waiting()).isEqualTo(1);
    }

    @Test
    void hintAndPollThatComeAtOnceNeverMissEachOther() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            FrontDesk fresh = new FrontDesk(Clock.system(), 10);
            AtomicInteger sent = new AtomicInteger();
            CountDownLatch both = new CountDownLatch(2);
            Future<?> hint = threads.submit(() -> {
                meet(both);
                fresh.hinted("c2", HINT);
            });
            Future<?> poll = threads.submit(() -> {
                meet(both);
                fresh.poll(wanted(), 0, new Answered<>(), coordinator -> sent.incrementAndGet());
            });
            hint.get(10, TimeUnit.SECONDS);
            poll.get(10, TimeUnit.SECONDS);

            assertThat(sent).as("round %d", i).hasValue(1);
        }
    }

    private static void meet(CountDownLatch both) {
        both.countDown();
        while (both.getCount() > 0) {
            // On a machine with other work, the one that is waited for may not have a processor.
            Thread.yield();
        }
    }

    private PollTicket poll() {
        return desk.poll(wanted(), 0, new Answered<>(), sentTo::add);
    }

    private static Wanted wanted() {
        return new Wanted("w", List.of("q"), 1, 1_000, 0, null);
    }
}
