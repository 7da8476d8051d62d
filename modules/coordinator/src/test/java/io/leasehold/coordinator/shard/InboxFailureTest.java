package io.leasehold.coordinator.shard;

import static io.leasehold.coordinator.testkit.OneShard.task;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.leasehold.coordinator.desk.ShardStatus;
import io.leasehold.coordinator.testkit.InMemoryLogs;
import io.leasehold.coordinator.testkit.ManualClock;
import io.leasehold.coordinator.testkit.OneShard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class InboxFailureTest {
    private static final String OUT_OF_RANGE = "Fetch position 3 is out of range";

    private final ManualClock clock = new ManualClock();
    private final InMemoryLogs logs = new InMemoryLogs(clock, 1);
    private final OneShard a = new OneShard("a", clock, logs).owning();
    private final Logger log = (Logger) LoggerFactory.getLogger(Owner.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(lines);
    }

    @Test
    void ownerWhoseInboxCannotBeReadOnSaysSoOnceItsNextRecordIsEffective() {
        logs.failInbox(OUT_OF_RANGE);
        a.settle();
        assertThat(a.loop.view().problem()).isNull();

        a.live(1_500);

        assertThat(a.loop.view().problem()).contains(OUT_OF_RANGE);
        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.ERROR);
    }

    /** The new owner has settled the inbox and deleted it behind the position. */
    @Test
    void fencedOwnerThatWakesRaisesNoAlarmOfItsInbox() {
        new OneShard("b", clock, logs).owning();
        clock.pass(20_000);
        logs.failInbox(OUT_OF_RANGE);

        a.settle();

        assertThat(a.loop.status()).isEqualTo(ShardStatus.FAILED);
        assertThat(a.loop.view().problem()).isEqualTo("another coordinator claimed the shard");
        assertThat(lines.list).isEmpty();
    }

    /** What was on its way before the pause landed before the claim, and proves nothing of now. */
    @Test
    void recordFromBeforeTheFailureIsNoProof() {
        logs.hold();
        a.submit(task("t1", 0));
        Runnable landing = logs.overtake();
        landing.run();
        new OneShard("b", clock, logs).owning();
        clock.pass(20_000);
        logs.failInbox(OUT_OF_RANGE);

        a.settle();

        assertThat(a.loop.status()).isEqualTo(ShardStatus.FAILED);
        assertThat(lines.list).isEmpty();
    }
}
