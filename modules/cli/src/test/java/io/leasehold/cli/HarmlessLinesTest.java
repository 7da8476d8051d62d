package io.leasehold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HarmlessLinesTest {
    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    /** As coordinators log. */
    @BeforeEach
    void configure() throws Exception {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(HarmlessLinesTest.class.getResource("/logback.xml"));
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        lines.start();
        root.addAppender(lines);
    }

    @Test
    void electionThatFindsItsNodeGoneAfterALostSessionIsNoError() {
        context.getLogger(LeaderLatch.class).error(HarmlessLines.NODE_GONE, "c1", -1);

        assertThat(lines.list).isEmpty();
    }

    @Test
    void whateverElseGoesWrongInTheElectionIsSaid() {
        context.getLogger(LeaderLatch.class)
                .error("[id={}] failed to recheck leadership on reconnected", "c1", new Exception());
        context.getLogger("another").error(HarmlessLines.NODE_GONE, "c1", -1);

        assertThat(lines.list).hasSize(2);
    }

    @Test
    void theseAreTheWordsOfTheLibrary() throws Exception {
        try (var bytes = LeaderLatch.class.getResourceAsStream("LeaderLatch.class")) {
            assertThat(new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .contains(HarmlessLines.NODE_GONE);
        }
    }
}
