package io.leasehold.server.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(60)
class RehearsalTest {

    @Test
    void rehearsalLivesThroughTasksAndEnds() throws InterruptedException {
        Logger log = (Logger) LoggerFactory.getLogger(Rehearsal.class);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Level before = log.getLevel();
        log.setLevel(Level.INFO);
        log.addAppender(said);
        try {
            Rehearsal.start().join();
        } finally {
            log.detachAppender(said);
            log.setLevel(before);
        }

        assertThat(said.list)
                .singleElement()
                .satisfies(event ->
                        assertThat(event.getFormattedMessage()).matches("Rehearsed [1-9][0-9]* tasks in \\d+ ms"));
    }
}
