package io.leasehold.server;

import io.leasehold.log.KafkaShardLogs;
import io.leasehold.log.KafkaUnreachable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the topics' settings against what the guarantees need, again and again: somebody may change them. Own thread. */
final class TopicWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);

    private final KafkaShardLogs logs;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread one = new Thread(run, "leasehold-topic-watch");
        one.setDaemon(true);
        return one;
    });
    private volatile List<String> problems = List.of();

    TopicWatch(KafkaShardLogs logs, MeterRegistry metrics) {
        this.logs = logs;
        Gauge.builder("leasehold.topic.problems", this, watch -> watch.problems.size())
                .description("settings of the topics that are not as they must be")
                .register(metrics);
    }

    void start(long everyMs) {
        thread.scheduleWithFixedDelay(this::look, everyMs, everyMs, TimeUnit.MILLISECONDS);
    }

    /** As last seen; empty if nothing is wrong. */
    List<String> problems() {
        return problems;
    }

    private void look() {
        try {
            List<String> found = List.copyOf(logs.topicProblems());
            if (!found.equals(problems)) {
                found.forEach(problem -> LOG.error("A topic is not as it must be, tasks may be lost: {}", problem));
                if (found.isEmpty()) {
                    LOG.info("The topics are as they must be again");
                }
            }
            problems = found;
        } catch (KafkaUnreachable e) {
            complain(e.getMessage());
        } catch (RuntimeException e) {
            complain(e.toString());
        }
    }

    private void complain(String why) {
        if (!thread.isShutdown()) {
            LOG.warn("The topics' settings could not be checked: {}", why);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
